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

    /// Whether attributes in the commit name Git LFS, so that a small blob may stand for a large file.
    private let mayHoldPointers: Bool

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
        let attributes = Array(".gitattributes".utf8)
        let own = nodes.filter { $0.key.lastComponent == attributes }.values
            .map { node in try? repositories[node.repository].blob(node.object) }
        mayHoldPointers = (own + repository.attributesAbove(in: commit)).contains { content in
            String(decoding: content ?? [], as: UTF8.self).contains("filter=lfs")
        }
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

/// What Git LFS leaves in a commit in place of a file (its `docs/spec.md`).
struct GitLFSPointer {
    /// Of the file, in bytes.
    let size: Int
    /// Of the file, by `FileMeasure.exact`.
    let identity: String
    /// Of the pointer itself, by git's measure.
    let blob: String

    /// A pointer is always smaller.
    static let maximumSize = 1024

    init?(_ content: [UInt8], blob: String) {
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
        func value(_ key: String) -> Substring? {
            lines.first { $0.hasPrefix(key + " ") }?.dropFirst(key.utf8.count + 1)
        }
        guard value("version") == "https://git-lfs.github.com/spec/v1", let object = value("oid"),
            let size = value("size").flatMap({ Int($0) })
        else { return nil }
        self.size = size
        identity = String(object)
        self.blob = blob
    }
}

extension GitTree {
    /// The pointer that the commit holds there; nil if it holds something else, or the very blob with that identity.
    func pointer(at path: TreePath, unless identity: String) -> GitLFSPointer? {
        guard mayHoldPointers, let node = nodes[path], node.entry.kind == .file, identity != "git:" + node.object,
            let size = try? repositories[node.repository].size(of: node.object), size <= GitLFSPointer.maximumSize,
            let content = try? content(of: path)
        else { return nil }
        return GitLFSPointer(content, blob: "git:" + node.object)
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
