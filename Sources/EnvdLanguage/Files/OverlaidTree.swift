/// A directory of which some files hold other text: what an editor has not saved yet.
struct OverlaidTree: FileTree {
    private let base: any FileTree
    private let texts: [TreePath: [UInt8]]

    init(_ base: any FileTree, _ texts: [TreePath: [UInt8]]) {
        self.base = base
        self.texts = texts
    }

    var measure: FileMeasure { base.measure }

    func entry(at path: TreePath) throws(ProjectDirectory.ReadError) -> FileEntry? {
        if texts[path] != nil { return FileEntry(kind: .file, mode: 0o644) }
        return try base.entry(at: path)
    }

    func names(in directory: TreePath) throws(ProjectDirectory.ReadError) -> [[UInt8]] {
        var names = try base.names(in: directory)
        for path in texts.keys where path.parent == directory && !names.contains(path.lastComponent) {
            names.append(path.lastComponent)
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    func target(ofLink path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        try base.target(ofLink: path)
    }

    func content(of path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        if let text = texts[path] { return text }
        return try base.content(of: path)
    }

    func identity(of path: TreePath, limit: Int) throws(ProjectDirectory.ReadError) -> (text: String, read: Int) {
        guard let text = texts[path] else { return try base.identity(of: path, limit: limit) }
        return (ContentDigest.text(of: text), text.count)
    }
}

/// Files that are nowhere but in memory, for tests and for texts that lie in no project.
package struct MemoryTree: FileTree {
    private let files: [TreePath: [UInt8]]
    private let folders: Set<TreePath>

    /// - Parameter files: by their paths; one that ends with a slash is an empty folder.
    package init(_ files: [String: [UInt8]]) {
        var contents: [TreePath: [UInt8]] = [:]
        var folders: Set<TreePath> = []
        for (name, content) in files {
            let path = TreePath(name)
            if name.hasSuffix("/") { folders.insert(path) } else { contents[path] = content }
            var folder = path.parent
            while folder != .root, folders.insert(folder).inserted { folder = folder.parent }
        }
        self.files = contents
        self.folders = folders
    }

    package var measure: FileMeasure { .exact }

    package func entry(at path: TreePath) throws(ProjectDirectory.ReadError) -> FileEntry? {
        if files[path] != nil { return FileEntry(kind: .file, mode: 0o644) }
        return path == .root || folders.contains(path) ? FileEntry(kind: .directory, mode: 0o755) : nil
    }

    package func names(in directory: TreePath) throws(ProjectDirectory.ReadError) -> [[UInt8]] {
        let paths = Array(files.keys) + Array(folders)
        return paths.filter { $0 != .root && $0.parent == directory }.map(\.lastComponent)
            .sorted { $0.lexicographicallyPrecedes($1) }
    }

    package func target(ofLink path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        throw ProjectDirectory.ReadError(description: "'\(path)' is no link")
    }

    package func content(of path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        guard let content = files[path] else { throw ProjectDirectory.ReadError(description: "there is no '\(path)'") }
        return content
    }

    package func identity(of path: TreePath, limit: Int) throws(ProjectDirectory.ReadError) -> (text: String, read: Int)
    {
        let content = try content(of: path)
        return (ContentDigest.text(of: content), content.count)
    }
}
