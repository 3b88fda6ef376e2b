import ArgumentParser
import EnvdSyntax
import Starlark

/// `envd eval`: runs plain Starlark.
struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Run a Starlark file, without anything of envd.",
        discussion: """
            What the program prints goes to standard output. An error is shown with the calls that led to it and as
            FILE:LINE:COLUMN: MESSAGE, and the exit status is 1; it is 2 if the program was stopped at a limit.

            load("lib.star", "name") takes files from the folder of the file that loads them.
            """
    )

    /// The names that `--allow` takes, those of starlark-go's options.
    enum Feature: String, CaseIterable {
        case set
        case `while`
        case recursion
        case toplevelcontrol
        case globalreassign
        case all

        var dialect: Dialect {
            switch self {
            case .set: .set
            case .while: .whileLoops
            case .recursion: .recursion
            case .toplevelcontrol: .topLevelControl
            case .globalreassign: .globalReassign
            case .all: .starlark
            }
        }
    }

    @Option(
        help: ArgumentHelp(
            "What the program may use, separated by commas: "
                + Feature.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            valueName: "features"))
    var allow = ""

    @Option(name: .customShort("c"), help: ArgumentHelp("A program to run instead of a file.", valueName: "program"))
    var program: String?

    @Option(help: ArgumentHelp("The name of what comes from standard input.", valueName: "name"))
    var stdinFilename: String?

    @Argument(help: ArgumentHelp("The file to run, '-' for standard input.", valueName: "file"))
    var file: String?

    func run() throws {
        let dialect = try self.dialect()
        let name: String
        let source: SourceFile
        var folder = Path(bytes: ".".utf8)
        switch (program, file) {
        case (let program?, nil):
            name = "<command>"
            source = SourceFile(program)
        case (nil, let file?):
            let input = try Input(argument: file, standardInputName: stdinFilename)
            name = input.displayName
            source = try SourceFile(input)
            if let path = input.path { folder = path.parent }
        default:
            throw CommandFailure("give a file to run or a program with -c (see 'envd eval --help')")
        }

        let modules = ModuleFiles(dialect: dialect)
        let evaluation = Evaluation(predeclared: modules.predeclared)
        evaluation.onPrint = { text, _ in try modules.write(text + "\n") }
        modules.folders = [folder]
        evaluation.onLoad = { name, evaluation in try modules.load(name, evaluation) }
        do {
            _ = try evaluation.execute(source, named: name, dialect: dialect)
            try modules.output.flush()
        } catch let error as EvaluationError {
            try modules.output.flush()
            // A program that cannot run at all was called by nobody.
            let traceback = error.kind == .invalidProgram && error.stack.count == 1 ? "" : error.traceback
            writeToStandardError("\(traceback.isEmpty ? "" : traceback + "\n")\(error)\n")
            switch error.kind {
            case .failure, .invalidProgram: throw ExitStatus.findings
            case .limit, .cancelled: throw ExitStatus.failure
            }
        }
    }

    private func dialect() throws(CommandFailure) -> Dialect {
        var dialect: Dialect = []
        for name in allow.split(separator: ",") {
            guard let feature = Feature(rawValue: String(name)) else {
                let known = Feature.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure("there is no feature '\(name)' to allow; there are \(known)")
            }
            dialect.formUnion(feature.dialect)
        }
        return dialect
    }
}

/// The files that one program loads, each run once, and what all of them print.
private final class ModuleFiles {
    let dialect: Dialect
    let predeclared: [String: Value] = [
        "json": StandardModules.json,
        "struct": .function(StandardModules.structure),
    ]
    var output = StandardOutput()
    /// The folders of the files that are running, innermost last.
    var folders: [Path] = []
    private var modules: [Path: Module] = [:]
    private var loading: Set<Path> = []

    init(dialect: Dialect) {
        self.dialect = dialect
    }

    func write(_ text: String) throws {
        output.write(text)
    }

    func load(_ name: String, _ evaluation: Evaluation) throws -> Module {
        guard let folder = folders.last else { throw EvaluationError("no folder to load from") }
        let path = name.hasPrefix("/") ? Path(bytes: name.utf8) : folder.appending(name.utf8)
        let key = path.resolved ?? path
        if let module = modules[key] { return module }
        guard loading.insert(key).inserted else {
            throw EvaluationError("the file is still being loaded: files load each other in a circle")
        }
        defer { loading.remove(key) }
        let input: Input
        do {
            input = try Input(path: path)
        } catch {
            throw EvaluationError(error.message)
        }
        folders.append(path.parent)
        defer { folders.removeLast() }
        let module = try evaluation.execute(try SourceFile(input), named: input.displayName, dialect: dialect)
        modules[key] = module
        return module
    }
}
