import ArgumentParser
import EnvdFormat
import EnvdSyntax

/// `envd fmt`: rewrites files in the one layout that needs no discussion, black's.
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", _superCommandName: Envd.name,
        abstract: "Format files as black formats Python.",
        discussion: """
            Folders are searched for build.envd and *.envd; hidden folders and what .gitignore leaves out are not. Files \
            with syntax errors are left alone. What a program does never changes: every result is parsed and compared \
            with the file before it is written.

            In Markdown files the blocks ```envd are formatted, as 'envd lint --help' says of them.
            """
    )

    @Flag(help: "Write nothing; list the files that would change.")
    var check = false

    @Flag(help: "Write nothing; show what would change as a unified diff.")
    var diff = false

    @Flag(help: "Search folders for Markdown files too.")
    var markdown = false

    @Option(help: ArgumentHelp("The name of what comes from standard input.", valueName: "name"))
    var stdinFilename: String?

    @Argument(help: ArgumentHelp("Files and folders, '-' for standard input.", valueName: "path"))
    var paths: [String] = []

    func run() throws {
        let sources = try programSources(paths, standardInputName: stdinFilename, markdown: markdown)
        if sources.isEmpty { throw CommandFailure("there is no build.envd or *.envd file to format") }

        var output = StandardOutput()
        var tally = Tally()
        for source in sources {
            do {
                try format(source.read(), &output, &tally)
            } catch let failure as CommandFailure {
                report(failure.message)
                tally.failures += 1
            }
        }
        try output.flush()
        if paths != ["-"] { writeToStandardError(tally.summary(isDryRun: check || diff) + "\n") }
        if tally.failures > 0 { throw ExitStatus.failure }
        if tally.refused > 0 || (tally.changed > 0 && (check || diff)) { throw ExitStatus.findings }
    }

    private func format(_ input: Input, _ output: inout StandardOutput, _ tally: inout Tally) throws {
        guard let formatted = try formatted(input, &output) else {
            tally.refused += 1
            return
        }
        let isChanged = formatted != input.bytes
        if isChanged { tally.changed += 1 } else { tally.unchanged += 1 }
        if diff, isChanged {
            output.writeDiff(old: input.bytes, new: formatted, name: input.displayName)
        } else if check, isChanged {
            output.write("\(input.displayName)\n")
        }
        if check || diff { return }
        if let path = input.path {
            if isChanged { try replaceFile(at: path, expecting: input.bytes, with: formatted) }
        } else {
            output.write(bytes: formatted)
        }
    }

    /// Nil if there are syntax errors, of which the first has been told.
    private func formatted(_ input: Input, _ output: inout StandardOutput) throws(CommandFailure) -> [UInt8]? {
        guard input.isMarkdown else {
            let file = try SourceFile(input)
            return try formatted(file, of: input) {
                tell($0, at: $0.range.lowerBound, in: file, of: input, to: &output)
            }
        }
        let file = try SourceFile(input)
        let markdown = MarkdownPrograms(input.bytes)
        var texts: [[UInt8]?] = []
        var hasErrors = false
        for program in markdown.programs {
            texts.append(
                try formatted(SourceFile(bytes: program.source), of: input) { finding in
                    let place = program.documentRange(finding.range).lowerBound
                    tell(finding, at: place, in: file, of: input, to: &output)
                    hasErrors = true
                })
        }
        if hasErrors { return nil }
        do throws(MarkdownPrograms.Refusal) {
            return try markdown.replacing(texts)
        } catch {
            throw CommandFailure("cannot format '\(input.displayName)', line \(error.line): \(error.reason)")
        }
    }

    private func formatted(
        _ file: SourceFile, of input: Input, tell: (SyntaxDiagnostic) -> Void
    ) throws(CommandFailure) -> [UInt8]? {
        do throws(FormatError) {
            return try Formatter.format(file)
        } catch {
            switch error {
            case .syntax(let finding):
                tell(finding)
                return nil
            case .notEquivalent(let reason):
                throw CommandFailure("cannot format '\(input.displayName)': \(reason)")
            }
        }
    }

    /// Standard output must not take a finding for a program, so with formatted text to come it goes elsewhere.
    private func tell(
        _ finding: SyntaxDiagnostic, at offset: Int, in file: SourceFile, of input: Input,
        to output: inout StandardOutput
    ) {
        let position = file.position(at: offset, encoding: .utf32)
        let place = "\(input.displayName):\(position.line + 1):\(position.column + 1)"
        let text = "\(place): error: \(finding.message) [\(finding.code.name)]\n"
        if input.path == nil, !check, !diff {
            writeToStandardError(text)
        } else {
            output.write(text)
        }
    }

    /// What happened, for the line at the end.
    private struct Tally {
        var changed = 0
        var unchanged = 0
        var refused = 0
        var failures = 0

        func summary(isDryRun: Bool) -> String {
            var parts: [String] = []
            if changed > 0 { parts.append("\(counted(changed, "file")) \(isDryRun ? "would be " : "")reformatted") }
            if unchanged > 0 { parts.append("\(counted(unchanged, "file")) left unchanged") }
            if refused > 0 { parts.append("\(counted(refused, "file")) with syntax errors left alone") }
            if failures > 0 { parts.append("\(counted(failures, "file")) failed") }
            return parts.joined(separator: ", ")
        }
    }
}
