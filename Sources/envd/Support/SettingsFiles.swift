import ProjectSettings

/// The settings that hold for files: of the nearest folder, from the file's own upward, that has any.
struct SettingsFiles {
    /// A file of settings.
    struct Found: Sendable {
        /// Without symbolic links. Patterns and paths in the settings are seen from here.
        let folder: Path
        let settings: ProjectSettings
    }

    private var byFolder: [Path: Found?] = [:]
    /// The folders of files, as they were asked for, without symbolic links.
    private var starts: [Path: Path?] = [:]

    /// - Parameter file: nil is a text without a name, which counts as one of the current folder.
    mutating func settings(for file: Path?) throws(CommandFailure) -> Found? {
        let folder = file?.parent ?? Path(bytes: ".".utf8)
        let start = starts[folder] ?? folder.resolved
        starts[folder] = .some(start)
        guard var candidate = start else { return nil }
        var passed: [Path] = []
        var found: Found?
        while true {
            if let known = byFolder[candidate] {
                found = known
                break
            }
            passed.append(candidate)
            found = try Self.read(in: candidate)
            if found != nil || candidate.parent == candidate { break }
            candidate = candidate.parent
        }
        for folder in passed { byFolder[folder] = .some(found) }
        return found
    }

    /// The paths that may be settings for a file, for whoever wants to see when they change.
    static func candidates(for file: Path) -> [Path] {
        guard var folder = file.parent.resolved else { return [] }
        var candidates: [Path] = []
        while true {
            candidates += ProjectSettings.fileNames.map { folder.appending($0.utf8) }
            if folder.parent == folder { return candidates }
            folder = folder.parent
        }
    }

    private static func read(in folder: Path) throws(CommandFailure) -> Found? {
        for name in ProjectSettings.fileNames {
            let path = folder.appending(name.utf8)
            guard let information = path.status(), information.isRegularFile else { continue }
            let bytes = try path.read()
            do throws(SettingsError) {
                if let settings = try ProjectSettings(bytes, fileName: name) {
                    return Found(folder: folder, settings: settings)
                }
            } catch {
                let place = error.position.map { ":\($0.line):\($0.column)" } ?? ""
                throw CommandFailure("\(path.fromHere.displayName)\(place): \(error.message)")
            }
        }
        return nil
    }
}

extension Path {
    /// The path from the current folder on, if it leads there; for messages.
    var fromHere: Path {
        guard let here = Path(bytes: ".".utf8).resolved, isWithin(here), here.bytes != Array("/".utf8) else {
            return self
        }
        return Path(bytes: bytes.dropFirst(here.bytes.count + 1))
    }

    /// The names of the folders from a folder on, and the file's own; nil if it is not in there.
    func components(from folder: Path) -> [[UInt8]]? {
        parent.resolved.flatMap { components(in: $0, from: folder) }
    }

    /// - Parameter parent: the folder that holds it, without symbolic links.
    func components(in parent: Path, from folder: Path) -> [[UInt8]]? {
        guard parent.isWithin(folder) else { return nil }
        let slash = UInt8(ascii: "/")
        return parent.bytes.dropFirst(folder.bytes.count).split(separator: slash).map(Array.init) + [lastComponent]
    }
}

/// Patterns as in a `.gitignore` file, held against paths without looking at the disk.
struct PathPatterns {
    private let patterns: [GitIgnorePattern]

    var isEmpty: Bool { patterns.isEmpty }

    init(_ patterns: [String]) {
        self.patterns = patterns.compactMap { GitIgnorePattern(line: $0.utf8) }
    }

    /// Whether the file matches, or a folder that it is in. The last pattern that matches decides.
    func matches(_ components: [[UInt8]]) -> Bool {
        for pattern in patterns.reversed() {
            let isMatch = components.indices.contains { index in
                pattern.matches(components[...index], isFolder: index < components.count - 1)
            }
            if isMatch { return !pattern.isNegated }
        }
        return false
    }
}
