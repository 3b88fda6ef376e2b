import ArgumentParser
import EnvdLanguage
import LLB

/// `envd debug llb`: the build graph in upstream's format.
struct DebugLLBCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "llb",
        abstract: "Print the build graph that envd would send to BuildKit, one JSON object an operation.",
        discussion: "The output is that of the upstream 'envd debug llb', for programs that read it.")

    @Option(help: ArgumentHelp("The directory of the program.", valueName: "dir"))
    var path = "."

    @Flag(help: "Print the graph in Graphviz's language.")
    var dot = false

    @OptionGroup var options: PlanOptions

    func run() throws {
        let definition = try makePlan(options.request(directory: path)).definition
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
}
