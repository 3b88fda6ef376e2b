/// A path within a tree of files: relative to its root, `/` between components, none of them `.` or `..`; empty for the
/// root. Bytes, as the system knows names: not necessarily text.
package struct TreePath: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    package static let root = TreePath(bytes: [])

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// - Parameter path: a clean path; a slash at its beginning does not count.
    package init(_ path: String) {
        bytes = TreePath.components(of: path.utf8).joined(separator: "/".utf8).map { $0 }
    }

    static func components(of path: some Sequence<UInt8>) -> [[UInt8]] {
        Array(path).split(separator: UInt8(ascii: "/")).map(Array.init).filter { $0 != Array(".".utf8) }
    }

    func appending(_ name: [UInt8]) -> TreePath {
        TreePath(bytes: bytes.isEmpty ? name : bytes + [UInt8(ascii: "/")] + name)
    }

    var parent: TreePath {
        bytes.lastIndex(of: UInt8(ascii: "/")).map { TreePath(bytes: Array(bytes[..<$0])) } ?? .root
    }

    var lastComponent: [UInt8] {
        bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(bytes[($0 + 1)...]) } ?? bytes
    }

    /// What follows `folder` in the path; nil if the path is not within.
    func relative(to folder: TreePath) -> TreePath? {
        if folder.bytes.isEmpty { return self }
        guard bytes.starts(with: folder.bytes) else { return nil }
        if bytes.count == folder.bytes.count { return .root }
        guard bytes[folder.bytes.count] == UInt8(ascii: "/") else { return nil }
        return TreePath(bytes: Array(bytes[(folder.bytes.count + 1)...]))
    }

    /// On one line: control characters and bytes that are no UTF-8 are shown as U+FFFD.
    package var description: String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            text.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return text.isEmpty ? "." : text
    }

    package static func < (left: TreePath, right: TreePath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

/// The files of a project, as they are on disk or as they were in a commit.
///
/// Paths lead to what is there under that very name: no member follows a symbolic link, in no component.
package protocol FileTree: Sendable {
    /// Nil if nothing is there.
    func entry(at path: TreePath) throws(ProjectDirectory.ReadError) -> FileEntry?
    /// The names in a directory, by their bytes.
    func names(in directory: TreePath) throws(ProjectDirectory.ReadError) -> [[UInt8]]
    func target(ofLink path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8]
    /// The content of a regular file.
    func content(of path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8]
    /// A text that two files of trees with the same measure share if and only if their contents are the same, for a
    /// regular file or a symbolic link; and how many bytes had to be read to find it.
    func identity(of path: TreePath, limit: Int) throws(ProjectDirectory.ReadError) -> (text: String, read: Int)
    var measure: FileMeasure { get }
}

/// By what two files are told apart. Only trees with the same measure can be compared.
package enum FileMeasure: Hashable, Sendable {
    /// SHA-256 of the content, and all permission bits.
    case exact
    /// What git knows of a file: the digest of its blob and whether its owner may execute it. Git knows no directories.
    case git(GitObjectFormat)
}

package enum GitObjectFormat: String, Hashable, Sendable {
    case sha1, sha256

    /// Of an object's name in hexadecimal digits.
    var nameLength: Int { self == .sha1 ? 40 : 64 }
}

/// What the system knows of a file.
package struct FileEntry: Hashable, Sendable {
    package var kind: Kind
    /// The permission bits, as far as the tree's measure looks at them.
    package var mode: UInt16

    package enum Kind: String, Hashable, Sendable {
        case file, directory
        case link = "symlink"
        /// A pipe, a socket or a device: never opened.
        case special
        /// Something whose content at that time nobody knows, such as git's own directory.
        case unknown
    }
}

extension FileTree {
    /// Where a path leads, symbolic links followed as BuildKit does within a file system: an absolute target begins at
    /// the root of the tree, and `..` does not leave it.
    ///
    /// - Returns: nil if it leads nowhere.
    func follow(_ path: String, followsLast: Bool) throws(ProjectDirectory.ReadError) -> (TreePath, FileEntry)? {
        var remaining = Array(TreePath.components(of: path.utf8).reversed())
        var place = TreePath.root
        var found: FileEntry = FileEntry(kind: .directory, mode: 0)
        var links = 0
        while let name = remaining.popLast() {
            if name == Array("..".utf8) {
                place = place.parent
                found = FileEntry(kind: .directory, mode: 0)
                continue
            }
            guard found.kind == .directory else { return nil }
            let next = place.appending(name)
            guard let entry = try entry(at: next) else { return nil }
            if entry.kind == .link, followsLast || !remaining.isEmpty {
                links += 1
                // As many as Linux follows.
                guard links <= 40 else { return nil }
                let target = try target(ofLink: next)
                if target.first == UInt8(ascii: "/") { place = .root }
                remaining += TreePath.components(of: target).reversed()
                continue
            }
            place = next
            found = entry
        }
        if place == .root { return (place, FileEntry(kind: .directory, mode: 0)) }
        return (place, found)
    }
}
