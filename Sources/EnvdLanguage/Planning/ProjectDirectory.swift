#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import LLB

/// The directory of a program, outside of which an evaluation reads nothing.
///
/// It is one on disk, or what such a directory held in another state of the project.
package struct ProjectDirectory: Sendable {
    /// Absolute, without symbolic links.
    package let path: String
    /// Absolute, by the names that the program knows it by; those of another directory if this one stands in for that.
    package let givenPath: String
    /// How the user calls the directory: in front of file names in messages; empty for the current directory.
    package let displayPrefix: String
    /// Nil for what is on disk.
    private let tree: (any FileTree)?

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
        givenPath = resolved
        tree = nil
        displayPrefix = ["", ".", "./"].contains(path) ? "" : path.hasSuffix("/") ? path : path + "/"
    }

    /// The files of `tree` as if they stood in the place of `project`.
    ///
    /// - Parameter displayPrefix: in front of file names in messages.
    package init(_ tree: any FileTree, inPlaceOf project: ProjectDirectory, displayPrefix: String) {
        self.init(path: project.path, givenPath: project.givenPath, displayPrefix: displayPrefix, tree: tree)
    }

    /// This directory, which the program takes for `project`.
    package func inPlace(of project: ProjectDirectory) -> ProjectDirectory {
        ProjectDirectory(path: path, givenPath: project.givenPath, displayPrefix: displayPrefix, tree: tree)
    }

    /// This directory with other texts in some files, which it need not have. Messages name files from the directory on.
    ///
    /// - Parameter texts: by paths relative to the directory, which are taken as they are: no link is followed.
    package func holding(_ texts: [String: [UInt8]]) -> ProjectDirectory {
        let texts = Dictionary(texts.map { (TreePath($0), $1) }) { first, _ in first }
        return ProjectDirectory(
            path: path, givenPath: givenPath, displayPrefix: "",
            tree: OverlaidTree(tree ?? DiskTree(path), texts))
    }

    /// A directory that is nowhere on disk.
    package init(inMemory tree: MemoryTree, at path: String = "/project") {
        self.init(path: path, givenPath: path, displayPrefix: "", tree: tree)
    }

    private init(path: String, givenPath: String, displayPrefix: String, tree: (any FileTree)?) {
        self.path = path
        self.givenPath = givenPath
        self.displayPrefix = displayPrefix
        self.tree = tree
    }

    /// The last component of the path, which names the environment.
    package var name: String {
        givenPath.split(separator: "/").last.map(String.init) ?? "/"
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
        return contains(absolute) ? resolve(absolute) : .outside
    }

    /// A path of the project as seen from the directory, clean and without symbolic links as far as it exists; nil if
    /// it leads out of the project. `..` is resolved in the text first, as upstream does.
    package func relativePath(_ relative: String) -> String? {
        let absolute = absolutePath(relative)
        guard contains(absolute) else { return nil }
        var existing = absolute.split(separator: "/").map(String.init)
        var rest: [String] = []
        while !existing.isEmpty {
            switch resolve("/" + existing.joined(separator: "/")) {
            case .outside: return nil
            case .file(let resolved):
                let full = ([resolved] + rest).joined(separator: "/")
                return full == path ? "." : String(full.dropFirst(path == "/" ? 1 : path.count + 1))
            case .missing: rest.insert(existing.removeLast(), at: 0)
            }
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
        case .file(let file): return try content(ofLocated: file)
        }
    }

    /// The content of a file that `locate` has found.
    func content(ofLocated file: String) throws(ReadError) -> [UInt8] {
        guard let tree else { return try ProjectDirectory.readFile(file) }
        return try tree.content(of: treePath(file))
    }

    /// The directory that a table of facts in this project names.
    func library(_ folder: String) throws(ReadError) -> ProjectDirectory {
        guard let tree else { return try ProjectDirectory(folder) }
        let isNamedByProject = !ImagePath.isAbsolute(folder) && folder.hasPrefix(displayPrefix)
        let place = isNamedByProject ? locate(String(folder.dropFirst(displayPrefix.count))) : .outside
        guard case .file(let found) = place else { return try ProjectDirectory(folder) }
        return ProjectDirectory(
            path: found, givenPath: found, displayPrefix: folder + "/", tree: SubTree(tree, treePath(found)))
    }

    /// Whether a path of the project exists and is no directory.
    package func hasFile(_ relative: String) -> Bool {
        !relative.isEmpty && isDirectory(at: relative) == false
    }

    package func isDirectory(_ relative: String) -> Bool {
        isDirectory(at: relative) == true
    }

    /// Nil if there is nothing.
    private func isDirectory(at relative: String) -> Bool? {
        guard case .file(let file) = locate(relative) else { return nil }
        if let tree {
            guard let entry = try? tree.entry(at: treePath(file)) else { return nil }
            return entry.kind == .directory
        }
        var information = stat()
        return stat(file, &information) == 0 ? information.st_mode & S_IFMT == S_IFDIR : nil
    }

    /// The files below the directory whose names end with `suffix`, as relative paths: in each directory by name, what
    /// is within a directory in place of it. Symbolic links to directories are not followed.
    package func files(withSuffix suffix: String) throws(ReadError) -> [String] {
        let tree = tree ?? DiskTree(path)
        var found: [String] = []
        var pending = [""]
        while let next = pending.popLast() {
            guard let entry = try? tree.entry(at: TreePath(next)) else { continue }
            if entry.kind == .directory {
                let names = try tree.names(in: TreePath(next)).map { String(decoding: $0, as: UTF8.self) }
                pending += names.reversed().filter { $0 != ".git" }.map { next.isEmpty ? $0 : "\(next)/\($0)" }
            } else if next.hasSuffix(suffix) {
                found.append(next)
            }
            if found.count + pending.count > 100_000 { throw ReadError(description: "'\(path)' has too many files") }
        }
        return found
    }

    // MARK: - The system

    package static func readFile(_ path: String) throws(ReadError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw ReadError(description: "cannot read '\(path)': \(lastError)") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        // Most files are a few kilobytes; one byte more than that finds the end at once.
        var information = stat()
        let size = fstat(descriptor, &information) == 0 ? Int(information.st_size) : 0
        var chunk = [UInt8](repeating: 0, count: min(max(size + 1, 1 << 12), 1 << 16))
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

    /// Follows a path that is in the project by its name.
    private func resolve(_ absolute: String) -> Place {
        guard let tree else {
            guard let resolved = ProjectDirectory.resolve(absolute) else { return .missing }
            return contains(resolved) ? .file(resolved) : .outside
        }
        guard contains(absolute), !absolute.utf8.contains(0) else { return .outside }
        var remaining = Array(TreePath.components(of: absolute.utf8.dropFirst(path.utf8.count)).reversed())
        var place = TreePath.root
        var links = 0
        while let name = remaining.popLast() {
            if name == Array("..".utf8) {
                guard place != .root else { return .outside }
                place = place.parent
                continue
            }
            guard let entry = try? tree.entry(at: place.appending(name)) else { return .missing }
            switch entry.kind {
            case .link:
                links += 1
                guard links <= 40, let target = try? tree.target(ofLink: place.appending(name)) else { return .missing }
                if target.first == UInt8(ascii: "/") {
                    let target = String(decoding: target, as: UTF8.self)
                    guard contains(target) else { return .outside }
                    place = .root
                    remaining += TreePath.components(of: target.utf8.dropFirst(path.utf8.count)).reversed()
                } else {
                    remaining += TreePath.components(of: target).reversed()
                }
            case .directory: place = place.appending(name)
            case .file, .special, .unknown:
                guard remaining.isEmpty else { return .missing }
                place = place.appending(name)
            }
        }
        let prefix = path == "/" ? "" : path
        return .file(place == .root ? path : "\(prefix)/\(String(decoding: place.bytes, as: UTF8.self))")
    }

    private func treePath(_ located: String) -> TreePath {
        TreePath(String(decoding: located.utf8.dropFirst(path.utf8.count), as: UTF8.self))
    }

    private static func resolve(_ path: String) -> String? {
        let path = path.isEmpty ? "." : path
        // `realpath` asks for each folder on the way; most files that a program loads in vain are not there at all.
        guard !path.utf8.contains(0), access(path, F_OK) == 0, let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    private static var lastError: String { String(cString: strerror(errno)) }

    private func contains(_ absolute: String) -> Bool {
        absolute == path || absolute.utf8.starts(with: (path == "/" ? path : path + "/").utf8)
    }

    private func absolutePath(_ relative: String) -> String {
        guard ImagePath.isAbsolute(relative) else { return ImagePath.clean("\(path)/\(relative)") }
        let absolute = ImagePath.clean(relative)
        // The program knows the directory that this one stands in for.
        if givenPath != path, absolute == givenPath || absolute.hasPrefix(givenPath + "/") {
            return path + absolute.dropFirst(givenPath.count)
        }
        return absolute
    }
}
