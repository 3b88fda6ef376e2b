import EnvdAnalysis
import EnvdSyntax

/// What `Tests/Specs/lint/lint-output.schema.json` describes.
func lintJSON(_ reports: [LintReport]) -> String {
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
    return json.text + "\n"
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
            ("safe", { $0.flag(fix.isSafe) }),
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
