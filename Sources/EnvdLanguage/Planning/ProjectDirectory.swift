#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import LLB

/// The directory of a program, outside of which an evaluation reads nothing.
package struct ProjectDirectory: Sendable {
    /// Absolute, without symbolic links.
    package let path: String
    /// How the user calls the directory: in front of file names in messages; empty for the current directory.
    package let displayPrefix: String

    /// A file that cannot be read.
    package struct ReadError: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// A program's files are small; a device such as /dev/zero never ends.
    private static let maximumFileSize = 64 << 20

    /// - Throws: if it is no directory.
    package init(_ path: String) throws(ReadError) {
        guard let resolved = ProjectDirectory.resolve(path) else {
            throw ReadError(description: "cannot open '\(path)': \(ProjectDirectory.lastError)")
        }
        var information = stat()
        guard stat(resolved, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
            throw ReadError(description: "cannot open '\(path)': not a directory")
        }
        self.path = resolved
        displayPrefix = ["", ".", "./"].contains(path) ? "" : path.hasSuffix("/") ? path : path + "/"
    }

    /// The last component of the path, which names the environment.
    package var name: String {
        path.split(separator: "/").last.map(String.init) ?? "/"
    }

    /// Where a path of the program leads.
    package enum Place {
        case file(String)
        case missing
        /// It leads out of the project, itself or through symbolic links.
        case outside
    }

    /// Follows a path, relative to the directory.
    package func locate(_ relative: String) -> Place {
        let absolute = absolutePath(relative)
        // What is outside by its name is not even looked at.
        guard contains(absolute) else { return .outside }
        guard let resolved = ProjectDirectory.resolve(absolute) else { return .missing }
        return contains(resolved) ? .file(resolved) : .outside
    }

    /// A path of the project as seen from the directory, clean and without symbolic links as far as it exists; nil if
    /// it leads out of the project. `..` is resolved in the text first, as upstream does.
    package func relativePath(_ relative: String) -> String? {
        let absolute = absolutePath(relative)
        guard contains(absolute) else { return nil }
        var existing = absolute.split(separator: "/")
        var rest: [Substring] = []
        while !existing.isEmpty {
            if let resolved = ProjectDirectory.resolve("/" + existing.joined(separator: "/")) {
                let full = ([resolved] + rest.map(String.init)).joined(separator: "/")
                guard contains(full) else { return nil }
                return full == path ? "." : String(full.dropFirst(path == "/" ? 1 : path.count + 1))
            }
            rest.insert(existing.removeLast(), at: 0)
        }
        return nil
    }

    /// Whether a path that leads out of the project is sure to be a directory: one that the project is in.
    package func isAncestor(_ relative: String) -> Bool {
        let absolute = absolutePath(relative)
        return absolute == "/" || path.utf8.starts(with: (absolute + "/").utf8)
    }

    /// The content of a file of the project; nil if there is none.
    package func read(_ relative: String) throws(ReadError) -> [UInt8]? {
        switch locate(relative) {
        case .missing: return nil
        case .outside: throw ReadError(description: "'\(relative)' is outside of the project")
        case .file(let file): return try ProjectDirectory.readFile(file)
        }
    }

    /// Whether a path of the project exists and is no directory.
    package func hasFile(_ relative: String) -> Bool {
        !relative.isEmpty && mode(of: relative).map { $0 & S_IFMT != S_IFDIR } ?? false
    }

    package func isDirectory(_ relative: String) -> Bool {
        mode(of: relative).map { $0 & S_IFMT == S_IFDIR } ?? false
    }

    private func mode(of relative: String) -> mode_t? {
        guard case .file(let file) = locate(relative) else { return nil }
        var information = stat()
        return stat(file, &information) == 0 ? information.st_mode : nil
    }

    /// The files below the directory whose names end with `suffix`, as relative paths: in each directory by name, what
    /// is within a directory in place of it. Symbolic links to directories are not followed.
    package func files(withSuffix suffix: String) throws(ReadError) -> [String] {
        var found: [String] = []
        var pending = [""]
        while let next = pending.popLast() {
            let absolute = next.isEmpty ? path : "\(path)/\(next)"
            var information = stat()
            guard lstat(absolute, &information) == 0 else { continue }
            if information.st_mode & S_IFMT == S_IFDIR {
                let names = try ProjectDirectory.names(in: absolute)
                pending += names.reversed().map { next.isEmpty ? $0 : "\(next)/\($0)" }
            } else if next.hasSuffix(suffix) {
                found.append(next)
            }
            if found.count + pending.count > 100_000 { throw ReadError(description: "'\(path)' has too many files") }
        }
        return found
    }

    // MARK: - The system

    private static func names(in directory: String) throws(ReadError) -> [String] {
        guard let stream = opendir(directory) else {
            throw ReadError(description: "cannot read '\(directory)': \(lastError)")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            if name != ".", name != "..", name != ".git" { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package static func readFile(_ path: String) throws(ReadError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw ReadError(description: "cannot read '\(path)': \(lastError)") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { recv in
                #if canImport(Darwin)
                Darwin.read(descriptor, recv.baseAddress, recv.count)
                #elseif canImport(Musl)
                Musl.read(descriptor, recv.baseAddress, recv.count)
                #else
                Glibc.read(descriptor, recv.baseAddress, recv.count)
                #endif
            }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw ReadError(description: "cannot read '\(path)': \(lastError)")
            }
            bytes += chunk[..<count]
            if bytes.count > maximumFileSize {
                throw ReadError(description: "cannot read '\(path)': more than \(maximumFileSize >> 20) MiB")
            }
        }
    }

    private static func resolve(_ path: String) -> String? {
        guard !path.utf8.contains(0), let real = realpath(path.isEmpty ? "." : path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    private static var lastError: String { String(cString: strerror(errno)) }

    private func contains(_ absolute: String) -> Bool {
        absolute == path || absolute.utf8.starts(with: (path == "/" ? path : path + "/").utf8)
    }

    private func absolutePath(_ relative: String) -> String {
        ImagePath.isAbsolute(relative) ? ImagePath.clean(relative) : ImagePath.clean("\(path)/\(relative)")
    }
}
