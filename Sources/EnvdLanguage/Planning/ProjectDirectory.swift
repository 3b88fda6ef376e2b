#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

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
        let joined = relative.utf8.first == UInt8(ascii: "/") ? relative : "\(path)/\(relative)"
        // What is outside by its name is not even looked at.
        guard contains(lexicallyResolved(joined)) else { return .outside }
        guard let resolved = ProjectDirectory.resolve(joined) else { return .missing }
        return contains(resolved) ? .file(resolved) : .outside
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
        guard !relative.isEmpty, case .file(let file) = locate(relative) else { return false }
        var information = stat()
        return stat(file, &information) == 0 && information.st_mode & S_IFMT != S_IFDIR
    }

    // MARK: - The system

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

    private func lexicallyResolved(_ absolute: String) -> String {
        var elements: [Substring] = []
        for element in absolute.split(separator: "/") where element != "." {
            if element == ".." {
                _ = elements.popLast()
            } else {
                elements.append(element)
            }
        }
        return "/" + elements.joined(separator: "/")
    }
}
