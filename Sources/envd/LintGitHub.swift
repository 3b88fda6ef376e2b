import EnvdAnalysis
import EnvdSyntax

/// Findings as commands that a workflow of GitHub turns into annotations
/// (<https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>).
func lintGitHub(_ reports: [LintReport]) -> String {
    var text = ""
    for report in reports {
        for finding in report.findings {
            let place = report.place(of: finding)
            var properties = [
                ("file", report.name), ("line", String(place.lowerBound.line + 1)),
                ("endLine", String(place.upperBound.line + 1)),
            ]
            // Columns mean something to GitHub only within a line.
            if place.lowerBound.line == place.upperBound.line {
                properties.append(("col", String(place.lowerBound.column + 1)))
                properties.append(("endColumn", String(max(place.upperBound.column, place.lowerBound.column + 1))))
            }
            properties.append(("title", finding.code))
            let list = properties.map { "\($0.0)=\(escaped($0.1, isProperty: true))" }.joined(separator: ",")
            text += "::\(finding.severity.command) \(list)::\(escaped(finding.message, isProperty: false))\n"
        }
    }
    return text
}

extension Severity {
    fileprivate var command: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .advice: "notice"
        }
    }
}

/// What the runner reads as the end of a command or of a property is written as it reads it back.
private func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "%": result += "%25"
        case "\r": result += "%0D"
        case "\n": result += "%0A"
        case ":" where isProperty: result += "%3A"
        case "," where isProperty: result += "%2C"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
