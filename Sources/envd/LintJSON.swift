import EnvdAnalysis
import EnvdSyntax

/// What `Tests/Specs/lint/lint-output.schema.json` describes.
func lintJSON(_ reports: [LintReport]) -> [UInt8] {
    let findings = onAllCores(reports) { report in
        let positions = PositionTable(report.file, encoding: .utf32)
        return report.findings.map { finding in
            var json = JSONWriter(depth: 2)
            json.finding(finding, report.name, positions)
            return json.bytes
        }
    }
    var json = JSONWriter()
    json.object([
        ("version", { $0.number(1) }),
        ("files", { $0.array(reports) { $0.string($1.name) } }),
        ("findings", { $0.array(ofWritten: findings.flatMap { $0 }) }),
    ])
    return json.bytes + [0x0A]
}

extension JSONWriter {
    fileprivate mutating func finding(_ finding: Finding, _ file: String, _ positions: PositionTable) {
        var members: [(String, (inout JSONWriter) -> Void)] = [
            ("file", { $0.string(file) }),
            ("code", { $0.string(finding.code) }),
            ("severity", { $0.string(finding.severity.rawValue) }),
            ("message", { $0.string(finding.message) }),
            ("range", { $0.range(finding.range, positions) }),
            ("fixes", { $0.array(finding.fixes) { $0.fix($1, positions) } }),
        ]
        if let related = finding.related {
            members.append(
                (
                    "related",
                    {
                        $0.object([
                            ("note", { $0.string(related.note) }),
                            ("range", { $0.range(related.range, positions) }),
                        ])
                    }
                ))
        }
        object(members)
    }

    private mutating func fix(_ fix: Fix, _ positions: PositionTable) {
        object([
            ("title", { $0.string(fix.title) }),
            ("safe", { $0.flag(fix.isSafe) }),
            (
                "edits",
                {
                    $0.array(fix.edits) { json, edit in
                        json.object([
                            ("range", { $0.range(edit.range, positions) }),
                            ("replacement", { $0.string(edit.replacement) }),
                        ])
                    }
                }
            ),
        ])
    }

    private mutating func range(_ range: Range<Int>, _ positions: PositionTable) {
        object([
            ("start", { $0.place(range.lowerBound, positions) }),
            ("end", { $0.place(range.upperBound, positions) }),
        ])
    }

    private mutating func place(_ offset: Int, _ positions: PositionTable) {
        let position = positions.position(at: offset)
        object([
            ("offset", { $0.number(offset) }),
            ("line", { $0.number(position.line + 1) }),
            ("column", { $0.number(position.column + 1) }),
        ])
    }
}
