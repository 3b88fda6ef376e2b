import EnvdAnalysis
import EnvdSyntax
import Starlark

@testable import EnvdIDE

/// A project that is nowhere but in memory: what edits make of it, and what its programs print.
struct EditedProject {
    /// By path.
    var files: [String: String]
    /// What else there is: data files.
    var others: [String: String] = [:]

    static let root = "/project"

    init(_ files: [String: String], others: [String: String] = [:]) {
        self.files = files
        self.others = others
    }

    private static func clean(_ path: String) -> String? {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", parts.popLast() == nil { return nil }
            if part != ".." { parts.append(part) }
        }
        return path.hasPrefix("/") ? nil : parts.joined(separator: "/")
    }

    static func id(_ name: String) -> ModuleID { ModuleID(path: "\(root)/\(name)", name: name) }

    var project: Project {
        let sources = files.mapValues { SourceFile($0) }
        let others = others
        let names = Array(sources.keys)
        let moduleFiles = ModuleFiles(
            locate: { path in
                guard let name = EditedProject.clean(path) else { return .outside }
                if sources[name] != nil { return .file(EditedProject.id(name)) }
                return name.isEmpty || names.contains { $0.hasPrefix(name + "/") } ? .folder : .missing
            },
            content: { sources[$0.name] }, names: { names.filter { $0.hasSuffix(".envd") }.sorted() },
            library: { _ in nil })
        let view = ProjectView(
            status: { path in
                guard let name = EditedProject.clean(path) else { return .outside }
                return sources[name] != nil || others[name] != nil ? .file : .missing
            },
            content: { path in
                (others[path] ?? sources[path].map { $0.text(in: 0..<$0.utf8Count) }).map { Array($0.utf8) }
            },
            hostPathExists: { _ in nil })
        return Project(root: EditedProject.root, files: moduleFiles, view: view)
    }

    func analysis(of name: String, rules: [Rule] = defaultRules) -> FileAnalysis {
        let place = ModulePlace(EditedProject.id(name), isTest: name.hasSuffix("_test.envd"))
        return FileAnalysis(
            SourceFile(files[name] ?? ""), FileSurroundings(project: project, place: place, rules: rules))
    }

    /// The project after an edit that was found in a file.
    func applying(_ edit: ProjectEdit, in name: String) -> EditedProject {
        var result = self
        for part in edit.files {
            let path: String
            switch part.file {
            case .current: path = name
            case .module(let id): path = id.name
            default: continue
            }
            let bytes = EnvdAnalysis.applying(part.edits, to: Array((files[path] ?? "").utf8))
            result.files[path] = String(decoding: bytes, as: UTF8.self)
        }
        for file in edit.newFiles {
            result.files[String(file.path.dropFirst(EditedProject.root.utf8.count + 1))] = file.text
        }
        return result
    }

    /// What a program prints, and the error that it ends with.
    func output(of name: String) -> String {
        final class Printed {
            var text = ""
            var modules: [String: Module] = [:]
        }
        let printed = Printed()
        let evaluation = Evaluation(limits: Limits())
        evaluation.predeclared = ["struct": evaluation.heap.function(StandardModules.structure)]
        evaluation.onPrint = { text, _ in printed.text += "\(text)\n" }
        evaluation.onLoad = { path, evaluation in
            if let known = printed.modules[path] { return known }
            guard let text = files[path] else { throw EvaluationError("no such module: \(path)") }
            let module = try evaluation.execute(SourceFile(text), named: path, dialect: .envd)
            printed.modules[path] = module
            return module
        }
        do throws(EvaluationError) {
            _ = try evaluation.execute(SourceFile(files[name] ?? ""), named: name, dialect: .envd)
        } catch {
            return printed.text + "error: \(error)\n"
        }
        return printed.text
    }

    var syntaxErrorCount: Int { files.values.reduce(0) { $0 + SourceFile($1).diagnostics.count } }
}
