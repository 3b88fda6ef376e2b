import EnvdAnalysis
import EnvdSyntax

extension StandardOutput {
    /// Writes findings for people.
    mutating func write(_ reports: [LintReport]) {
        for line in lintText(reports, TerminalStyle(isColored: StandardOutput.wantsColor)) { write(line) }
    }
}

/// Each finding as `FILE:LINE:COLUMN: SEVERITY: MESSAGE [CODE]` and the line that it is about. Columns count scalars
/// from 1.
func lintText(_ reports: [LintReport], _ style: TerminalStyle) -> some Sequence<String> {
    reports.lazy.flatMap { report in report.findings.lazy.map { text(of: $0, in: report, style) } }
}

private func text(of finding: Finding, in report: LintReport, _ style: TerminalStyle) -> String {
    let position = report.place(of: finding).lowerBound
    let place = "\(report.name):\(position.line + 1):\(position.column + 1)"
    let color = finding.severity.color
    var text = style.bold("\(place): ") + style.colored(finding.severity.rawValue, color, bold: true)
    text += style.bold(": \(finding.message)") + " [\(finding.code)]\n"

    let excerpt = SourceExcerpt(file: report.file, range: finding.range)
    let number = String(excerpt.lineNumber)
    let gutter = String(repeating: " ", count: number.utf8.count)
    let mark = style.colored(String(repeating: "^", count: excerpt.markWidth), color, bold: true)
    text += "\(gutter) |\n\(number) | \(excerpt.text)\n"
    return text + "\(gutter) | \(String(repeating: " ", count: excerpt.markStart))\(mark)\n\n"
}

extension Severity {
    fileprivate var color: TerminalStyle.Color {
        switch self {
        case .error: .red
        case .warning: .yellow
        case .advice: .blue
        }
    }
}
