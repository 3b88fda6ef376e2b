import ArgumentParser
import EnvdLanguage
import LLB

/// `envd debug llb`: the build graph in upstream's format, of a program or of a binary definition.
struct DebugLLBCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "llb",
        abstract: "Print the build graph that envd would send to BuildKit, one JSON object an operation.",
        discussion: """
            The output is that of the upstream 'envd debug llb', for programs that read it. With --decode it is that of \
            'buildctl debug dump-llb', and no program is planned.
            """)

    @Option(help: ArgumentHelp("The directory of the program.", valueName: "dir"))
    var path = "."

    @Option(
        help: ArgumentHelp(
            "Print a binary definition, as 'envd plan --format pb' writes it; - is standard input.",
            valueName: "file"))
    var decode: String?

    @Flag(help: "Print the graph in Graphviz's language.")
    var dot = false

    @OptionGroup var options: PlanOptions

    func run() throws {
        let definition = try decode.map(decoded) ?? makePlan(options.request(directory: path)).definition
        var output = StandardOutput()
        if dot {
            output.write(definition.dot)
        } else {
            for entry in definition.entries {
                output.write(entry.json)
                output.write("\n")
            }
        }
        try output.flush()
    }

    private func decoded(_ argument: String) throws(CommandFailure) -> Definition {
        let input = try Input(argument: argument, standardInputName: nil)
        do {
            return try Definition(decoding: input.bytes)
        } catch {
            throw CommandFailure("\(input.displayName): \(error)")
        }
    }
}
