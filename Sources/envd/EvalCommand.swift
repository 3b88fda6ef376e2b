import ArgumentParser
import EnvdSyntax
import Starlark

/// `envd eval`: runs plain Starlark.
struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", _superCommandName: Envd.name,
        abstract: "Run a Starlark file, without anything of envd; on a terminal and without a file, a session.",
        discussion: """
            What the program prints goes to standard output. An error is shown with the calls that led to it and as \
            FILE:LINE:COLUMN: MESSAGE, and the exit status is 1; it is 2 if the program was stopped at a limit.

            load("lib.star", "name") takes files from the folder of the file that loads them. assert.star, json.star, \
            math.star and time.star are those of starlark-go: load("assert.star", "assert", "freeze"). An assertion \
            that does not hold is told, the program goes on, and the exit status is 1.

            Without a file, on a terminal, what is typed is run at once and the values of expressions are printed. Tab \
            completes names and attributes, Ctrl-R searches what was entered before, Ctrl-C ends what runs, Ctrl-D \
            ends the session.
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
        var path: Path?
        switch (program, file) {
        case (let program?, nil):
            name = "<command>"
            source = SourceFile(program)
        case (nil, let file?):
            let input = try Input(argument: file, standardInputName: stdinFilename)
            name = input.displayName
            source = try SourceFile(input)
            path = input.path
            if let path { folder = path.parent }
        case (nil, nil):
            guard let repl = Repl(dialect: dialect) else {
                throw CommandFailure("give a file to run, '-', or a program with -c (see 'envd eval --help')")
            }
            return try repl.run()
        default:
            throw CommandFailure("give a file to run or a program with -c, not both (see 'envd eval --help')")
        }

        let run = ProgramRun(dialect: dialect)
        do {
            try run.execute(source, named: name, in: folder, path: path)
        } catch let error as EvaluationError {
            // A program that cannot run at all was called by nobody.
            let traceback =
                error.kind == .invalidProgram && error.stack.count == 1
                ? "" : Traceback(error.stack, sources: run.sources).text
            writeToStandardError("\(traceback.isEmpty ? "" : traceback + "\n")\(error)\n")
            switch error.kind {
            case .failure, .invalidProgram: throw ExitStatus.findings
            case .limit, .cancelled: throw ExitStatus.failure
            }
        }
        if run.hasFailedAssertions { throw ExitStatus.findings }
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
