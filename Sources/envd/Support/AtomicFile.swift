/// Replaces the content of a file so that at every moment the old or the new content is there, whole.
///
/// Keeps permissions and owner, follows symbolic links (the link stays, what it leads to is replaced), respects
/// read-only files, and refuses if the file is no longer what the caller read. Other hard links keep the old content.
///
/// - Parameters:
///   - path: the file; must exist and be a regular file.
///   - original: what the caller read from it.
///   - content: what shall be in it.
func replaceFile(at path: Path, expecting original: [UInt8], with content: [UInt8]) throws(CommandFailure) {
    func failure(_ reason: String) -> CommandFailure {
        CommandFailure("cannot write '\(path.displayName)': \(reason)")
    }
    guard let target = path.resolved, let before = target.status() else {
        throw failure(systemErrorMessage(errno))
    }
    guard before.isRegularFile else { throw failure("not a regular file") }
    // Asking for the mode as well as for access, since root may write to everything.
    let isWritable = before.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH) != 0 && target.withCString { access($0, W_OK) } == 0
    guard isWritable else { throw failure("the file is read-only") }

    let temporary = target.parent.appending(temporaryName().utf8)
    let descriptor = temporary.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else { throw failure(systemErrorMessage(errno)) }
    var isRenamed = false
    defer {
        close(descriptor)
        if !isRenamed { _ = temporary.withCString { unlink($0) } }
    }

    if let code = writeAll(content, to: descriptor) { throw failure(systemErrorMessage(code)) }
    let isOurs = before.st_uid == geteuid() && before.st_gid == getegid()
    guard isOurs || fchown(descriptor, before.st_uid, before.st_gid) == 0 else {
        throw failure("its owner could not be kept: \(systemErrorMessage(errno))")
    }
    // After the owner, because changing the owner clears the set-user-ID bits.
    guard fchmod(descriptor, before.st_mode & 0o7777) == 0 else { throw failure(systemErrorMessage(errno)) }
    guard fsync(descriptor) == 0 else { throw failure(systemErrorMessage(errno)) }

    // As late as can be: what somebody else wrote meanwhile must survive.
    guard try target.read() == original else { throw failure("it was changed by somebody else meanwhile") }
    let code = temporary.withCString { from in target.withCString { to in rename(from, to) } }
    guard code == 0 else { throw failure(systemErrorMessage(errno)) }
    isRenamed = true
    synchronize(folder: target.parent)
}

/// Short, so that it fits where the longest names do; hidden, so that nobody takes it for a source file.
private func temporaryName() -> String {
    ".envd-\(getpid())-\(UInt32.random(in: .min ... .max))"
}

/// Makes the renaming itself durable, where the file system can.
private func synchronize(folder: Path) {
    let descriptor = folder.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
}
