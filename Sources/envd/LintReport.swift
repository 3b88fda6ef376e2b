import EnvdAnalysis
import EnvdSyntax

/// What the linter found in one file.
struct LintReport {
    let name: String
    let file: SourceFile
    let findings: [Finding]

    init(_ input: Input) throws(CommandFailure) {
        name = input.displayName
        file = try SourceFile(input)
        // Tests are read by `envd test` alone, and may use what the real envd refuses.
        let name = name
        let isTest = TestCommand.endings.contains { name.hasSuffix($0) }
        findings =
            isTest
            ? lint(file, dialect: .everything, environment: .test)
            : lint(file, dialect: .envd, environment: .envd)
    }
}

// MARK: - For people

/// Writes each finding as `FILE:LINE:COLUMN: SEVERITY: MESSAGE [CODE]` and the line that it is about. Columns count
/// scalars from 1.
func writeText(_ reports: [LintReport], to output: inout StandardOutput) {
    let style = TerminalStyle(isColored: StandardOutput.wantsColor)
    for report in reports {
        for finding in report.findings {
            let position = report.file.position(at: finding.range.lowerBound, encoding: .utf32)
            let place = "\(report.name):\(position.line + 1):\(position.column + 1)"
            let color = finding.severity.color
            output.write(style.bold("\(place): ") + style.colored(finding.severity.rawValue, color, bold: true))
            output.write(style.bold(": \(finding.message)") + " [\(finding.code)]\n")

            let excerpt = SourceExcerpt(file: report.file, range: finding.range)
            let number = String(excerpt.lineNumber)
            let gutter = String(repeating: " ", count: number.utf8.count)
            let mark = style.colored(String(repeating: "^", count: excerpt.markWidth), color, bold: true)
            output.write("\(gutter) |\n\(number) | \(excerpt.text)\n")
            output.write("\(gutter) | \(String(repeating: " ", count: excerpt.markStart))\(mark)\n\n")
        }
    }
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

// MARK: - For programs

/// Writes what `Tests/Specs/lint/lint-output.schema.json` describes.
func writeJSON(_ reports: [LintReport], to output: inout StandardOutput) {
    var json = JSONWriter()
    json.object([
        ("version", { $0.number(1) }),
        ("files", { $0.array(reports) { $0.string($1.name) } }),
        (
            "findings",
            { json in
                let findings = reports.flatMap { report in report.findings.map { (report, $0) } }
                json.array(findings) { json, finding in json.finding(finding.1, in: finding.0) }
            }
        ),
    ])
    output.write(json.text + "\n")
}

extension JSONWriter {
    fileprivate mutating func finding(_ finding: Finding, in report: LintReport) {
        object([
            ("file", { $0.string(report.name) }),
            ("code", { $0.string(finding.code) }),
            ("severity", { $0.string(finding.severity.rawValue) }),
            ("message", { $0.string(finding.message) }),
            ("range", { $0.range(finding.range, in: report.file) }),
            ("fixes", { $0.array(finding.fixes) { $0.fix($1, in: report.file) } }),
        ])
    }

    private mutating func fix(_ fix: Fix, in file: SourceFile) {
        object([
            ("title", { $0.string(fix.title) }),
            (
                "edits",
                {
                    $0.array(fix.edits) { json, edit in
                        json.object([
                            ("range", { $0.range(edit.range, in: file) }),
                            ("replacement", { $0.string(edit.replacement) }),
                        ])
                    }
                }
            ),
        ])
    }

    private mutating func range(_ range: Range<Int>, in file: SourceFile) {
        object([
            ("start", { $0.place(range.lowerBound, in: file) }),
            ("end", { $0.place(range.upperBound, in: file) }),
        ])
    }

    private mutating func place(_ offset: Int, in file: SourceFile) {
        let position = file.position(at: offset, encoding: .utf32)
        object([
            ("offset", { $0.number(offset) }),
            ("line", { $0.number(position.line + 1) }),
            ("column", { $0.number(position.column + 1) }),
        ])
    }
}
