import EnvdAnalysis
import EnvdSyntax
import ProjectSettings

/// One time that `envd lint` checks all its files.
struct LintRun {
    private let options: LintOptions

    init(_ options: LintOptions) {
        self.options = options
    }

    /// Prints what there is to tell.
    func run() throws(CommandFailure) -> ExitStatus {
        let jobs = try jobs()
        let kind = options.fixes
        let isDryRun = options.arguments.diff
        let json =
            options.arguments.format == .json && options.arguments.writeBaseline == nil ? LintJSONOutput() : nil
        if kind != nil {
            _ = onAllCores(jobs) { job in
                job.prepare()
                ChunkMemory.rest()
            }
        }
        let results = onAllCores(Array(jobs.enumerated())) { index, job -> Result<LintJob.Outcome, CommandFailure> in
            defer { ChunkMemory.rest() }
            do throws(CommandFailure) {
                return .success(
                    try job.run(kind, isDryRun: isDryRun) { report in
                        json?.put(report, at: index)
                        return json == nil
                    })
            } catch {
                json?.put(nil, at: index)
                return .failure(error)
            }
        }
        var outcomes: [LintJob.Outcome] = []
        var failures: [LintFailure] = []
        for (job, result) in zip(jobs, results) {
            switch result {
            case .success(let outcome): outcomes.append(outcome)
            case .failure(let failure):
                report(failure.message)
                failures.append(LintFailure(name: job.source.path?.displayName, message: failure.message))
            }
        }
        return try tell(outcomes, failures, json)
    }

    // MARK: - What is to be done

    private func jobs() throws(CommandFailure) -> [LintJob] {
        let arguments = options.arguments
        var settings = SettingsFiles()
        var baselines: [Path: LintBaseline] = [:]
        func baseline(_ found: SettingsFiles.Found?) throws(CommandFailure) -> LintBaseline? {
            if arguments.writeBaseline != nil { return nil }
            let own = arguments.baseline.map { Path(argument: $0) }
            let projects = found.flatMap { found in
                found.settings.lint.baseline.map {
                    $0.hasPrefix("/") ? Path(bytes: $0.utf8) : found.folder.appending($0.utf8)
                }
            }
            guard let path = own ?? projects else { return nil }
            if let known = baselines[path] { return known }
            let new = try LintBaseline(reading: path)
            baselines[path] = new
            return new
        }

        var jobs: [LintJob] = []
        var graphs = DiskModules.Graphs()
        var selections = SelectedRules.Known()
        let sources = try programSources(
            arguments.paths, standardInputName: arguments.stdinFilename, markdown: arguments.markdown)
        if sources.isEmpty { throw CommandFailure("there is no build.envd or *.envd file to check") }
        for source in sources {
            let found = try settings.settings(for: source.path)
            if case .file(let path, let isNamed) = source, !isNamed || arguments.forceExclude, let found,
                let components = path.components(from: found.folder),
                PathPatterns(found.settings.lint.exclude).matches(components)
            {
                continue
            }
            jobs.append(
                LintJob(
                    source: source,
                    check: LintCheck(
                        source.path, found: found, options: options, graphs: &graphs, selections: &selections),
                    baseline: try baseline(found)))
        }
        return jobs
    }

    // MARK: - What is told

    /// - Parameter json: what has got the findings already.
    private func tell(
        _ outcomes: [LintJob.Outcome], _ failures: [LintFailure], _ json: LintJSONOutput?
    ) throws(CommandFailure) -> ExitStatus {
        let reports = outcomes.compactMap(\.report)
        if let path = options.arguments.writeBaseline {
            if !failures.isEmpty { return .failure }
            return try write(reports, to: Path(argument: path))
        }
        var output = StandardOutput()
        if options.arguments.diff {
            for outcome in outcomes { outcome.writeDiff(to: &output) }
        } else {
            // Standard output must not take a finding for a program.
            let texts = outcomes.compactMap(\.textForStandardOutput)
            for text in texts { output.write(bytes: text) }
            switch options.arguments.format {
            case .text where !texts.isEmpty:
                for line in lintText(reports, TerminalStyle(isColored: false)) { writeToStandardError(line) }
            case .text: output.write(reports)
            case .json: try json?.finish(outcomes.map(\.name))
            case .sarif: output.write(LintSARIF(reports, failures: failures).text)
            case .github: output.write(lintGitHub(reports))
            case .junit: output.write(lintJUnit(reports, failures: failures))
            }
        }
        try output.flush()
        tellAside(outcomes, hasFailures: !failures.isEmpty)
        if !failures.isEmpty { return .failure }
        if options.arguments.diff { return outcomes.contains { $0.isChanged } ? .findings : .clean }
        return outcomes.contains { $0.findingCount > 0 } ? .findings : .clean
    }

    /// What belongs to no finding, on standard error.
    private func tellAside(_ outcomes: [LintJob.Outcome], hasFailures: Bool) {
        for outcome in outcomes {
            for title in outcome.refused {
                report("\(outcome.name): '\(title)' is not made: the program would have more syntax errors")
            }
        }
        for (path, count) in goneFindings(outcomes) where count > 0 {
            report(
                "\(counted(count, "finding")) of '\(path.displayName)' \(count == 1 ? "is" : "are") there no more: "
                    + "write it anew with --write-baseline")
        }
        guard options.arguments.format == .text, !outcomes.isEmpty || !hasFailures else { return }
        let count = outcomes.reduce(0) { $0 + $1.findingCount }
        let fixed = outcomes.reduce(0) { $0 + $1.fixedCount }
        let files = counted(outcomes.count, "file")
        if options.arguments.diff {
            writeToStandardError("\(counted(fixed, "finding")) would be fixed in \(files)\n")
            return
        }
        var summary = "\(counted(count, "finding")) in \(files)"
        if options.fixes != nil {
            summary = "\(counted(fixed, "finding")) fixed, \(summary) left"
        } else {
            let fixable = outcomes.reduce(0) { $0 + $1.fixableCount }
            if fixable > 0 { summary += ", \(fixable) fixable with --fix" }
        }
        writeToStandardError(summary + "\n")
    }

    /// How many findings each baseline knows that were not found, in the order of the files.
    private func goneFindings(_ outcomes: [LintJob.Outcome]) -> [(Path, Int)] {
        var gone: [(path: Path, count: Int)] = []
        for outcome in outcomes {
            guard let baseline = outcome.baseline else { continue }
            if let index = gone.firstIndex(where: { $0.path == baseline.path }) {
                gone[index].count += outcome.goneCount
            } else {
                gone.append((baseline.path, outcome.goneCount + baseline.goneWithTheirFiles))
            }
        }
        return gone
    }

    private func write(_ reports: [LintReport], to path: Path) throws(CommandFailure) -> ExitStatus {
        let (text, count) = LintBaseline.text(of: reports, at: path)
        try writeWhole(Array(text.utf8), to: path)
        writeToStandardError("\(counted(count, "finding")) written to '\(path.displayName)'\n")
        return .clean
    }
}
