import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// The files that programs of one project load and include, as the disk has them: the same that a plan would find.
struct DiskModules {
    private let project: ProjectDirectory
    private let root: Path
    private let isProjectCertain: Bool
    private let listing: SourceFileListing

    /// - Parameters:
    ///   - root: the project's folder, without symbolic links.
    ///   - isProjectCertain: whether programs are sure to be run there.
    /// - Returns: nil if the folder cannot be opened.
    private init?(root: Path, isProjectCertain: Bool) {
        guard let name = String(validating: root.bytes, as: UTF8.self), let project = try? ProjectDirectory(name) else {
            return nil
        }
        self.project = project
        self.root = root
        self.isProjectCertain = isProjectCertain
        listing = SourceFileListing(project.path)
    }

    private var files: ModuleFiles {
        ModuleFiles(
            isProjectCertain: isProjectCertain, locate: locate, content: content, names: names, library: library)
    }

    /// The path of a file of the project as seen from there.
    private func name(of path: some Collection<UInt8>) -> String { path.name(in: root) }

    // MARK: - Questions

    @Sendable private func locate(_ path: String) -> ModuleFiles.Place {
        switch project.locate(path) {
        case .missing: return .missing
        case .outside: return .outside
        case .file(let found):
            if project.isDirectory(path) { return .folder }
            return .file(ModuleID(path: found, name: name(of: found.utf8)))
        }
    }

    @Sendable private func content(_ id: ModuleID) -> SourceFile? {
        let path = Path(bytes: id.path.utf8)
        guard let information = path.status(), information.isRegularFile,
            information.st_size <= SyntaxLimits.fileSize, let bytes = try? path.read(),
            bytes.count <= SyntaxLimits.fileSize
        else { return nil }
        return SourceFile(bytes: bytes)
    }

    @Sendable private func names() -> [String] {
        listing.files.compactMap { file in
            String(validating: file.bytes, as: UTF8.self).map { name(of: $0.utf8) }
        }
    }

    @Sendable private func library(_ url: String) -> [ModuleID]? {
        guard let folder = FactSource.folder(ofRepository: url, in: facts),
            let library = try? ProjectDirectory(folder), let names = try? library.files(withSuffix: ".envd")
        else { return nil }
        var ids: [ModuleID] = []
        for name in names {
            guard case .file(let path) = library.locate(name) else { return nil }
            ids.append(ModuleID(path: path, name: "\(url)/\(name)"))
        }
        return ids
    }

    /// The tables that a plan asks without options. One that cannot be read says nothing here: plans and `envd lock` tell.
    private var facts: [FactSource] {
        [root.appending("envd.lock".utf8), UserCache.facts].compactMap { path in
            guard let path, let bytes = try? path.read(), let table = try? FactTable(json: bytes) else { return nil }
            return FactSource(
                file: String(decoding: path.bytes, as: UTF8.self), table, repositories: UserCache.repositories)
        }
    }
}

extension DiskModules {
    /// The files of a project; nil if its folder cannot be opened.
    ///
    /// - Parameters: as for the initializer.
    static func files(root: Path, isProjectCertain: Bool) -> ModuleFiles? {
        DiskModules(root: root, isProjectCertain: isProjectCertain)?.files
    }

    /// What tells a file of a project from others; nil if it lies elsewhere. The file need not exist.
    static func id(ofFileAt path: Path, in root: Path) -> ModuleID? {
        id(ofFileAt: path, in: root, folder: path.parent.resolved)
    }

    /// - Parameter folder: the file's own, without symbolic links.
    fileprivate static func id(ofFileAt path: Path, in root: Path, folder: Path?) -> ModuleID? {
        let plain = folder?.appending(path.lastComponent)
        let isLink = path.status(followingLinks: false)?.isSymbolicLink ?? false
        let isName = ![".", ".."].contains { path.lastComponent.elementsEqual($0.utf8) }
        let file = isName && !isLink ? plain : path.resolved ?? plain
        guard let file, file.isWithin(root), let text = String(validating: file.bytes, as: UTF8.self) else {
            return nil
        }
        return ModuleID(path: text, name: file.bytes.name(in: root))
    }

    /// A file among those of its project.
    struct FilePlace: Sendable {
        fileprivate let graph: ModuleGraph
        fileprivate let path: Path
        fileprivate let surroundings: Graphs.Surroundings
        fileprivate let isTest: Bool

        /// What the file loads. Asks the disk.
        func modules(loadedBy file: SourceFile) -> LoadedModules {
            let id = DiskModules.id(ofFileAt: path, in: surroundings.root, folder: surroundings.folder)
            return graph.modules(loadedBy: file, at: ModulePlace(id, isTest: isTest))
        }
    }

    /// What is known of all projects that a command looks at.
    struct Graphs {
        private var graphs: [Path: ModuleGraph?] = [:]
        /// What lies where is looked up once for a folder: a folder may hold thousands of files.
        private var surroundings: [Path: Surroundings?] = [:]

        /// Where a file lies.
        struct Surroundings: Sendable {
            /// Its project, without symbolic links.
            let root: Path
            /// Its own folder, without symbolic links; nil if there is none.
            let folder: Path?
            /// Whether programs are sure to be run in the project.
            let isCertain: Bool
        }

        /// Where a file lies; nil if there is no such folder.
        mutating func surroundings(ofFileAt path: Path) -> Surroundings? {
            let folder = path.parent
            if let known = surroundings[folder] { return known }
            let program = folder.nearestProgramFolder
            let own = folder.resolved
            let root = program.map(\.resolved) ?? own
            let found = root.map { Surroundings(root: $0, folder: own, isCertain: program != nil) }
            surroundings[folder] = .some(found)
            return found
        }

        /// Where a file, which need not exist, stands among those of its project; nil if there is no such folder.
        mutating func place(ofFileAt path: Path, isTest: Bool) -> FilePlace? {
            guard let found = surroundings(ofFileAt: path),
                let graph = graph(found.root, isProjectCertain: found.isCertain)
            else { return nil }
            return FilePlace(graph: graph, path: path, surroundings: found, isTest: isTest)
        }

        private mutating func graph(_ root: Path, isProjectCertain: Bool) -> ModuleGraph? {
            if let known = graphs[root] { return known }
            let graph = DiskModules(root: root, isProjectCertain: isProjectCertain).map { ModuleGraph($0.files) }
            graphs[root] = .some(graph)
            return graph
        }
    }
}

extension Collection<UInt8> {
    /// A path as seen from a folder that it is in.
    fileprivate func name(in root: Path) -> String {
        String(decoding: dropFirst(root.bytes.count).drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
    }
}
