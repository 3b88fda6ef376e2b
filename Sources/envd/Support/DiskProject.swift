import EnvdAnalysis

/// The project of a program as the disk has it, for rules that ask about files.
struct DiskProject {
    /// Without symbolic links.
    private let root: Path
    private let home: Path?

    private static let maximumContent = 1 << 20

    /// The project is the nearest folder at or above the file that has a `build.envd`, or else the file's own.
    ///
    /// - Returns: nil if there is no such folder.
    init?(ofFileAt path: Path) {
        let folder = path.parent
        guard let root = (folder.nearestProgramFolder ?? folder).resolved else { return nil }
        self.init(root: root)
    }

    /// - Parameter root: without symbolic links.
    init(root: Path) {
        self.root = root
        home = environmentVariable("HOME").map { Path(bytes: $0.utf8) }
    }

    var view: ProjectView {
        ProjectView(status: status, content: content, hostPathExists: hostPathExists)
    }

    // MARK: - Questions

    @Sendable private func status(_ text: String) -> ProjectView.Status {
        guard let path = path(text), path.isWithin(root) else { return .outside }
        guard let real = path.resolved else { return .missing }
        guard real.isWithin(root) else { return .outside }
        guard let information = real.status() else { return .missing }
        return information.isDirectory ? .directory : .file
    }

    @Sendable private func content(_ text: String) -> [UInt8]? {
        guard status(text) == .file, let path = path(text), let information = path.status(),
            information.isRegularFile, information.st_size <= Self.maximumContent
        else { return nil }
        return try? path.read()
    }

    @Sendable private func hostPathExists(_ text: String) -> Bool? {
        if text == "~" || text.hasPrefix("~/") {
            guard let home else { return nil }
            return Path(bytes: home.bytes + text.utf8.dropFirst()).status() != nil
        }
        // Another user's home, and what a shell would put in, are not looked up.
        if text.hasPrefix("~") || text.contains("$") { return nil }
        guard let path = path(text) else { return nil }
        return path.status() != nil
    }

    // MARK: - Paths

    /// The path from the root of the file system on, without `.` and `..`; nil if no file can be called so.
    private func path(_ text: String) -> Path? {
        guard !text.utf8.contains(0) else { return nil }
        let slash = UInt8(ascii: "/")
        var components = text.utf8.first == slash ? [] : root.bytes.split(separator: slash)
        for component in Array(text.utf8).split(separator: slash) where !component.elementsEqual(".".utf8) {
            if component.elementsEqual("..".utf8) {
                _ = components.popLast()
            } else {
                components.append(component)
            }
        }
        return Path(bytes: [slash] + components.joined(separator: [slash]))
    }
}
