/// A path as the system knows it: bytes without NUL, not necessarily text.
struct Path: Hashable, Comparable, Sendable {
    let bytes: [UInt8]

    init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// The path that an argument of the command line names.
    ///
    /// Swift repairs arguments that are no UTF-8, after which they name another file; this goes back to what was typed.
    init(argument: String) {
        if argument.unicodeScalars.contains("\u{FFFD}") {
            for pointer in UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)) {
                guard let pointer, String(cString: pointer) == argument else { continue }
                bytes = UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map(UInt8.init(bitPattern:))
                return
            }
        }
        bytes = Array(argument.utf8)
    }

    /// The path on one line of text: control characters and bytes that are no UTF-8 are shown as U+FFFD.
    var displayName: String {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: bytes, as: UTF8.self) }
        var name = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            name.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
        }
        return name
    }

    var lastComponent: [UInt8] {
        Array(bytes.split(separator: UInt8(ascii: "/")).last ?? [])
    }

    /// The folder that holds it: "." for a bare name.
    var parent: Path {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return Path(bytes: ".".utf8) }
        return slash == 0 ? Path(bytes: "/".utf8) : Path(bytes: bytes[..<slash])
    }

    func appending(_ component: some Sequence<UInt8>) -> Path {
        // "./build.envd" would be a longer name for the same file.
        if bytes == Array(".".utf8) { return Path(bytes: component) }
        let separator: [UInt8] = bytes.last == UInt8(ascii: "/") || bytes.isEmpty ? [] : [UInt8(ascii: "/")]
        return Path(bytes: bytes + separator + component)
    }

    static func < (left: Path, right: Path) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// Calls `body` with the path as the C library wants it.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (bytes + [0]).withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                // The array is never empty, so there is always a base address.
                body(characters.baseAddress.unsafelyUnwrapped)
            }
        }
    }

    /// The path without symbolic links, or nil and `errno` if it does not exist.
    var resolved: Path? {
        // Nothing is followed for what is not there.
        guard let real = withCString({ access($0, F_OK) == 0 ? realpath($0, nil) : nil }) else { return nil }
        defer { free(real) }
        return Path(bytes: UnsafeBufferPointer(start: real, count: strlen(real)).map(UInt8.init(bitPattern:)))
    }
}

/// Which file a path leads to, independent of the names that it has.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64

    init(_ information: stat) {
        device = UInt64(information.st_dev)
        inode = UInt64(information.st_ino)
    }

    init?(_ path: Path) {
        guard let information = path.status() else { return nil }
        self.init(information)
    }
}

extension Path {
    /// What the system knows about the file; nil and `errno` if it is not there.
    func status(followingLinks: Bool = true) -> stat? {
        var information = stat()
        let code = withCString { followingLinks ? stat($0, &information) : lstat($0, &information) }
        return code == 0 ? information : nil
    }
}

extension stat {
    var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
    var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
    var isSymbolicLink: Bool { st_mode & S_IFMT == S_IFLNK }
}
