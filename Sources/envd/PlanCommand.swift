import ArgumentParser
import EnvdLanguage

/// `envd plan`: what building a program would do, and why.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", _superCommandName: Envd.name,
        abstract: "Show what building a program would do, step by step, and which line asks for it.",
        discussion: """
            Nothing is built and nothing is fetched. What a plan has to know of the world comes from --lock, from \
            'envd.lock' in the project, from the user's cache, and from a table of common images, in this order; \
            the plan says what it had to assume.

            Besides text there are pictures (svg, html with the source beside the graph, dot, mermaid), json, and pb, the \
            build graph as 'buildctl build' reads it.

            What is wrong with a program is said on standard error, and left out of the plan; the exit status is 1 then.
            """)

    @Argument(help: ArgumentHelp("The directory of the program.", valueName: "dir"))
    var directory = "."

    @Option(help: "How to print the plan.")
    var format = PlanFormat.text

    @Flag(name: [.long, .customShort("v")], help: "In text, shorten nothing and say all that is known of each step.")
    var full = false

    @Option(
        name: [.long, .short],
        help: ArgumentHelp("Write the plan to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Say which steps would be rebuilt, and why, if that had been built before: a revision of git, a directory, another "
                + "program in this one, or a plan saved with --format json --snapshot.",
            valueName: "rev|dir|file"))
    var diff: String?

    @Flag(help: "With --format json: save what --diff needs to compare a later plan with this one.")
    var snapshot = false

    @OptionGroup var options: PlanOptions

    func run() throws {
        if format.isBinary, isForStandardOutput, StandardOutput.isTerminal {
            throw CommandFailure("will not write a binary plan to a terminal: use --output, or a pipe")
        }
        if let diff { return try printDifference(from: diff) }
        guard !snapshot || format == .json else {
            throw CommandFailure("--snapshot is for --format json (see 'envd --help')")
        }
        let request = try options.request(directory: directory)
        // What a plan is compared with must be whole.
        let plan = try makePlan(request, recovers: !snapshot)
        if snapshot {
            let saved = try PlanDiff.record(of: plan, request)
            return try write(Array((PlanJSON(plan, request, snapshot: saved).text + "\n").utf8))
        }
        try write(format.bytes(of: plan, request, isFull: full, isForTerminal: isForStandardOutput))
        if !plan.findings.isEmpty { throw ExitStatus.findings }
    }

    var isForStandardOutput: Bool { output == nil || output == "-" }

    func write(_ bytes: [UInt8]) throws {
        if let output, !isForStandardOutput {
            return try writeWhole(bytes, to: Path(argument: output))
        }
        var standardOutput = StandardOutput()
        standardOutput.write(bytes: bytes)
        try standardOutput.flush()
    }
}
