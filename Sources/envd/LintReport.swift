import EnvdAnalysis
import EnvdSyntax

/// What the linter found in one file.
struct LintReport: Sendable {
    let name: String
    /// Nil for standard input.
    let path: Path?
    /// The text for the lines and columns of findings. Of a Markdown file only these mean anything, not the tree.
    let file: SourceFile
    var findings: [Finding]
    /// The rules that were asked.
    let rules: [Rule]

    /// Where a finding begins and ends, in lines from 0 and columns of scalars from 0.
    func place(of finding: Finding) -> Range<SourcePosition> {
        let start = file.position(at: finding.range.lowerBound, encoding: .utf32)
        return start..<max(start, file.position(at: finding.range.upperBound, encoding: .utf32))
    }

    /// Tells apart what a line says, but not where it stands nor how it is indented: 16 hexadecimal digits.
    func fingerprint(of finding: Finding) -> String {
        let line = file.position(at: finding.range.lowerBound).line
        let start = file.offset(of: SourcePosition(line: line, column: 0))
        let end = file.offset(of: SourcePosition(line: line, column: .max))
        return lineFingerprint(file.bytes(in: start..<max(start, end)))
    }
}

/// What `envd lint` could not check, in the words that say why.
struct LintFailure: Sendable {
    /// Nil where the file is named in the message alone.
    let name: String?
    let message: String
}
