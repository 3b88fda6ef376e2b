import ArgumentParser
import EnvdSyntax
import Starlark

/// `envd debug bytecode`: what the engine runs.
struct DebugBytecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bytecode",
        abstract: "Print the instructions that a file is compiled to.")

    @OptionGroup var options: DebugSourceOptions

    func run() throws {
        let input = try Input(argument: options.path, standardInputName: options.stdinFilename)
        var output = StandardOutput()
        do {
            let program = try Program(
                try SourceFile(input), named: input.displayName, dialect: options.dialect.dialect)
            output.write(program.disassembly)
        } catch let error as EvaluationError {
            output.write("\(error)\n")
            try output.flush()
            throw ExitStatus.findings
        }
        try output.flush()
    }
}
