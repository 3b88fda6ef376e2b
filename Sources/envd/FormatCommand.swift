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
            """
    )

    @Flag(help: "Write nothing; list the files that would change.")
    var check = false

    @Flag(help: "Write nothing; show what would change as a unified diff.")
    var diff = false

    @Option(help: ArgumentHelp("The name of what comes from standard input.", valueName: "name"))
    var stdinFilename: String?

    @Argument(help: ArgumentHelp("Files and folders, '-' for standard input.", valueName: "path"))
    var paths: [String] = []

    func run() throws {
        let inputs = InputSequence(arguments: paths, standardInputName: stdinFilename)
        if inputs.isEmpty { throw CommandFailure("there is no build.envd or *.envd file to format") }

        var output = StandardOutput()
        var tally = Tally()
        for input in inputs {
            do {
                try format(input.get(), &output, &tally)
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
        let file = try SourceFile(input)
        let formatted: [UInt8]
        do throws(FormatError) {
            formatted = try Formatter.format(file)
        } catch {
            switch error {
            case .syntax(let finding):
                tally.refused += 1
                tell(finding, in: file, of: input, to: &output)
                return
            case .notEquivalent(let reason):
                throw CommandFailure("cannot format '\(input.displayName)': \(reason)")
            }
        }
        let isChanged = formatted != input.bytes
        if isChanged { tally.changed += 1 } else { tally.unchanged += 1 }
        if diff, isChanged {
            write(
                UnifiedDiff.lines(
                    old: input.bytes, new: formatted, oldName: input.displayName, newName: input.displayName),
                to: &output)
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

    /// Standard output must not take a finding for a program, so with formatted text to come it goes elsewhere.
    private func tell(
        _ finding: SyntaxDiagnostic, in file: SourceFile, of input: Input, to output: inout StandardOutput
    ) {
        let position = file.position(at: finding.range.lowerBound, encoding: .utf32)
        let place = "\(input.displayName):\(position.line + 1):\(position.column + 1)"
        let text = "\(place): error: \(finding.message) [\(finding.code.name)]\n"
        if input.path == nil, !check, !diff {
            writeToStandardError(text)
        } else {
            output.write(text)
        }
    }

    private func write(_ lines: [(kind: UnifiedDiff.LineKind, text: [UInt8])], to output: inout StandardOutput) {
        let style = TerminalStyle(isColored: StandardOutput.wantsColor)
        guard style.isColored else {
            for line in lines { output.write(bytes: line.text) }
            return
        }
        for line in lines {
            let text = String(decoding: line.text.dropLast(), as: UTF8.self)
            switch line.kind {
            case .header: output.write(style.bold(text))
            case .range: output.write(style.colored(text, .cyan))
            case .removed: output.write(style.colored(text, .red))
            case .added: output.write(style.colored(text, .green))
            case .context: output.write(text)
            }
            output.write("\n")
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
