import ArgumentParser
import EnvdAnalysis
import EnvdSyntax

/// `envd debug calls`: the calls of the API that a program makes when it is run, as the rules of the linter see them.
struct DebugCallsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "Print the calls that a program makes as a program that makes nothing but these.",
        discussion: """
            There are no loops, functions and libraries any more, and values are written out: '_other' stands for those that \
            cannot be. What was called under a condition is so still. The rules of 'envd lint' look at this too.
            """)

    @Argument(help: ArgumentHelp("The program.", valueName: "file"))
    var file: String

    func run() throws {
        let input = try Input(argument: file, standardInputName: nil)
        let source = try SourceFile(input)
        guard let path = input.path, let dryRun = LintDryRun(ofFileAt: path), PlanFindings.isProgram(source) else {
            throw CommandFailure("'\(input.displayName)' is no program: it has no function 'build', or wrong syntax")
        }
        guard let run = dryRun.run(source) else {
            throw CommandFailure("'\(input.displayName)' takes too long, or a file of its project cannot be read")
        }
        var output = StandardOutput()
        output.write(bytes: callsWrittenOut(source, run))
        try output.flush()
    }
}
