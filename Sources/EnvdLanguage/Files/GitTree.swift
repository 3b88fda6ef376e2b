/// The files of a directory as they were in a commit. Names are known at once, contents are read when they are asked
/// for.
package struct GitTree: FileTree {
    private let nodes: [TreePath: Node]
    private let children: [TreePath: [[UInt8]]]
    package let measure: FileMeasure
    /// Submodules that are not checked out, of whose files the commit says nothing.
    package let unknown: Set<TreePath>

    private struct Node {
        let entry: FileEntry
        let object: String
        let repository: Int
    }

    /// The repository and those of the submodules.
    private let repositories: [GitRepository]

    /// - Parameters:
    ///   - directory: within the repository, where submodules may be checked out.
    ///   - commit: its full name.
    /// - Returns: nil if the commit does not hold the directory.
    package init?(
        _ repository: GitRepository, commit: String, checkedOutAt directory: String
    ) throws(ProjectDirectory.ReadError) {
        guard let format = GitObjectFormat(nameLength: commit.utf8.count),
            let files = try repository.files(in: commit)
        else { return nil }
        var nodes: [TreePath: Node] = [:]
        var unknown: Set<TreePath> = []
        var repositories = [repository]
        var pending = [(TreePath.root, 0, files)]
        while let (folder, index, files) = pending.popLast() {
            for file in files {
                let place = folder.appending(file.path.bytes)
                guard let entry = FileEntry(gitMode: file.mode) else {
                    // A submodule: look into its own repository, if it is checked out.
                    let checkout = "\(directory)/\(String(decoding: place.bytes, as: UTF8.self))"
                    if repositories.count < 1_000, let module = try? GitRepository(containing: checkout),
                        module.prefix.isEmpty, let files = try? module.files(in: file.object)
                    {
                        nodes[place] = Node(
                            entry: FileEntry(kind: .directory, mode: 0o755), object: "", repository: repositories.count)
                        pending.append((place, repositories.count, files))
                        repositories.append(module)
                    } else {
                        nodes[place] = Node(entry: FileEntry(kind: .unknown, mode: 0), object: "", repository: index)
                        unknown.insert(place)
                    }
                    continue
                }
                nodes[place] = Node(entry: entry, object: file.object, repository: index)
            }
        }
        var children: [TreePath: [[UInt8]]] = [:]
        for path in nodes.keys { children[path.parent, default: []].append(path.lastComponent) }
        self.nodes = nodes
        self.children = children.mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } }
        self.repositories = repositories
        self.unknown = unknown
        measure = .git(format)
    }

    package func entry(at path: TreePath) -> FileEntry? {
        path == .root ? FileEntry(kind: .directory, mode: 0o755) : nodes[path]?.entry
    }

    package func names(in directory: TreePath) -> [[UInt8]] {
        children[directory] ?? []
    }

    package func target(ofLink path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        try content(of: path)
    }

    package func content(of path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        guard let node = nodes[path], !node.object.isEmpty else {
            throw .init(description: "cannot read '\(path)': no such file")
        }
        return try repositories[node.repository].blob(node.object)
    }

    package func identity(
        of path: TreePath, limit: Int
    ) throws(ProjectDirectory.ReadError) -> (text: String, read: Int) {
        ("git:" + (nodes[path]?.object ?? ""), 0)
    }
}

extension FileEntry {
    /// Nil for a submodule.
    fileprivate init?(gitMode mode: String) {
        switch mode {
        case "040000": self.init(kind: .directory, mode: 0o755)
        case "120000": self.init(kind: .link, mode: 0o777)
        case "100755": self.init(kind: .file, mode: 0o755)
        case "160000": return nil
        // 100644, and 100664 of old.
        default: self.init(kind: .file, mode: 0o644)
        }
    }
}
