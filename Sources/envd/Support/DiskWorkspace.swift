import EnvdIDE
import EnvdSyntax
import ProjectSettings

/// The files of an editor's workspace, as the disk has them: those that `envd lint` looks at when it is given the folder.
enum DiskWorkspace {
    static let files = WorkspaceFiles(list: list, read: read)

    private static func list(_ folder: String) -> [String] {
        var settings = SettingsFiles()
        return SourceFileSearch([folder]).files.compactMap { path in
            if let found = (try? settings.settings(for: path)) ?? nil,
                let components = path.components(from: found.folder),
                PathPatterns(found.settings.lint.exclude).matches(components)
            {
                return nil
            }
            return String(validating: path.bytes, as: UTF8.self)
        }
    }

    private static func read(_ name: String) -> [UInt8]? {
        guard let bytes = try? Path(bytes: name.utf8).read(), bytes.count <= SyntaxLimits.fileSize else { return nil }
        return bytes
    }
}
