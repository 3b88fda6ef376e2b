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

/// Where a text comes from that a command is to work on.
enum InputSource: Sendable {
    case standardInput(name: String?)
    /// - Parameter isNamed: whether the user named it, rather than a folder that it is in.
    case file(Path, isNamed: Bool)
    /// What could not be found.
    case failure(CommandFailure)

    func read() throws(CommandFailure) -> Input {
        switch self {
        case .standardInput(let name): try Input(argument: "-", standardInputName: name)
        case .file(let path, _): try Input(path: path)
        case .failure(let failure): throw failure
        }
    }

    /// Its path, or for standard input the one that it is to be taken for.
    var path: Path? {
        switch self {
        case .standardInput(let name): name.map { Path(argument: $0) }
        case .file(let path, _): path
        case .failure: nil
        }
    }

    /// All that the arguments of a command name: `-` is standard input; files and folders are found as `SourceFileSearch` finds
    /// them. What cannot be found is a failure in front, so that a command can go on with the rest.
    ///
    /// - Parameter arguments: none means the current folder.
    static func all(
        _ arguments: [String], standardInputName: String?, endings: [String] = [".envd"]
    ) -> [InputSource] {
        let paths = arguments.filter { $0 != "-" }
        var sources: [InputSource] = paths.count < arguments.count ? [.standardInput(name: standardInputName)] : []
        if sources.isEmpty || !paths.isEmpty {
            let search = SourceFileSearch(paths, endings: endings)
            sources += search.failures.map(InputSource.failure)
            sources += search.files.map { .file($0, isNamed: search.isNamed($0)) }
        }
        return sources
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
    if fstat(descriptor, &information) == 0, information.isRegularFile, information.st_size > 0,
        information.st_size <= maximumInputSize
    {
        let size = Int(information.st_size)
        bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, size + 1))
        }
        // All of it, and no more came.
        if bytes.count == size { return bytes }
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
