import EnvdSyntax

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

/// The inputs that the arguments of a command name, read one at a time.
///
/// `-` is standard input; files and folders are found as `SourceFileSearch` finds them. What cannot be read is a failure in
/// its place, so that a command can go on with the rest.
struct InputSequence: Sequence, IteratorProtocol {
    private var remaining: [Source]

    private enum Source {
        case standardInput(name: String?)
        case file(Path)
        case failure(CommandFailure)
    }

    /// - Parameter arguments: none means the current folder.
    init(arguments: [String], standardInputName: String?) {
        let paths = arguments.filter { $0 != "-" }
        remaining = paths.count < arguments.count ? [.standardInput(name: standardInputName)] : []
        if remaining.isEmpty || !paths.isEmpty {
            let search = SourceFileSearch(paths)
            remaining += search.failures.map(Source.failure) + search.files.map(Source.file)
        }
        remaining.reverse()
    }

    /// Whether there is nothing to read and no failure to tell.
    var isEmpty: Bool { remaining.isEmpty }

    mutating func next() -> Result<Input, CommandFailure>? {
        guard let source = remaining.popLast() else { return nil }
        do throws(CommandFailure) {
            switch source {
            case .standardInput(let name): return .success(try Input(argument: "-", standardInputName: name))
            case .file(let path): return .success(try Input(path: path))
            case .failure(let failure): throw failure
            }
        } catch {
            return .failure(error)
        }
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

extension SourceFile {
    /// The tree of an input, unless the input is larger than a tree can be.
    init(_ input: Input) throws(CommandFailure) {
        guard input.bytes.count <= SyntaxLimits.fileSize else {
            throw CommandFailure("cannot parse '\(input.displayName)': more than \(SyntaxLimits.fileSize) bytes")
        }
        self.init(bytes: input.bytes)
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
