import EnvdFormat
import EnvdSyntax
import ProjectSettings

/// One time that `envd fmt` formats all its files.
struct FormatRun {
    private let arguments: FormatCommand

    init(_ arguments: FormatCommand) {
        self.arguments = arguments
    }

    /// Prints what there is to tell.
    func run() throws(CommandFailure) -> ExitStatus {
        let jobs = try jobs()
        let purpose: FormatJob.Purpose =
            arguments.diff ? .diff : arguments.check ? .check : .write
        let known = arguments.noCache ? nil : FormattedFiles(at: UserCache.formattedFiles)
        let outcomes: [FormatJob.Outcome]
        if jobs.count == 1 {
            // The parts of one file side by side, instead of files.
            outcomes = jobs.map {
                $0.run(purpose, known: known) { count, body in _ = onAllCores(Array(0..<count), body) }
            }
        } else {
            outcomes = onAllCores(jobs) { job in
                defer { ChunkMemory.rest() }
                return job.run(purpose, known: known, concurrently: nil)
            }
        }
        var output = StandardOutput()
        var tally = Tally()
        for outcome in outcomes { tell(outcome, &output, &tally) }
        try output.flush()
        known?.save(outcomes.compactMap { if case .unchanged(_, let record) = $0 { record } else { nil } })
        if arguments.paths != ["-"] {
            writeToStandardError(tally.summary(isDryRun: purpose != .write) + "\n")
        }
        if tally.failures > 0 { return .failure }
        return tally.refused > 0 || (tally.changed > 0 && purpose != .write) ? .findings : .clean
    }

    // MARK: - What is to be done

    private func jobs() throws(CommandFailure) -> [FormatJob] {
        let sources = try programSources(
            arguments.paths, standardInputName: arguments.stdinFilename, markdown: arguments.markdown)
        if sources.isEmpty { throw CommandFailure("there is no build.envd or *.envd file to format") }
        let ownPatterns = PathPatterns(arguments.exclude)
        let here = Path(bytes: ".".utf8).resolved
        var settings = FormatSettingsFiles()
        var jobs: [FormatJob] = []
        for source in sources {
            let found = try settings.settings(for: source.path)
            if isExcluded(source, from: here, by: ownPatterns)
                || isExcluded(source, from: found?.folder, by: PathPatterns(found?.settings.exclude ?? []))
            {
                continue
            }
            var style = Style(found?.settings)
            style.lineLength = arguments.lineLength ?? style.lineLength
            if arguments.skipStringNormalization { style.normalizesStrings = false }
            if arguments.skipMagicTrailingComma { style.heedsMagicTrailingComma = false }
            jobs.append(FormatJob(source: source, style: style))
        }
        return jobs
    }

    /// What is named is formatted all the same, unless `--force-exclude` is given.
    private func isExcluded(_ source: InputSource, from folder: Path?, by patterns: PathPatterns) -> Bool {
        guard let folder, let path = source.path, !patterns.isEmpty else { return false }
        if case .file(_, isNamed: false) = source {} else if !arguments.forceExclude { return false }
        return path.components(from: folder).map(patterns.matches) ?? false
    }

    // MARK: - What is told

    private func tell(_ outcome: FormatJob.Outcome, _ output: inout StandardOutput, _ tally: inout Tally) {
        switch outcome {
        case .failure(let failure):
            report(failure.message)
            tally.failures += 1
        case .refused(let findings, let isStandardInput):
            tally.refused += 1
            for finding in findings {
                // Standard output must not take a finding for a program, so with formatted text to come it goes elsewhere.
                if isStandardInput, !arguments.check, !arguments.diff {
                    writeToStandardError(finding)
                } else {
                    output.write(finding)
                }
            }
        case .unchanged(let text, _):
            tally.unchanged += 1
            if let text { output.write(bytes: text) }
        case .changed(let name, let text):
            tally.changed += 1
            switch text {
            case .nothing: if arguments.check { output.write("\(name)\n") }
            case .formatted(let text): output.write(bytes: text)
            case .difference(let lines): output.writeDiff(lines)
            }
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
            return parts.isEmpty ? "no files to format" : parts.joined(separator: ", ")
        }
    }
}
