import EnvdAnalysis
import EnvdSyntax

/// Findings as SARIF 2.1.0, which code scanning services read
/// (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).
struct LintSARIF {
    private let reports: [LintReport]
    private let failures: [LintFailure]
    /// The rules that were asked in any file, and after them the names of syntax errors.
    private let rules: [Rule]
    private let syntaxCodes: [String]
    private let indices: [String: Int]

    init(_ reports: [LintReport], failures: [LintFailure]) {
        self.reports = reports
        self.failures = failures
        let asked = Set(reports.flatMap { $0.rules.map(\.code) })
        rules = allRules.filter { asked.contains($0.code) }
        let found = Set(reports.flatMap { $0.findings.map(\.code) })
        syntaxCodes = found.subtracting(asked).sorted()
        let codes = rules.map(\.code) + syntaxCodes
        indices = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    }

    var text: String {
        var json = JSONWriter()
        json.object([
            ("$schema", { $0.string("https://json.schemastore.org/sarif-2.1.0.json") }),
            ("version", { $0.string("2.1.0") }),
            ("runs", { $0.array([0]) { json, _ in run(&json) } }),
        ])
        return json.text + "\n"
    }

    private func run(_ json: inout JSONWriter) {
        json.object([
            ("tool", { $0.object([("driver", { driver(&$0) })]) }),
            ("columnKind", { $0.string("unicodeCodePoints") }),
            ("invocations", { $0.array([0]) { json, _ in invocation(&json) } }),
            (
                "artifacts",
                { $0.array(reports) { json, report in json.object([("location", { location(of: report, &$0) })]) } }
            ),
            ("results", { results(&$0) }),
        ])
    }

    private func driver(_ json: inout JSONWriter) {
        json.object([
            ("name", { $0.string("envd-tools") }),
            ("version", { $0.string(Version.current) }),
            ("semanticVersion", { $0.string(Version.current) }),
            ("rules", { $0.array(rules.map(Descriptor.rule) + syntaxCodes.map(Descriptor.syntax)) { $1.write(&$0) } }),
        ])
    }

    /// What there is to say of a kind of finding.
    private enum Descriptor {
        case rule(Rule)
        /// The name of a syntax error, which has no page.
        case syntax(String)

        func write(_ json: inout JSONWriter) {
            func message(_ json: inout JSONWriter, _ text: String, markdown: String? = nil) {
                var members: [(String, (inout JSONWriter) -> Void)] = [("text", { $0.string(text) })]
                if let markdown { members.append(("markdown", { $0.string(markdown) })) }
                json.object(members)
            }
            switch self {
            case .rule(let rule):
                json.object([
                    ("id", { $0.string(rule.code) }),
                    ("shortDescription", { message(&$0, rule.summary) }),
                    ("help", { message(&$0, rule.page, markdown: rule.page) }),
                    ("defaultConfiguration", { $0.object([("level", { $0.string(rule.severity.level) })]) }),
                    ("properties", { $0.object([("tags", { $0.array([rule.group.rawValue]) { $0.string($1) } })]) }),
                ])
            case .syntax(let code):
                json.object([
                    ("id", { $0.string(code) }),
                    ("shortDescription", { message(&$0, "A syntax error: the program cannot run.") }),
                    ("defaultConfiguration", { $0.object([("level", { $0.string(Severity.error.level) })]) }),
                    ("properties", { $0.object([("tags", { $0.array(["syntax"]) { $0.string($1) } })]) }),
                ])
            }
        }
    }

    private func invocation(_ json: inout JSONWriter) {
        json.object([
            ("executionSuccessful", { $0.flag(failures.isEmpty) }),
            (
                "toolExecutionNotifications",
                {
                    $0.array(failures) { json, failure in
                        json.object([
                            ("level", { $0.string("error") }),
                            ("message", { $0.object([("text", { $0.string(failure.message) })]) }),
                        ])
                    }
                }
            ),
        ])
    }

    private func results(_ json: inout JSONWriter) {
        var all: [(report: Int, finding: Finding, fingerprint: String)] = []
        for (index, report) in reports.enumerated() {
            // Of several alike in a file the first is 1, so that each keeps its name while lines move.
            var counts: [String: Int] = [:]
            for finding in report.findings {
                let key = "\(finding.code):\(report.fingerprint(of: finding))"
                counts[key, default: 0] += 1
                all.append((index, finding, "\(report.fingerprint(of: finding)):\(counts[key] ?? 1)"))
            }
        }
        json.array(all) { json, result in
            self.result(result.finding, in: result.report, result.fingerprint, &json)
        }
    }

