/// A folder of a tree as a tree of its own.
struct SubTree: FileTree {
    private let base: any FileTree
    private let folder: TreePath

    init(_ base: any FileTree, _ folder: TreePath) {
        self.base = base
        self.folder = folder
    }

    var measure: FileMeasure { base.measure }

    private func full(_ path: TreePath) -> TreePath {
        path == .root ? folder : folder.appending(path.bytes)
    }

    func entry(at path: TreePath) throws(ProjectDirectory.ReadError) -> FileEntry? { try base.entry(at: full(path)) }

    func names(in directory: TreePath) throws(ProjectDirectory.ReadError) -> [[UInt8]] {
        try base.names(in: full(directory))
    }

    func target(ofLink path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        try base.target(ofLink: full(path))
    }

    func content(of path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] { try base.content(of: full(path)) }

    func identity(of path: TreePath, limit: Int) throws(ProjectDirectory.ReadError) -> (text: String, read: Int) {
        try base.identity(of: full(path), limit: limit)
    }
}
