import EnvdLanguage
import EnvdSyntax
import Synchronization

/// The files of one project as they load each other, with what each gives to the others.
///
/// All that was found out is kept. After `filesChanged` it is held against what the files say now: a file is looked at anew only
/// if its own text or what it loads has changed, and those that load it only if that changed what it gives them. Files that
/// load each other in a circle give nothing, as none of them can be run.
///
/// A class because many threads ask it while they check files. None waits for another: what two of them find out at the same
/// time is the same.
package final class ModuleGraph: Sendable {
    private let files: ModuleFiles
    private let state = Mutex(State())

    /// A program is made of a few files. What is behind as many is unknown.
    private static let maximumFiles = 4_096
    /// A guess looks at all the files of the project.
    private static let maximumGuesses = 100

    private struct State {
        /// Counts the changes.
        var revision = 0
        /// The number of modules that had to be made.
        var madeCount = 0
        /// By path, until the file changes; nil of files that cannot be read.
        var sources: [String: Source?] = [:]
        /// What is known of a file, by path.
        var results: [String: Result] = [:]
        // What may have changed when any file has.
        var places: [String: ModuleFiles.Place] = [:]
        var libraries: [String: [ModuleID]?] = [:]
        var names: [String]?
        var programPaths: Set<String>?
    }

    /// A class so that what has not been read anew is seen to be the same at once.
    private final class Source: Sendable {
        let file: SourceFile
        let outline: ModuleOutline

        init(_ file: SourceFile) {
            self.file = file
            outline = ModuleOutline(file)
        }
    }

    private struct Result: Sendable {
        enum Outcome: Sendable {
            case module(KnownModule, source: Source, loaded: LoadedModules)
            /// The files of the circle.
            case cyclic([ModuleID])
            case unreadable
        }

        let outcome: Outcome
        /// When it was last found to be true.
        var revision: Int
    }

    package init(_ files: ModuleFiles) {
        self.files = files
    }

    // MARK: - Changes

    /// Tells that files may hold something else than before, are new, or are gone.
    ///
    /// - Parameter paths: as in `ModuleID`. Of a file that is new or gone nothing need be said.
    package func filesChanged(_ paths: some Sequence<String>) {
        let paths = Array(paths)
        state.withLock { state in
            state.revision += 1
            for path in paths { state.sources[path] = nil }
            state.places = [:]
            state.libraries = [:]
            state.names = nil
            state.programPaths = nil
        }
    }

    /// What is found out with `body`, kept unless a file has changed meanwhile.
    private func remembered<Found: Sendable>(
        _ known: (inout State) -> Found?, _ body: () -> Found, _ keep: (inout State, Found) -> Void
    ) -> Found {
        let (found, revision) = state.withLock { (known(&$0), $0.revision) }
        if let found { return found }
        let new = body()
        state.withLock { state in
            if state.revision == revision { keep(&state, new) }
        }
        return new
    }

    /// How many modules had to be made so far, for those who want to see that nothing is done twice.
    package var madeCount: Int { state.withLock { $0.madeCount } }

    // MARK: - Answers

    /// What other files say about a file.
    package func modules(loadedBy file: SourceFile, at place: ModulePlace) -> LoadedModules {
        let outline = ModuleOutline(file)
        settle(targets(of: outline, at: place))
        var guesses = ModuleGraph.maximumGuesses
        return LoadedModules(
            loads: answers(outline.loads) { load($0, at: place, &guesses) },
            includes: answers(outline.includes) { library($0) },
            isLoadedByProgram: place.id.map { $0.name != "build.envd" && programPaths().contains($0.path) } ?? false)
    }

    /// All that is known of a file; nil if it cannot be read, or loads itself.
    package func module(_ id: ModuleID) -> KnownModule? {
        settle([id])
        guard case .module(let module, _, _)? = outcome(of: id) else { return nil }
        return module
    }

    /// The file that a `load` statement names; nil if there is none.
    package func target(ofLoad path: String, at place: ModulePlace) -> ModuleID? {
        if case .file(let id) = locate(path, at: place) { id } else { nil }
    }

    /// The files of an included repository; nil if its content is not on this machine.
    package func library(at url: String) -> [ModuleID]? {
        remembered({ $0.libraries[url] }, { files.library(url) }, { $0.libraries[url] = .some($1) })
    }

    /// The paths that a program of the project can load.
    package var loadablePaths: [String] {
        remembered({ $0.names }, { files.names() }, { $0.names = $1 })
    }

    package func source(of id: ModuleID) -> SourceFile? { content(id)?.file }

    func outline(of id: ModuleID) -> ModuleOutline? { content(id)?.outline }

    // MARK: - Where a load leads

    private func answers(_ texts: [String], _ answer: (String) -> LoadedModule) -> [String: LoadedModule] {
        var answers: [String: LoadedModule] = [:]
        for text in texts { answers[text] = answer(text) }
        return answers
    }

    private func load(_ text: String, at place: ModulePlace, _ guesses: inout Int) -> LoadedModule {
        if case .repository(let url) = LoadPath(text) { return library(url) }
        switch locate(text, at: place) {
        case .folder: return .folder
        case .outside: return .outside
        case .missing:
            guard files.isProjectCertain else { return .unknown }
            guesses -= 1
            return .missing(MissingModule(guess: guesses >= 0 ? guess(text, at: place) : nil))
        case nil: return .unknown
        case .file(let target):
            if target.path == place.id?.path { return .cycle([target.name, target.name]) }
            switch outcome(of: target) {
            case .module(let module, _, _): return .known(module.interface)
            case .cyclic(let members): return cycle(through: target, from: place, members) ?? .unknown
            case .unreadable, nil: return .unknown
            }
        }
    }

    private func library(_ url: String) -> LoadedModule {
        guard let files = library(at: url) else { return .unknown }
        var interfaces: [ModuleInterface] = []
        for file in files {
            guard case .module(let module, _, _)? = outcome(of: file) else { return .unknown }
            interfaces.append(module.interface)
        }
        return ModuleInterface(repository: url, interfaces).map { .known($0) } ?? .unknown
    }

    /// Nil if the text names no file of the project.
    private func locate(_ text: String, at place: ModulePlace) -> ModuleFiles.Place? {
        guard place.isTest else { return locate(text) }
        if ModulePlace.modulesOfTests.contains(text) { return nil }
        var found: ModuleFiles.Place?
        for path in LoadPath.placesInTests(of: text, folder: place.folder, isOwn: true) {
            found = locate(path)
            if found != .missing { break }
        }
        return found
    }

    private func locate(_ text: String) -> ModuleFiles.Place? {
        guard case .file(let path) = LoadPath(text) else { return nil }
        return remembered(
            { $0.places[path] },
            {
                let isReached = LoadPath.foldersLeft(by: path).allSatisfy { files.locate($0) == .folder }
                return isReached ? files.locate(path) : .missing
            }, { $0.places[path] = $1 })
    }

    // MARK: - Files and what they load

    private func content(_ id: ModuleID) -> Source? {
        remembered({ $0.sources[id.path] }, { files.content(id).map(Source.init) }, { $0.sources[id.path] = .some($1) })
    }

    func targets(of outline: ModuleOutline, at place: ModulePlace) -> [ModuleID] {
        var targets: [ModuleID] = []
        for text in outline.loads {
            if case .repository(let url) = LoadPath(text) {
                targets += library(at: url) ?? []
            } else if case .file(let id) = locate(text, at: place) {
                targets.append(id)
            }
        }
        for url in outline.includes { targets += library(at: url) ?? [] }
        return targets
    }

    private func targets(of id: ModuleID) -> [ModuleID] {
        content(id).map { targets(of: $0.outline, at: ModulePlace(id)) } ?? []
    }

    /// The files that make up the program of the project.
    private func programPaths() -> Set<String> {
        remembered(
            { $0.programPaths },
            {
                guard case .file(let program) = locate("build.envd") else { return [] }
                let groups = components(from: [program], limit: ModuleGraph.maximumFiles, targets(of:))
                return Set(groups.joined().map(\.path))
            }, { $0.programPaths = $1 })
    }

    // MARK: - Finding out

    private func outcome(of id: ModuleID) -> Result.Outcome? {
        state.withLock { state in
            state.results[id.path].flatMap { $0.revision == state.revision ? $0.outcome : nil }
        }
    }

    /// Finds out what there is to know of some files, after those that they load.
    private func settle(_ ids: [ModuleID]) {
        let pending = ids.filter { outcome(of: $0) == nil }
        guard !pending.isEmpty else { return }
        let revision = state.withLock { $0.revision }
        let groups = components(from: pending, limit: ModuleGraph.maximumFiles) { id in
            // All that a settled file leads to is settled as well.
            outcome(of: id) == nil ? targets(of: id) : []
        }
        for group in groups where group.contains(where: { outcome(of: $0) == nil }) {
            let isCyclic = group.count > 1 || targets(of: group[0]).contains(group[0])
            for id in group { note(isCyclic ? .cyclic(group) : found(of: id), of: id, revision) }
        }
    }

    /// What there is to know of a file, when all is known of those that it loads.
    private func found(of id: ModuleID) -> Result.Outcome {
        guard let source = content(id) else { return .unreadable }
        let place = ModulePlace(id)
        // What is meant by a path that leads nowhere is no matter to those who load the file.
        var guesses = 0
        let loaded = LoadedModules(
            loads: answers(source.outline.loads) { load($0, at: place, &guesses) },
            includes: answers(source.outline.includes) { library($0) })
        if case .module(let module, let old, let oldLoaded)? = state.withLock({ $0.results[id.path]?.outcome }),
            old === source || old.file.bytes == source.file.bytes, oldLoaded == loaded
        {
            return .module(module, source: source, loaded: loaded)
        }
        state.withLock { $0.madeCount += 1 }
        return .module(KnownModule(id, source.file, loaded: loaded), source: source, loaded: loaded)
    }

    private func note(_ outcome: Result.Outcome, of id: ModuleID, _ revision: Int) {
        state.withLock { $0.results[id.path] = Result(outcome: outcome, revision: revision) }
    }

    private func cycle(through target: ModuleID, from place: ModulePlace, _ members: [ModuleID]) -> LoadedModule? {
        guard let own = place.id, members.contains(where: { $0.path == own.path }),
            let path = shortestPath(from: target, to: own, among: Set(members), targets(of:))
        else { return nil }
        return .cycle([own.name] + path.map(\.name))
    }

    // MARK: - Guesses

    private func guess(_ text: String, at place: ModulePlace) -> MissingModule.Guess? {
        func isFile(_ path: String) -> Bool {
            if case .file? = locate(path) { true } else { false }
        }
        if let folder = place.folder, !folder.isEmpty, !text.hasPrefix("/"), isFile("\(folder)/\(text)") {
            return .beside(ModuleGraph.clean("\(folder)/\(text)"))
        }
        if isFile(text + ".envd") { return .ending(text + ".envd") }
        let names = loadablePaths.filter { $0 != place.id?.name && !$0.hasSuffix("_test.envd") }
        let last = text.split { $0 == "/" || $0 == ":" || $0 == "\\" }.last.map(String.init) ?? text
        let alike = names.filter { $0 == last || $0.hasSuffix("/\(last)") }
        if alike.count == 1 { return .elsewhere(alike[0]) }
        return nearestName(to: text, among: names).map { .similar($0) }
    }

    private static func clean(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}

extension ModulePlace {
    /// What `envd test` has for tests besides files.
    static let modulesOfTests: Set<String> = ["assert.star", "json.star", "math.star", "time.star"]
}