    private func result(_ finding: Finding, in index: Int, _ fingerprint: String, _ json: inout JSONWriter) {
        var members: [(String, (inout JSONWriter) -> Void)] = [
            ("ruleId", { $0.string(finding.code) }),
            ("ruleIndex", { $0.number(indices[finding.code] ?? -1) }),
            ("level", { $0.string(finding.severity.level) }),
            ("message", { $0.object([("text", { $0.string(finding.message) })]) }),
            (
                "locations",
                { $0.array([0]) { json, _ in json.object([physicalLocation(finding.range, in: index)]) } }
            ),
            ("partialFingerprints", { $0.object([("lineOfRule/v1", { $0.string(fingerprint) })]) }),
        ]
        if let related = finding.related {
            let message: (String, (inout JSONWriter) -> Void) = (
                "message", { $0.object([("text", { $0.string(related.note) })]) }
            )
            members.append(
                (
                    "relatedLocations",
                    {
                        $0.array([0]) { json, _ in
                            json.object([message, physicalLocation(related.range, in: index)])
                        }
                    }
                ))
        }
        if !finding.fixes.isEmpty {
            members.append(("fixes", { $0.array(finding.fixes) { json, fix in self.fix(fix, in: index, &json) } }))
        }
        json.object(members)
    }

    private func physicalLocation(
        _ range: Range<Int>, in index: Int
    ) -> (String, (inout JSONWriter) -> Void) {
        let report = reports[index]
        return (
            "physicalLocation",
            {
                $0.object([
                    ("artifactLocation", { location(of: report, index: index, &$0) }),
                    ("region", { region(range, in: report, &$0) }),
                ])
            }
        )
    }

    private func fix(_ fix: Fix, in index: Int, _ json: inout JSONWriter) {
        let report = reports[index]
        json.object([
            ("description", { $0.object([("text", { $0.string(fix.title) })]) }),
            (
                "artifactChanges",
                {
                    $0.array([0]) { json, _ in
                        json.object([
                            ("artifactLocation", { location(of: report, index: index, &$0) }),
                            (
                                "replacements",
                                {
                                    $0.array(fix.edits) { json, edit in
                                        json.object([
                                            ("deletedRegion", { region(edit.range, in: report, &$0) }),
                                            (
                                                "insertedContent",
                                                { $0.object([("text", { $0.string(edit.replacement) })]) }
                                            ),
                                        ])
                                    }
                                }
                            ),
                        ])
                    }
                }
            ),
        ])
    }

    private func region(_ range: Range<Int>, in report: LintReport, _ json: inout JSONWriter) {
        let start = report.file.position(at: range.lowerBound, encoding: .utf32)
        let end = report.file.position(at: range.upperBound, encoding: .utf32)
        json.object([
            ("startLine", { $0.number(start.line + 1) }),
            ("startColumn", { $0.number(start.column + 1) }),
            ("endLine", { $0.number(end.line + 1) }),
            ("endColumn", { $0.number(end.column + 1) }),
            ("byteOffset", { $0.number(range.lowerBound) }),
            ("byteLength", { $0.number(range.count) }),
        ])
    }

    /// Relative paths are seen from the root of the sources, which whoever reads the file knows.
    private func location(of report: LintReport, index: Int? = nil, _ json: inout JSONWriter) {
        let bytes = report.path?.bytes ?? Array(report.name.utf8)
        let isAbsolute = bytes.first == UInt8(ascii: "/")
        var members: [(String, (inout JSONWriter) -> Void)] = [
            ("uri", { $0.string((isAbsolute ? "file://" : "") + percentEncoded(bytes)) })
        ]
        if !isAbsolute { members.append(("uriBaseId", { $0.string("%SRCROOT%") })) }
        if let index { members.append(("index", { $0.number(index) })) }
        json.object(members)
    }
}

extension Severity {
    fileprivate var level: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .advice: "note"
        }
    }
}

/// A path as a URI's (RFC 3986).
private func percentEncoded(_ path: [UInt8]) -> String {
    var text = ""
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    for byte in path {
        let scalar = Unicode.Scalar(byte)
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/": text.unicodeScalars.append(scalar)
        default:
            text += "%"
            text.unicodeScalars.append(digits[Int(byte >> 4)])
            text.unicodeScalars.append(digits[Int(byte & 15)])
        }
    }
    return text
}
