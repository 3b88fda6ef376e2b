import ArgumentParser
import EnvdAnalysis
import EnvdSyntax

/// `envd debug types`: what the checker knows.
struct DebugTypesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "types",
        abstract:
            "Print the types that a file asks for with reveal_type(x), and those of what it defines at the top level.")

    @OptionGroup var options: DebugSourceOptions

    func run() throws {
        let input = try Input(argument: options.path, standardInputName: options.stdinFilename)
        let file = try SourceFile(input)
        let types = knownTypes(in: file, dialect: options.dialect.dialect, environment: .envd)
        var output = StandardOutput()
        for (name, range, type) in types.map({ ($0.name, $0.range, $0.type) }) {
            let position = file.position(at: range.lowerBound, encoding: .utf32)
            output.write("\(input.displayName):\(position.line + 1):\(position.column + 1): \(name): \(type)\n")
        }
        try output.flush()
    }
}
