import EnvdSyntax
import LLB
import Starlark

/// The files of a program, each run once: the file that was asked for, those that it loads, and included libraries.
final class ProgramFiles {
    private let project: ProjectDirectory
    private let facts: FactLookup
    private let blame: Blame
    /// What the files see besides the names of the language.
    var environment: [String: Value] = [:]
    /// By display name.
    private(set) var sources: [String: SourceFile] = [:]
    /// By resolved path; nil while a file is being run.
    private var modules: [String: Module?] = [:]
    /// By URL; nil while a library is being run.
    private var libraries: [String: Value?] = [:]
    /// Keep the values of libraries alive.
    private var libraryModules: [Module] = []

    init(_ project: ProjectDirectory, _ facts: FactLookup, _ blame: Blame) {
        self.project = project
        self.facts = facts
        self.blame = blame
    }

    /// How a path within the project is shown.
    func displayName(_ path: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? path : project.displayPrefix + path
    }

    /// Answers a `load` statement of a file of the project; nil if there is no such file.
    ///
    /// - Parameter paths: where to look for it, in order.
    func load(_ paths: [String], in evaluation: Evaluation) throws -> Module? {
        for path in paths {
            switch LoadPath(path) {
            case .prelude: continue
            case .invalid(let problem): throw EvaluationError("\(problem)")
            case .repository(let url):
                let location = SourceLocation(userCallIn: evaluation.callStack)
                let library = try include(url, for: location, in: evaluation)
                let module = Module(file: path, members: library.asFields ?? [], heap: evaluation.heap)
                libraryModules.append(module)
                return module
            case .file(let path):
                guard LoadPath.foldersLeft(by: path).allSatisfy(project.isDirectory) else { continue }
                if let module = try run(path, in: evaluation) { return module }
            }
        }
        return nil
    }

    /// Runs a file of the project, unless that has happened already; nil if it does not exist.
    func run(_ path: String, in evaluation: Evaluation) throws -> Module? {
        let file: String
        switch project.locate(path) {
        case .missing: return nil
        case .outside: throw EvaluationError("'\(path)' is outside of the project")
        case .file(let found): file = found
        }
        if let known = modules[file] {
            guard let module = known else { throw EvaluationError("the file loads itself") }
            return module
        }
        modules.updateValue(nil, forKey: file)
        let module: Module
        do {
            module = try execute(file, in: project, named: displayName(path), by: evaluation)
        } catch {
            // Whoever asks next is told what is wrong, and not that the file loads itself.
            modules.removeValue(forKey: file)
            throw error
        }
        modules.updateValue(module, forKey: file)
        return module
    }

    /// A module of what all `.envd` files of a repository define, as `include` returns it.
    func include(_ url: String, for location: SourceLocation?, in evaluation: Evaluation) throws -> Value {
        if let known = libraries[url] {
            guard let library = known else { throw EvaluationError("the library includes itself") }
            return library
        }
        libraries.updateValue(nil, forKey: url)
        var isComplete = false
        // Whoever asks next is told what is wrong, and not that the library includes itself.
        defer { if !isComplete { libraries.removeValue(forKey: url) } }
        let library = try project.library(facts.repository(url, for: location))
        var members: [(name: String, value: Value)] = []
        for path in try library.files(withSuffix: ".envd") {
            guard case .file(let file) = library.locate(path) else { continue }
            let module = try execute(file, in: library, named: "\(url)/\(path)", by: evaluation)
            libraryModules.append(module)
            for member in module.variables {
                guard !members.contains(where: { $0.name == member.name }) else {
                    throw EvaluationError("\(url) defines \(member.name) twice, the second time in \(path)")
                }
                if !member.name.hasPrefix("_") { members.append(member) }
            }
        }
        let value = evaluation.heap.module(url, members)
        // Another evaluation may include the same library when the heap of this one would be gone.
        libraryModules.append(Module(file: url, members: [("library", value)], heap: evaluation.heap))
        libraries.updateValue(value, forKey: url)
        isComplete = true
        return value
    }

    private func execute(
        _ file: String, in directory: ProjectDirectory, named name: String, by evaluation: Evaluation
    ) throws -> Module {
        let bytes = try directory.content(ofLocated: file)
        guard bytes.count <= SyntaxLimits.fileSize else { throw EvaluationError("the file is too large") }
        let source = SourceFile(bytes: bytes)
        sources[name] = source
        do {
            try DialectCheck.check(source, named: name)
        } catch {
            throw blame.raise(error.message, at: error.location)
        }
        return try evaluation.execute(source, named: name, predeclared: environment)
    }
}
