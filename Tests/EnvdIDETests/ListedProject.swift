import EnvdAnalysis
import EnvdIDE
import EnvdSyntax

/// A project that is nowhere but in a list of files, by their paths; those at URLs make up repositories.
struct ListedProject {
    let project: Project

    init(_ files: [String: String]) {
        let sources = files.mapValues { SourceFile($0) }
        let folders = Set(
            files.keys.flatMap { path in
                var parts = path.split(separator: "/").dropLast()
                var found: [String] = []
                while !parts.isEmpty {
                    found.append(parts.joined(separator: "/"))
                    parts.removeLast()
                }
                return found
            })
        @Sendable func clean(_ path: String) -> String? {
            var parts: [Substring] = []
            for part in path.split(separator: "/") where part != "." {
                if part == "..", parts.popLast() == nil { return nil }
                if part != ".." { parts.append(part) }
            }
            return path.hasPrefix("/") ? nil : parts.joined(separator: "/")
        }
        let modules = ModuleFiles(
            locate: { path in
                guard let name = clean(path) else { return .outside }
                if sources[name] != nil { return .file(ModuleID(path: name, name: name)) }
                return name.isEmpty || folders.contains(name) ? .folder : .missing
            }, content: { sources[$0.path] },
            names: { files.keys.filter { $0.hasSuffix(".envd") && !$0.hasPrefix("https://") }.sorted() },
            library: { url in
                let names = files.keys.filter { $0.hasPrefix(url + "/") }.sorted()
                return names.isEmpty ? nil : names.map { ModuleID(path: $0, name: $0) }
            })
        let view = ProjectView(
            status: { path in
                guard let name = clean(path) else { return .outside }
                return sources[name] != nil ? .file : name.isEmpty || folders.contains(name) ? .directory : .missing
            }, content: { path in clean(path).flatMap { files[$0] }.map { Array($0.utf8) } },
            hostPathExists: { _ in nil })
        project = Project(
            root: "/project", files: modules, view: view,
            entries: { folder in
                guard let name = clean(folder) else { return [] }
                let prefix = name.isEmpty ? "" : name + "/"
                var entries: [String: Bool] = [:]
                for path in files.keys where path.hasPrefix(prefix) {
                    let rest = path.dropFirst(prefix.count).split(separator: "/")
                    if let first = rest.first { entries[String(first)] = rest.count > 1 }
                }
                return entries.sorted { $0.key < $1.key }.map { Project.Entry(name: $0.key, isFolder: $0.value) }
            })
    }

    /// What an editor knows of a document of the project.
    func analysis(_ file: SourceFile, at path: String = "build.envd") -> FileAnalysis {
        _ = project.setDocument(file, at: path)
        return FileAnalysis(
            file,
            FileSurroundings(
                project: project,
                place: ModulePlace(ModuleID(path: path, name: path), isTest: path.hasSuffix("_test.envd"))))
    }
}
