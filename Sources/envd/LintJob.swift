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
        /// Nil if it has been told already.
        let report: LintReport?
        /// Nil if nothing was to be mended.
        var mended: Mended?
        var fixedCount = 0
        /// The titles of fixes that were not made.
        var refused: [String] = []
        let baseline: LintBaseline?
        /// How many findings the baseline knows of the file that were not found.
        var goneCount = 0
        /// Whether standard output is to get the text.
        var isForStandardOutput = false

        struct Mended: Sendable {
            let input: Input
            /// What the file holds now, or would hold.
            let bytes: [UInt8]
        }

        var isChanged: Bool { mended.map { $0.bytes != $0.input.bytes } ?? false }
        var textForStandardOutput: [UInt8]? { isForStandardOutput ? mended?.bytes : nil }

        func writeDiff(to output: inout StandardOutput) {
            guard let mended, isChanged else { return }
            output.writeDiff(old: mended.input.bytes, new: mended.bytes, name: mended.input.displayName)
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
    ///   - tell: gets what was found, and says whether it is to be kept.
    func run(
        _ kind: FixKind?, isDryRun: Bool, tell: (LintReport) -> Bool
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
            fixableCount: findings.count { $0.fixes.contains(where: \.isSafe) }, report: tell(report) ? report : nil,
            mended: kind.map { _ in Outcome.Mended(input: input, bytes: bytes) }, fixedCount: count, refused: refused,
            baseline: baseline, goneCount: gone,
            isForStandardOutput: kind != nil && !isDryRun && input.path == nil)
    }

    /// Without the findings that the baseline knows.
    private func unknown(_ findings: [Finding], in bytes: [UInt8]) -> (findings: [Finding], gone: Int) {
        guard let baseline else { return (findings, 0) }
        return baseline.unknown(findings, in: bytes, of: source.path ?? Path(bytes: "<stdin>".utf8))
    }
}
