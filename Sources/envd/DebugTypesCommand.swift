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
        let path = input.path ?? options.stdinFilename.map { Path(argument: $0) }
        var graphs = DiskModules.Graphs()
        let place = path.flatMap { graphs.place(ofFileAt: $0, isTest: false) }
        let modules = place?.modules(loadedBy: file)
        var output = StandardOutput()
        for known in knownTypes(
            in: file, dialect: options.dialect.dialect, environment: .envd, modules: modules ?? LoadedModules())
        {
            let position = file.position(at: known.range.lowerBound, encoding: .utf32)
            let place = "\(input.displayName):\(position.line + 1):\(position.column + 1)"
            output.write("\(place): \(known.name): \(known.type)\n")
        }
        try output.flush()
    }
}
