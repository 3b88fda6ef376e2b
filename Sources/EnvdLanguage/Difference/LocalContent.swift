import LLB

/// What a build takes from the directory of the project: for each path that an operation selects, the files there and a
/// digest of them.
///
/// As in BuildKit (`cache/contenthash`) the names, kinds, permission bits and contents of files count, and their times,
/// owners and the path that leads to them do not: envd's client sends every file as owned by root. Extended attributes
/// are left out. Only what an operation selects is looked at.
package struct LocalContent {
    private let tree: any FileTree
    private let limits: Limits
    /// By the path as it was selected and whether a link at its end is followed.
    private var selections: [Selector: SelectedFiles] = [:]
    private var identities: [TreePath: String] = [:]
    private var fileCount = 0
    private var byteCount = 0

    /// Generous for a project; what is beyond should be mounted and not be sent to the builder.
    package struct Limits: Sendable {
        package var files = 500_000
        package var bytes = 64 << 30

        package init() {}
    }

    struct Selector: Hashable {
        var path: String
        var followsLink = false
    }

    init(_ tree: any FileTree, limits: Limits) {
        self.tree = tree
        self.limits = limits
    }

    /// The files that a path selects: itself, or if it is a directory all below it.
    mutating func select(_ selector: Selector) throws(ProjectDirectory.ReadError) -> SelectedFiles {
        if let known = selections[selector] { return known }
        var files: [SelectedFiles.File] = []
        if let (root, entry) = try tree.follow(selector.path, followsLast: selector.followsLink) {
            try collect(root, entry, into: &files)
        }
        let selected = SelectedFiles(files)
        selections[selector] = selected
        return selected
    }

    private mutating func collect(
        _ root: TreePath, _ entry: FileEntry, into files: inout [SelectedFiles.File]
    ) throws(ProjectDirectory.ReadError) {
        let countsDirectories = tree.measure == .exact
        // Not recursive: a path may have a thousand components.
        var pending = [(root, entry)]
        while let (path, entry) = pending.popLast() {
            fileCount += 1
            guard fileCount <= limits.files else {
                throw .init(description: "cannot compare the files that the build uses: more than \(limits.files)")
            }
            guard let relative = path.relative(to: root) else { continue }
            if entry.kind == .directory {
                // The root of the project is sent without its own permission bits.
                if countsDirectories, path != .root {
                    files.append(.init(path: relative, entry: entry, identity: ""))
                }
                for name in try tree.names(in: path).reversed() {
                    let child = path.appending(name)
                    // Nil: it went away meanwhile.
                    if let entry = try tree.entry(at: child) { pending.append((child, entry)) }
                }
            } else {
                files.append(.init(path: relative, entry: entry, identity: try identity(path, entry)))
            }
        }
    }

    private mutating func identity(
        _ path: TreePath, _ entry: FileEntry
    ) throws(ProjectDirectory.ReadError) -> String {
        guard entry.kind == .file || entry.kind == .link else { return "" }
        if let known = identities[path] { return known }
        let (identity, read) = try tree.identity(of: path, limit: limits.bytes - byteCount)
        byteCount += read
        identities[path] = identity
        return identity
    }
}

/// Files that belong together, each with what makes it another file.
package struct SelectedFiles: Hashable, Sendable {
    /// In the order of a walk; the path is relative to what was selected, and empty if that is a file.
    package let files: [File]
    /// Nil if the content of one of them is not known.
    package let digest: Digest?
    /// As if files with unknown content were not there.
    package let digestOfKnown: Digest

    package struct File: Hashable, Sendable {
        package let path: TreePath
        package let entry: FileEntry
        /// Empty for what has no content.
        package let identity: String
    }

    init(_ files: [File]) {
        self.files = files
        let known = files.filter { $0.entry.kind != .unknown }
        digestOfKnown = SelectedFiles.digest(known)
        digest = known.count == files.count ? digestOfKnown : nil
    }

    private static func digest(_ files: [File]) -> Digest {
        var bytes: [UInt8] = []
        for file in files {
            for field in [
                file.path.bytes, Array(file.entry.kind.rawValue.utf8), Array(String(file.entry.mode, radix: 8).utf8),
                Array(file.identity.utf8),
            ] {
                // No name and no identity holds a zero.
                bytes += field + [0]
            }
        }
        return Digest(of: bytes)
    }
}
