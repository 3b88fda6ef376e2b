import EnvdAnalysis
import EnvdSyntax
import StarlarkTesting

/// Findings as a test report in the shape of JUnit's XML: a file is a test case, which fails if there are findings.
func lintJUnit(_ reports: [LintReport], failures: [LintFailure]) -> String {
    func attribute(_ name: String, _ value: String) -> String {
        " \(name)=\"\(JUnitReport.escaped(value, isAttribute: true))\""
    }
    let failed = reports.count { !$0.findings.isEmpty }
    let counts = " tests=\"\(reports.count + failures.count)\" failures=\"\(failed)\" errors=\"\(failures.count)\""
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites\(counts)>\n"
    xml += "  <testsuite name=\"envd lint\"\(counts) skipped=\"0\">\n"
    for report in reports {
        xml += "    <testcase\(attribute("classname", "envd.lint"))\(attribute("name", report.name))"
        xml += attribute("file", report.name)
        guard let first = report.findings.first else {
            xml += "/>\n"
            continue
        }
        // One element a case: readers count them.
        let lines = report.findings.map { finding in
            let position = report.place(of: finding).lowerBound
            let place = "\(report.name):\(position.line + 1):\(position.column + 1)"
            return "\(place): \(finding.severity.rawValue): \(finding.message) [\(finding.code)]"
        }
        let message = counted(lines.count, "finding") + ": " + first.message
        xml += ">\n      <failure\(attribute("message", message))\(attribute("type", first.severity.rawValue))>"
        xml += JUnitReport.escaped(lines.joined(separator: "\n"), isAttribute: false) + "</failure>\n    </testcase>\n"
    }
    for failure in failures {
        xml +=
            "    <testcase\(attribute("classname", "envd.lint"))\(attribute("name", failure.name ?? "(unknown file)"))>\n"
        xml += "      <error\(attribute("message", failure.message))/>\n    </testcase>\n"
    }
    return xml + "  </testsuite>\n</testsuites>\n"
}
