/// Writes a file of the user's choice so that it has the old content or the new, whole. Devices and pipes are written to
/// as they are.
///
/// - Parameter permissions: of a new file, less what the user's mask takes away.
func writeWhole(_ content: [UInt8], to path: Path, permissions: mode_t = 0o666) throws(CommandFailure) {
    func failure(_ code: Int32) -> CommandFailure {
        CommandFailure("cannot write '\(path.displayName)': \(systemErrorMessage(code))")
    }
    func write(_ content: [UInt8], to path: Path, _ flags: Int32) -> Int32? {
        let descriptor = path.withCString { open($0, O_WRONLY | O_CLOEXEC | flags, permissions) }
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return writeAll(content, to: descriptor)
    }

    // Where a link leads to is replaced, not the link.
    let target = path.resolved ?? path
    if let information = target.status(), !information.isRegularFile {
        if let code = write(content, to: target, 0) { throw failure(code) }
        return
    }
    let temporary = target.parent.appending(".envd-\(getpid())-\(UInt32.random(in: .min ... .max))".utf8)
    if let code = write(content, to: temporary, O_CREAT | O_EXCL) {
        _ = temporary.withCString { unlink($0) }
        throw failure(code)
    }
    guard temporary.withCString({ from in target.withCString { to in rename(from, to) } }) == 0 else {
        let code = errno
        _ = temporary.withCString { unlink($0) }
        throw failure(code)
    }
}
