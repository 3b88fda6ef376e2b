import EnvdAnalysis
import EnvdSyntax

/// A file to check, and all that decides how. Independent of other files, so that each core can have one.
struct LintJob: Sendable {
    let source: InputSource
    let check: LintCheck
    let baseline: LintBaseline?

    /// What came of it.
    struct Outcome: Sendable {
        let name: String
        let findingCount: Int
        /// How many findings a fix that is safe would mend.
        let fixableCount: Int
        let told: Told
        let input: Input
        /// What the file holds now, or would hold.
        var bytes: [UInt8]
        var fixedCount = 0
        /// The titles of fixes that were not made.
        var refused: [String] = []
        let baseline: LintBaseline?
        /// How many findings the baseline knows of the file that were not found.
        var goneCount = 0
        /// Whether standard output is to get the text.
        var isForStandardOutput = false

        /// What there is to tell. Thousands of files have so many findings and such large trees that these are put into words one by
        /// one, where the format says of each file what does not hang on the others.
        enum Told: Sendable {
            case report(LintReport)
            /// As `lintJSON` puts them together.
            case json([UInt8])
        }

        var report: LintReport? { if case .report(let report) = told { report } else { nil } }
        var json: [UInt8]? { if case .json(let bytes) = told { bytes } else { nil } }

        var isChanged: Bool { bytes != input.bytes }
        var textForStandardOutput: [UInt8]? { isForStandardOutput ? bytes : nil }

        func writeDiff(to output: inout StandardOutput) {
            guard isChanged else { return }
            output.writeDiff(old: input.bytes, new: bytes, name: input.displayName)
        }
    }

    /// Reads what the file loads, without telling of any mistake.
    func prepare() {
        guard let input = try? source.path?.read(), input.count <= SyntaxLimits.fileSize else { return }
        check.prepare(SourceFile(bytes: input))
    }

    /// - Parameters:
    ///   - kind: what is to be mended, if anything.
    ///   - isDryRun: whether files stay as they are.
    ///   - tell: what there is to tell of what was found.
    func run(
        _ kind: FixKind?, isDryRun: Bool, tell: (LintReport) -> Outcome.Told
    ) throws(CommandFailure) -> Outcome {
        let input = try source.read()
        // Refuses what is too large.
        var file = try SourceFile(input)
        var bytes = input.bytes
        var count = 0
        var refused: [String] = []
        if let kind {
            do throws(MarkdownPrograms.Refusal) {
                (bytes, count, refused) = try check.fixed(input.bytes, kind) { unknown($0, in: $1).findings }
            } catch {
                throw CommandFailure("cannot fix '\(input.displayName)', line \(error.line): \(error.reason)")
            }
            if bytes != input.bytes {
                file = SourceFile(bytes: bytes)
                if let path = input.path, !isDryRun {
                    try replaceFile(at: path, expecting: input.bytes, with: bytes)
                }
            }
        }
        let (findings, gone) = unknown(check.findings(in: bytes, file), in: bytes)
        let report = LintReport(
            name: input.displayName, path: input.path, file: file, findings: findings, rules: check.rules)
        return Outcome(
            name: report.name, findingCount: findings.count,
            fixableCount: findings.count { $0.fixes.contains(where: \.isSafe) }, told: tell(report), input: input,
            bytes: bytes, fixedCount: count, refused: refused, baseline: baseline, goneCount: gone,
            isForStandardOutput: kind != nil && !isDryRun && input.path == nil)
    }

    /// Without the findings that the baseline knows.
    private func unknown(_ findings: [Finding], in bytes: [UInt8]) -> (findings: [Finding], gone: Int) {
        guard let baseline else { return (findings, 0) }
        return baseline.unknown(findings, in: bytes, of: source.path ?? Path(bytes: "<stdin>".utf8))
    }
}
