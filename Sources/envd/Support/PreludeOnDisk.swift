import EnvdIDE
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Files that have been written, or found to be what they should be, by their names. Diagnostics name pages of rules again and again.
private let writtenFiles = Mutex<[String: Path]>([:])

/// Writes a file that is part of the tool into the user's cache, unless it is there, for editors that open nothing but files.
///
/// - Parameter name: such as `v1/install.envd`.
/// - Returns: its path; nil if there is no such file, or it cannot be written.
func preludeFileOnDisk(_ name: String) -> String? {
    if let known = writtenFiles.withLock({ $0[name] }), known.status() != nil {
        return String(decoding: known.bytes, as: UTF8.self)
    }
    guard let bytes = preludeSource(name), let path = UserCache.prelude(name) else { return nil }
    let text = String(decoding: path.bytes, as: UTF8.self)
    if let known = try? path.read(), known == bytes {
        writtenFiles.withLock { $0[name] = path }
        return text
    }
    var folders = [path.parent]
    while let last = folders.last, last.status() == nil, last.parent != last { folders.append(last.parent) }
    for folder in folders.reversed() where folder.status() == nil {
        guard folder.withCString({ mkdir($0, 0o755) }) == 0 || errno == EEXIST else { return nil }
    }
    // Put in place whole, so that nobody reads a part of it. Read-only: changes would not change the API.
    let temporary = path.parent.appending(".\(getpid())-\(UInt32.random(in: .min ... .max))".utf8)
    let descriptor = temporary.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444) }
    guard descriptor >= 0 else { return nil }
    let isWritten = writeAll(bytes, to: descriptor) == nil
    close(descriptor)
    guard isWritten, temporary.withCString({ from in path.withCString { rename(from, $0) } }) == 0 else {
        _ = temporary.withCString { unlink($0) }
        return nil
    }
    writtenFiles.withLock { $0[name] = path }
    return text
}
