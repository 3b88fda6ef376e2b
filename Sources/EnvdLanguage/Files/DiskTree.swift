#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import Crypto

/// The files of a directory as they are on disk now.
package struct DiskTree: FileTree {
    /// Absolute, without symbolic links.
    private let root: String
    package let measure: FileMeasure
    /// What it is compared with, if that is a commit.
    private let commit: GitTree?

    /// - Parameter other: what it is compared with, which decides by what files are told apart.
    package init(_ root: String, comparedWith other: (any FileTree)? = nil) {
        self.root = root
        measure = other?.measure ?? .exact
        commit = other as? GitTree
    }

    private var isGit: Bool { measure != .exact }

    package func entry(at path: TreePath) throws(ProjectDirectory.ReadError) -> FileEntry? {
        var information = stat()
        guard withSystemPath(path, { lstat($0, &information) }) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure(path)
        }
        if commit?.unknown.contains(path) == true { return FileEntry(kind: .unknown, mode: 0) }
        let bits = UInt16(information.st_mode & 0o7777)
        switch information.st_mode & S_IFMT {
        case S_IFREG:
            return FileEntry(kind: .file, mode: isGit ? (bits & 0o100 == 0 ? 0o644 : 0o755) : bits)
        case S_IFDIR:
            // It changes with every command of git, and no commit says what it was.
            if isGit, path.lastComponent == Array(".git".utf8) { return FileEntry(kind: .unknown, mode: 0) }
            return FileEntry(kind: .directory, mode: isGit ? 0o755 : bits)
        case S_IFLNK: return FileEntry(kind: .link, mode: 0o777)
        default: return FileEntry(kind: .special, mode: isGit ? 0 : bits)
        }
    }

    package func names(in directory: TreePath) throws(ProjectDirectory.ReadError) -> [[UInt8]] {
        guard let stream = withSystemPath(directory, { opendir($0) }) else { throw failure(directory) }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name == Array(".".utf8) || name == Array("..".utf8) { continue }
            names.append(name)
        }
        guard errno == 0 else { throw failure(directory) }
        if isGit, names.contains(Array(".git".utf8)) {
            // The file that stands for git's directory in a linked work tree or a submodule never changes.
            var information = stat()
            let path = directory.appending(Array(".git".utf8))
            if withSystemPath(path, { lstat($0, &information) }) == 0, information.st_mode & S_IFMT != S_IFDIR {
                names.removeAll { $0 == Array(".git".utf8) }
            }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    package func target(ofLink path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 1 << 12)
        let capacity = buffer.count
        let count = withSystemPath(path) { readlink($0, &buffer, capacity) }
        guard count >= 0 else { throw failure(path) }
        return buffer.prefix(count).map(UInt8.init(bitPattern:))
    }

    package func content(of path: TreePath) throws(ProjectDirectory.ReadError) -> [UInt8] {
        try ProjectDirectory.readFile(systemPath(path))
    }

    // MARK: - Content

    package func identity(
        of path: TreePath, limit: Int
    ) throws(ProjectDirectory.ReadError) -> (text: String, read: Int) {
        if let entry = try entry(at: path), entry.kind == .link {
            let target = try target(ofLink: path)
            var digest = ContentDigest(measure, size: target.count)
            target.withUnsafeBytes { digest.update($0) }
            return (digest.text, target.count)
        }
        let (text, read) = try digest(of: path, measure, limit: limit)
        // Git LFS puts the file in the place of a pointer.
        guard let pointer = commit?.pointer(at: path, unless: text), pointer.size == read else { return (text, read) }
        let (ownText, readAgain) = try digest(of: path, .exact, limit: limit - read)
        return (ownText == pointer.identity ? pointer.blob : text, read + readAgain)
    }

    private func digest(
        of path: TreePath, _ measure: FileMeasure, limit: Int
    ) throws(ProjectDirectory.ReadError) -> (text: String, read: Int) {
        // Whoever puts a pipe or a link here meanwhile must not make us wait or read elsewhere.
        let descriptor = withSystemPath(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW) }
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw failure(path) }
        guard information.st_mode & S_IFMT == S_IFREG else { throw changed(path) }
        let size = Int(information.st_size)
        guard size <= limit else {
            throw .init(description: "cannot compare '\(path)': more bytes to read than the limit allows")
        }
        var digest = ContentDigest(measure, size: size)
        var total = 0
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = read(descriptor, chunk.baseAddress, chunk.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            total += count
            guard total <= size else { throw changed(path) }
            digest.update(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
        guard total == size else { throw changed(path) }
        return (digest.text, total)
    }

    // MARK: - The system

    private func withSystemPath<Result>(_ path: TreePath, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let bytes = Array(root.utf8) + [UInt8(ascii: "/")] + path.bytes + [0]
        return bytes.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                // The array is never empty, so there is always a base address.
                body(characters.baseAddress.unsafelyUnwrapped)
            }
        }
    }

    private func systemPath(_ path: TreePath) -> String {
        "\(root)/\(String(decoding: path.bytes, as: UTF8.self))"
    }

    private func failure(_ path: TreePath) -> ProjectDirectory.ReadError {
        .init(description: "cannot read '\(path)': \(String(cString: strerror(errno)))")
    }

    private func changed(_ path: TreePath) -> ProjectDirectory.ReadError {
        .init(description: "cannot read '\(path)': it changes while it is read")
    }
}
