import StarlarkTesting
import Terminal

/// What `envd test` prints: progress while tests run, then every failure with its traceback, and a line that counts.
struct TestReport {
    enum Style {
        /// A line for each file, a dot or a letter for each test.
        case dots
        /// A line for each test.
        case verbose
        /// Nothing but failures and the last line.
        case quiet
    }

    private let style: Style
    private let colors = TerminalStyle(isColored: StandardOutput.wantsColor)
    private var output = StandardOutput()
    private var runs: [TestFileRun] = []
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// The columns of a heading; the width of the terminal is not asked for, so that reports are the same everywhere.
    private static let width = 80

    init(style: Style) {
        self.style = style
        start = clock.now
    }

    mutating func flush() throws(CommandFailure) {
        try output.flush()
    }

    /// Whether there was neither a test nor a file that could not be run.
    var isEmpty: Bool { runs.allSatisfy { $0.result.results.isEmpty && $0.result.problem == nil } }

    var hasFailures: Bool { runs.contains { $0.result.problem != nil || $0.result.failureCount > 0 } }

    var junit: String {
        let sources = runs.reduce(into: [:]) { known, run in known.merge(run.sources) { first, _ in first } }
        return JUnitReport(runs.map(\.result)) { problem in
            let traceback = Traceback(problem.stack, sources: sources)
            return traceback.text + (traceback.text.isEmpty ? "" : "\n") + traceback.place + problem.message
        }.text
    }

    // MARK: - Progress

    mutating func begin(_ run: TestFileRun) {
        runs.append(run)
        if style == .dots, !run.tests.isEmpty || run.result.problem != nil { output.write("\(run.name) ") }
    }

    mutating func add(_ result: TestResult, of run: TestFileRun) {
        let isError = result.problems.contains { $0.kind == .error }
        switch style {
        case .dots:
            let letter = result.hasPassed ? "." : isError ? "E" : "F"
            output.write(colors.colored(letter, result.hasPassed ? .green : .red))
        case .verbose:
            let word = result.hasPassed ? "PASSED" : isError ? "ERROR" : "FAILED"
            output.write("\(run.name)::\(result.name) \(colors.colored(word, result.hasPassed ? .green : .red))\n")
        case .quiet: break
        }
    }

    mutating func end(_ run: TestFileRun) {
        if run.result.problem != nil {
            switch style {
            case .dots: output.write(colors.colored("E", .red))
            case .verbose: output.write("\(run.name) \(colors.colored("ERROR", .red))\n")
            case .quiet: break
            }
        }
        if style == .dots, !run.tests.isEmpty || run.result.problem != nil { output.write("\n") }
    }

    // MARK: - The end

    mutating func finish(deselected: Int) {
        if hasFailures { writeFailures() }
        let passed = runs.reduce(0) { $0 + $1.result.results.count { $0.hasPassed } }
        let failed = runs.reduce(0) { $0 + $1.result.failureCount }
        let broken = runs.count { $0.result.problem != nil }
        var counts: [String] = []
        if passed > 0 || failed + broken == 0 { counts.append("\(passed) passed") }
        if failed > 0 { counts.append("\(failed) failed") }
        if broken > 0 { counts.append(counted(broken, "error")) }
        if deselected > 0 { counts.append("\(deselected) deselected") }
        let line = "\(counts.joined(separator: ", ")) in \(Self.seconds(clock.now - start)) s"
        let heading = style == .quiet ? line : Self.heading(line, "=")
        if style != .quiet { output.write("\n") }
        output.write(colors.colored(heading, hasFailures ? .red : .green, bold: true) + "\n")
    }

    private mutating func writeFailures() {
        if style != .quiet { output.write("\n") }
        output.write(Self.heading("FAILURES", "=") + "\n")
        var summary: [String] = []
        for run in runs {
            if let problem = run.result.problem {
                write([problem], named: run.name, output: run.result.output, of: run)
                summary.append("ERROR \(run.name) - \(Self.firstLine(problem.message))")
            }
            for result in run.result.results where !result.hasPassed {
                let name = "\(run.name)::\(result.name)"
                write(result.problems, named: name, output: result.output, of: run)
                summary.append("FAILED \(name) - \(Self.firstLine(result.problems.first?.message ?? ""))")
            }
        }
        for line in summary { output.write(line + "\n") }
    }

    private mutating func write(
        _ problems: [TestProblem], named name: String, output printed: String, of run: TestFileRun
    ) {
        output.write(colors.colored(Self.heading(name, "-"), .red, bold: true) + "\n")
        for problem in problems { output.write(Self.text(of: problem, in: run, colors) + "\n\n") }
        guard !printed.isEmpty else { return }
        output.write(Self.heading("captured output", "-") + "\n")
        output.write(Self.visible(Self.abridged(printed)) + "\n")
    }

    /// Of many lines the first and the last, each with a line break behind it.
    private static func abridged(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let shown = 100
        guard lines.count > shown else { return text }
        let hidden = "… \(lines.count - shown) more lines …"
        let kept = lines.prefix(shown / 2).map(String.init) + [hidden] + lines.suffix(shown / 2).map(String.init)
        return kept.map { $0 + "\n" }.joined()
    }

    /// The traceback and the message.
    static func text(
        of problem: TestProblem, in run: TestFileRun, _ colors: TerminalStyle = TerminalStyle(isColored: false)
    ) -> String {
        let traceback = Traceback(problem.stack, sources: run.sources)
        let message = colors.colored(visible(problem.message), .red)
        return traceback.text + (traceback.text.isEmpty ? "" : "\n") + colors.bold(traceback.place) + message
    }

    private static func heading(_ text: String, _ line: Character) -> String {
        let room = max(2, width - 2 - text.unicodeScalars.reduce(0) { $0 + $1.columnWidth })
        let left = String(repeating: line, count: room / 2)
        return "\(left) \(text) \(String(repeating: line, count: room - room / 2))"
    }

    private static func firstLine(_ text: String) -> String {
        let line = text.prefix { !$0.isNewline }
        return visible(line.count > 100 ? line.prefix(100) + "…" : String(line))
    }

    /// Text of the program's that cannot disturb the terminal.
    private static func visible(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isHarmless = scalar == "\n" || scalar == "\t" || !scalar.disturbsTerminal
            result.unicodeScalars.append(isHarmless ? scalar : "\u{FFFD}")
        }
        return result
    }

    /// With two digits behind the point.
    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let hundredths = attoseconds / 10_000_000_000_000_000
        return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
}
