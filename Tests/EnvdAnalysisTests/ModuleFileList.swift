import EnvdAnalysis
import EnvdSyntax
import Foundation
import SpecSupport

extension ModuleFiles {
    /// The files of a project that is nowhere but in a list, by their paths.
    ///
    /// - Parameter libraries: the files of repositories, by URL.
    init(_ sources: [String: SourceFile], libraries: [String: [String: SourceFile]] = [:]) {
        var contents = sources
        for (url, files) in libraries {
            for (name, file) in files { contents["\(url)/\(name)"] = file }
        }
        let all = contents
        self.init(
            locate: { path in
                var parts: [Substring] = []
                for part in path.split(separator: "/") where part != "." {
                    if part == "..", parts.popLast() == nil { return .outside }
                    if part != ".." { parts.append(part) }
                }
                let name = parts.joined(separator: "/")
                if path.hasPrefix("/") { return .outside }
                if sources[name] != nil { return .file(ModuleID(path: name, name: name)) }
                return name.isEmpty || sources.keys.contains { $0.hasPrefix(name + "/") } ? .folder : .missing
            },
            content: { all[$0.path] }, names: { sources.keys.filter { $0.hasSuffix(".envd") }.sorted() },
            library: { url in
                libraries[url].map { files in
                    files.keys.sorted().map { ModuleID(path: "\(url)/\($0)", name: "\(url)/\($0)") }
                }
            })
    }
}

extension CodeBlock {
    /// What ` ```envd files:a.txt=x%0A,data/ ` says that there is in the project. Content is percent-encoded, and `numpy` if
    /// not given.
    var projectFiles: [String: String]? {
        guard let list = words.first(where: { $0.hasPrefix("files:") }) else { return nil }
        var contents: [String: String] = [:]
        for item in list.dropFirst("files:".count).split(separator: ",") {
            let parts = item.split(separator: "=", maxSplits: 1)
            contents[String(parts[0])] = parts.count > 1 ? String(parts[1]).removingPercentEncoding : "numpy\n"
        }
        return contents
    }

    /// What these files give to the source, which is `build.envd` or what `at:lib/tools.envd` says. Files at URLs make up
    /// repositories: `https://example.com/lib/tools.envd=…`.
    func modules(loadedBy file: SourceFile) -> LoadedModules {
        guard let others = projectFiles else { return LoadedModules() }
        let name = words.first { $0.hasPrefix("at:") }.map { String($0.dropFirst("at:".count)) } ?? "build.envd"
        var sources: [String: SourceFile] = [:]
        var libraries: [String: [String: SourceFile]] = [:]
        for (path, text) in others {
            if path.hasPrefix("https://"), let slash = path.lastIndex(of: "/") {
                libraries[String(path[..<slash]), default: [:]][String(path[path.index(after: slash)...])] =
                    SourceFile(text)
            } else {
                sources[path] = SourceFile(text)
            }
        }
        sources[name] = file
        return ModuleGraph(ModuleFiles(sources, libraries: libraries))
            .modules(loadedBy: file, at: ModulePlace(ModuleID(path: name, name: name)))
    }
}
