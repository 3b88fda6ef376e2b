import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// A name that a file could load from another one.
struct LoadableName: Sendable {
    let name: String
    let path: String
    let type: Type
    let isFunction: Bool
}

extension FileAnalysis {
    /// All names that other files of the project give. Found once, as long as no other file changes.
    var loadableNames: [LoadableName] {
        if let knownLoadableNames { return knownLoadableNames }
        var names: [LoadableName] = []
        for (name, type) in TypeEnvironment.envd.exports(ofLibrary: PreludeFile.graphName) {
            let isFunction = if case .function = type { true } else { false }
            names.append(LoadableName(name: name, path: PreludeFile.graphName, type: type, isFunction: isFunction))
        }
        if let graph = project?.graph {
            for path in graph.loadablePaths(at: place).prefix(FileAnalysis.maximumLoadableFiles) {
                // Nobody loads the program from its libraries.
                if path == "build.envd" { continue }
                for export in graph.exports(ofLoad: path, at: place) {
                    names.append(
                        LoadableName(
                            name: export.name, path: path, type: export.type, isFunction: export.kind == .function))
                }
            }
        }
        knownLoadableNames = names
        return names
    }

    private static let maximumLoadableFiles = 500

    // MARK: - In the texts of a load statement

    func completions(
        in token: SyntaxToken, of load: LoadStmt, _ text: TextPlace, _ place: CursorPlace,
        _ options: CompletionAbilities
    ) -> CompletionList {
        if token == load.module { return pathsToLoad(text, place, options) }
        var collector = CompletionCollector(self, options, place, prefix: text.typed, wanted: nil)
        for item in load.loadItems where item.name != token {
            if let name = item.loadedName { collector.exclude(name) }
        }
        collector.addLoadedNames(load.path)
        return collector.list(replacing: text.content)
    }

    private func pathsToLoad(_ text: TextPlace, _ place: CursorPlace, _ options: CompletionAbilities) -> CompletionList
    {
        var collector = CompletionCollector(self, options, place, prefix: text.typed, wanted: nil)
        for (index, path) in loadablePaths.enumerated() {
            collector.add(Completion(path, .file, rank: Completion.Rank(.expected, index)))
        }
        return collector.list(replacing: text.content)
    }

    fileprivate var loadablePaths: [String] {
        let own = project?.graph.loadablePaths(at: place).filter { $0 != "build.envd" } ?? []
        return own + [PreludeFile.graphName]
    }
}

extension CompletionCollector {
    fileprivate mutating func addLoadedNames(_ path: String?, quote: String = "") {
        guard let path else { return }
        for name in analysis.exports(ofLoad: path) {
            add(
                Completion(
                    "\(quote)\(name.name)\(quote)", name.isFunction ? .function : .variable,
                    rank: Completion.Rank(.expected),
                    detail: quote.isEmpty ? detail(of: name.type) : "",
                    documentation: .meaning(.loaded(name.name, path: path))))
        }
    }

    /// The paths and names of a `load` statement before their quotes are typed.
    mutating func addLoadArguments(_ load: LoadStmt) {
        guard let module = load.module, module.range.upperBound <= place.offset else {
            for (index, path) in analysis.loadablePaths.enumerated() {
                add(Completion("\"\(path)\"", .file, rank: Completion.Rank(.expected, index)))
            }
            return
        }
        addLoadedNames(load.path, quote: "\"")
    }

    // MARK: - Names that are not loaded yet

