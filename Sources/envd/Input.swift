/// A source text and the name under which findings speak of it.
struct Input: Sendable {
    /// As the user typed it, or `--stdin-filename`, on one line.
    let displayName: String
    /// Nil for standard input.
    let path: Path?
    let bytes: [UInt8]

    /// Reads a file or, for `-`, standard input.
    init(argument: String, standardInputName: String?) throws(CommandFailure) {
        if argument == "-" {
            displayName = standardInputName.map { Path(bytes: $0.utf8).displayName } ?? "<stdin>"
            path = nil
            bytes = try readAll(from: STDIN_FILENO, name: "standard input")
        } else {
            self = try Input(path: Path(argument: argument))
        }
    }

    init(path: Path) throws(CommandFailure) {
        displayName = path.displayName
        self.path = path
        bytes = try path.read()
    }
}

extension Path {
    /// The whole content of a file, at most `maximumInputSize` bytes.
    func read() throws(CommandFailure) -> [UInt8] {
        let descriptor = withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw CommandFailure("cannot read '\(displayName)': \(systemErrorMessage(errno))")
        }
        defer { close(descriptor) }
        return try readAll(from: descriptor, name: "'\(displayName)'")
    }
}

/// Inputs beyond this many bytes are refused rather than swallowed: a device such as /dev/zero never ends.
private let maximumInputSize = 1 << 30

private func readAll(from descriptor: Int32, name: String) throws(CommandFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var information = stat()
    if fstat(descriptor, &information) == 0, information.isRegularFile {
        bytes.reserveCapacity(min(Int(information.st_size), maximumInputSize) + 1)
    }
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { chunk.deallocate() }
    while true {
        let count = read(descriptor, chunk.baseAddress, chunk.count)
        if count == 0 { return bytes }
        if count < 0 {
            if errno == EINTR { continue }
            throw CommandFailure("cannot read \(name): \(systemErrorMessage(errno))")
        }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        if bytes.count > maximumInputSize {
            throw CommandFailure("cannot read \(name): more than \(maximumInputSize >> 20) MiB")
        }
    }
}
