import ArgumentParser

/// `envd lint`: says what is wrong with programs before anybody builds them.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check files for syntax errors and names that nothing defines.",
        discussion: """
            Folders are searched for build.envd and *.envd; hidden folders and what .gitignore leaves out are not.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Option(help: "How to print findings: text for people, json for programs.")
    var format = Format.text

    @Option(help: ArgumentHelp("The name of what comes from standard input.", valueName: "name"))
    var stdinFilename: String?

    @Argument(help: ArgumentHelp("Files and folders, '-' for standard input.", valueName: "path"))
    var paths: [String] = []

    func run() throws {
        let inputs = InputSequence(arguments: paths, standardInputName: stdinFilename)
        if inputs.isEmpty { throw CommandFailure("there is no build.envd or *.envd file to check") }

        var reports: [LintReport] = []
        var hasFailures = false
        for input in inputs {
            do {
                reports.append(try LintReport(input.get()))
            } catch {
                report(error.message)
                hasFailures = true
            }
        }
        var output = StandardOutput()
        switch format {
        case .text: writeText(reports, to: &output)
        case .json: writeJSON(reports, to: &output)
        }
        try output.flush()

        let count = reports.reduce(0) { $0 + $1.findings.count }
        if format == .text && !reports.isEmpty {
            writeToStandardError("\(counted(count, "finding")) in \(counted(reports.count, "file"))\n")
        }
        if hasFailures { throw ExitStatus.failure }
        if count > 0 { throw ExitStatus.findings }
    }
}

/// A number and what it counts: "1 file", "2 files".
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
