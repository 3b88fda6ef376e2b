import EnvdAnalysis
import EnvdIDE
import ProjectSettings
import Synchronization

/// What is around the documents of an editor, as the disk and the settings have it: the same that `envd lint` would find.
final class DiskSurroundings: Sendable {
    /// By the project's folder.
    private let projects = Mutex<[Path: Project]>([:])

    /// What is around a file; without a path, what is around a text that is no file.
    func surroundings(of name: String?) -> FileSurroundings {
        guard let name else { return FileSurroundings() }
        let path = Path(bytes: name.utf8)
        let isTest = TestCommand.endings.contains { name.hasSuffix($0) }
        var surroundings = FileSurroundings(place: ModulePlace(nil, isTest: isTest))
        if let (project, root) = project(ofFileAt: path) {
            surroundings.project = project
            surroundings.place = ModulePlace(DiskModules.id(ofFileAt: path, in: root), isTest: isTest)
        }

        // Read anew for each document, so that a change of the settings holds for the next. What is wrong with them `envd lint` says.
        var files = SettingsFiles()
        let found = (try? files.settings(for: path)) ?? nil
        let settings = found?.settings.lint ?? LintSettings()
        let components = found.flatMap { path.components(from: $0.folder) }
        surroundings.rules = settings.rules(settings.selection) { pattern in
            components.map { PathPatterns([pattern]).matches($0) } ?? false
        }
        for rule in surroundings.rules where settings.severity(of: rule) != rule.severity {
            surroundings.severities[rule.code] = settings.severity(of: rule)
        }
        if settings.plan ?? true, let run = LintDryRun(ofFileAt: path) { surroundings.dryRun = { run.run($0) } }
        return surroundings
    }

    private func project(ofFileAt path: Path) -> (Project, root: Path)? {
        let program = path.parent.nearestProgramFolder
        guard let root = (program ?? path.parent).resolved else { return nil }
        let project = projects.withLock { projects -> Project? in
            if let known = projects[root] { return known }
            guard let files = DiskModules.files(root: root, isProjectCertain: program != nil),
                let view = DiskProject(ofFileAt: path)?.view, let name = String(validating: root.bytes, as: UTF8.self)
            else { return nil }
            let fresh = Project(root: name, files: files, view: view, entries: { Self.entries(of: $0, in: root) })
            projects[root] = fresh
            return fresh
        }
        return project.map { ($0, root) }
    }

    /// More are of no use to anybody who looks for a name.
    private static let maximumEntries = 2_000

    private static func entries(of folder: String, in root: Path) -> [Project.Entry] {
        guard let path = folder.isEmpty ? root : root.appending(folder.utf8).resolved, path.isWithin(root) else {
            return []
        }
        let names = (try? path.entries()) ?? []
        return names.prefix(maximumEntries).compactMap { name in
            guard let text = String(validating: name, as: UTF8.self) else { return nil }
            let isFolder = path.appending(name).resolved?.status()?.isDirectory ?? false
            return Project.Entry(name: text, isFolder: isFolder)
        }
    }
}
