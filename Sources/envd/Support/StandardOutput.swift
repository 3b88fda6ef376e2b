/// Standard output, buffered. Nothing is lost silently: a full disk is a failure, as `flush` says.
///
/// One value a command; call `flush` before the command ends.
struct StandardOutput {
    /// Whether escape sequences for colour are welcome: on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
    static var wantsColor: Bool {
        if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
        if let term = getenv("TERM"), strcmp(term, "dumb") == 0 { return false }
        return isTerminal
    }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// How many columns a line may have: those of the terminal, within what can be read; 100 where there is none.
    static var columns: Int {
        guard isTerminal else { return 100 }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return min(max(Int(size.ws_col), 60), 160)
    }

    private var buffer: [UInt8] = []
    private var failure: CommandFailure?

    mutating func write(_ text: String) {
        write(bytes: text.utf8)
    }

    mutating func write(bytes: some Sequence<UInt8>) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { drain() }
    }

    /// The same for what may be large, which is not copied then.
    mutating func write(bytes: [UInt8]) {
        guard bytes.count >= 1 << 15 else {
            buffer.append(contentsOf: bytes)
            if buffer.count >= 1 << 16 { drain() }
            return
        }
        drain()
        writeOut(bytes)
    }

    /// Writes what is left, and reports the first failure since the start.
    mutating func flush() throws(CommandFailure) {
        drain()
        if let failure { throw failure }
    }

    private mutating func drain() {
        writeOut(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func writeOut(_ bytes: [UInt8]) {
        guard failure == nil, !bytes.isEmpty else { return }
        if let code = writeAll(bytes, to: STDOUT_FILENO) {
            failure = CommandFailure("cannot write to standard output: \(systemErrorMessage(code))")
        }
    }
}

func writeToStandardError(_ text: String) {
    // Where errors cannot be written there is nobody left to tell.
    _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
}

/// Writes every byte; returns the error of the C library if that fails.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
        var offset = 0
        while offset < buffer.count {
            let written = write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            if written < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN {
                    // A terminal or pipe that somebody else made non-blocking.
                    var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&poller, 1, -1)
                    continue
                }
                return errno
            }
            offset += written
        }
        return nil
    }
}
