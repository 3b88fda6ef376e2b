import ArgumentParser
import EnvdAnalysis

/// `envd lint`: says what is wrong with programs before anybody builds them.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check programs for what envd refuses, and for what it takes otherwise than meant.",
        discussion: """
            Folders are searched for build.envd and *.envd; hidden folders and what .gitignore leaves out are not. \
            'envd explain' lists the rules.

            Of a Markdown file the blocks ```envd are checked, and those of any language with title="NAME.envd"; \
            '```envd ignore' leaves one out. Markdown files are checked if they are named, and folders are searched for \
            them with --markdown or with the setting 'markdown = true'.

            A program, that is a file with 'build', is also run without building or fetching anything, as 'envd plan' does, \
            and rules look at the calls that it makes and at the plan: values from loops, what libraries do, the order of \
            steps. What takes longer than two seconds is left out, and so are texts from standard input and Markdown.

            A comment '# envd: ignore[RULE] REASON' silences findings, as 'envd explain unused-suppression' says.

            Settings stand in envd.toml or below [tool.envd] of pyproject.toml, beside a file or above it: 'markdown', \
            and in the table 'lint' the keys 'select', 'extend-select', 'ignore', 'per-file-ignores' (a table of \
            patterns as in .gitignore), 'severity' (a table of rules), 'exclude', 'baseline' and 'plan' (false for --no-plan).
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case sarif
        case github
        case junit
    }

    @Option(
        help: """
            How to print findings: text for people, json for programs, sarif for code scanning, github as \
            annotations, junit for test reports.
            """)
    var format = Format.text

    @Option(
        help: ArgumentHelp(
            "Rules and groups to ask, with commas between, or 'all'; opt-in rules are asked only so.",
            valueName: "rules"))
    var select: [String] = []

    @Option(help: ArgumentHelp("Rules and groups not to ask.", valueName: "rules"))
    var ignore: [String] = []

    @Flag(help: "Mend what has a safe fix, and print what is left.")
    var fix = false

    @Flag(help: "Mend what has any fix: look at the result.")
    var unsafeFixes = false

    @Flag(help: "Write nothing; show what the fixes would change as a unified diff.")
    var diff = false

    @Option(help: ArgumentHelp("Print only findings that are not in this file.", valueName: "file"))
    var baseline: String?

    @Option(help: ArgumentHelp("Write all findings but syntax errors to a file for --baseline.", valueName: "file"))
    var writeBaseline: String?

    @Flag(help: "Do not run programs to see what only their plans show.")
    var noPlan = false

    @Flag(help: "Search folders for Markdown files too.")
    var markdown = false

    @Flag(help: "Leave out what the settings exclude even if it is named.")
    var forceExclude = false

    @Flag(help: "Check again whenever a file changes, until Ctrl-C.")
    var watch = false

    @Option(help: ArgumentHelp("The name of what comes from standard input.", valueName: "name"))
    var stdinFilename: String?

    @Argument(help: ArgumentHelp("Files and folders, '-' for standard input.", valueName: "path"))
    var paths: [String] = []

    func run() throws {
        let options = try LintOptions(self)
        if watch {
            try watchingLint(options)
        } else {
            let status = try LintRun(options).run()
            if status != .clean { throw status }
        }
    }
}

/// A number and what it counts: "1 file", "2 files".
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