    /// The names that other files give, with the edit that loads them. Only for what has been typed, as there may be many.
    mutating func addLoadableNames() {
        guard !prefix.isEmpty else { return }
        var edits: [String: LoadEdit?] = [:]
        for loadable in analysis.loadableNames where matches(loadable.name) && !isKnown(loadable.name) {
            if checked.global(loadable.name) != nil || checked.nameEnvironment.contains(loadable.name) { continue }
            let edit: LoadEdit?
            if let known = edits[loadable.path] {
                edit = known
            } else {
                edit = LoadEdit(of: loadable.path, in: analysis)
                edits[loadable.path] = edit
            }
            // An edit that begins where the word does becomes a part of what is inserted; no other may touch the word.
            guard let edit else { continue }
            let startsHere = edit.place == place.word.lowerBound && edit.isStatement
            guard startsHere || !(place.word.lowerBound...place.word.upperBound).contains(edit.place) else { continue }
            var item = Completion(
                loadable.name, loadable.isFunction ? .function : .variable, rank: Completion.Rank(.other),
                detail: detail(of: loadable.type), origin: "load from \(loadable.path)",
                documentation: .meaning(.loaded(loadable.name, path: loadable.path)))
            if loadable.isFunction { item = withCall(item, loadable.type) }
            if startsHere {
                let load = String(decoding: edit.edit(loading: loadable.name).replacement, as: UTF8.self)
                item.insertion = (item.format == .snippet ? CallInsertion.escaped(load) : load) + item.insertion
            } else {
                item.otherEdits = [edit.edit(loading: loadable.name)]
            }
            add(item)
        }
    }
}

extension FileAnalysis {
    /// What `load(path, …)` can take.
    func exports(ofLoad path: String) -> [LoadableName] {
        let library = TypeEnvironment.envd.exports(ofLibrary: path)
        if !library.isEmpty {
            return library.sorted { $0.key < $1.key }.map { name, type in
                let isFunction = if case .function = type { true } else { false }
                return LoadableName(name: name, path: path, type: type, isFunction: isFunction)
            }
        }
        return project?.graph.exports(ofLoad: path, at: place).map { export in
            LoadableName(name: export.name, path: path, type: export.type, isFunction: export.kind == .function)
        } ?? []
    }
}

/// How a file comes to load a name: by one more name in a `load` statement that is there, or by a new one.
struct LoadEdit {
    /// Where something is inserted, in UTF-8 bytes of the file.
    let place: Int
    /// Whether it is a whole statement with its line break, so that a statement can begin behind it.
    let isStatement: Bool
    private let before: String
    private let after: String

    /// Nil if there is no place for it.
    init?(of path: String, in analysis: FileAnalysis) {
        let file = analysis.file
        let loads = analysis.checked.loadStatements
        if let load = loads.first(where: { $0.path == path }), load.rightParen != nil,
            let last = load.loadItems.map({ $0.range.upperBound }).last ?? load.module?.range.upperBound
        {
            place = last
            isStatement = false
            (before, after) = (", \"", "\"")
            return
        }
        let newline = LoadEdit.newline(in: file)
        let quoted = path.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
        let statement = "load(\"\(quoted)\", \""
        if let last = loads.last {
            guard last.rightParen != nil else { return nil }
            place = last.range.upperBound
            isStatement = false
            (before, after) = (newline + statement, "\")")
            return
        }
        // Before the first statement, but behind the docstring of the file.
        var first = file.chunk(at: 0).chunk.statements(at: 0).first
        if let statement = first.flatMap(ExprStmt.init), case .literal? = statement.value {
            let end = statement.range.upperBound
            let rest = file.bytes(in: end..<min(end + 2, file.utf8Count))
            guard rest.first == 0x0A || rest.first == 0x0D else { return nil }
            place = end
            isStatement = false
            (before, after) = (newline + newline + "load(\"\(quoted)\", \"", "\")")
            return
        }
        isStatement = true
        if first == nil { first = file.statements.first }
        place = first.map { $0.range.lowerBound } ?? 0
        (before, after) = (statement, "\")" + newline + newline)
    }

    func edit(loading name: String) -> ReplacementEdit {
        ReplacementEdit(range: place..<place, replacement: Array((before + name + after).utf8))
    }

    private static func newline(in file: SourceFile) -> String {
        let bytes = file.bytes(in: 0..<min(file.utf8Count, 4_096))
        guard let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return "\n" }
        guard bytes[end] == 0x0D else { return "\n" }
        return end + 1 < bytes.count && bytes[end + 1] == 0x0A ? "\r\n" : "\r"
    }
}
