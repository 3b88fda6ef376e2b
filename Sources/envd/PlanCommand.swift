import ArgumentParser
import EnvdLanguage
import LLB

/// `envd plan`: what building a program would do, and why.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what building a program would do, step by step, and which line asks for it.",
        discussion: """
            Nothing is built and nothing is fetched. What a plan has to know of the world comes from --lock, from \
            'envd.lock' in the project, from the user's cache, and from a table of common images, in this order; \
            the plan says what it had to assume.
            """)

    @Argument(help: ArgumentHelp("The directory of the program.", valueName: "dir"))
    var directory = "."

    @Option(help: "How to print the plan.")
    var format = Format.text

    @OptionGroup var options: PlanOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, dot
    }

    func run() throws {
        let request = try options.request(directory: directory)
        let plan = try makePlan(request)
        var output = StandardOutput()
        switch format {
        case .text: output.write(PlanText(plan, request).text)
        case .json: output.write(PlanJSON(plan, request).text + "\n")
        case .dot: output.write(plan.definition.dot)
        }
        try output.flush()
    }
}
