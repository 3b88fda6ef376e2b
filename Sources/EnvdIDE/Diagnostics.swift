import EnvdAnalysis
import EnvdSyntax

/// Everything that there is to say about a file, in source order.
package func diagnostics(of file: SourceFile) -> [Problem] {
    lint(file, dialect: .envd, environment: .envd, plan: .unknown).map(Problem.init)
}

/// Something that is wrong with a file, or could be better.
package struct Problem: Sendable, Hashable {
    package enum Severity: Sendable, Hashable {
        case error
        case warning
        case advice
    }

    /// In kebab case, such as `unclosed-bracket`.
    package var code: String
    package var severity: Severity
    /// One line.
    package var message: String
    /// UTF-8 bytes in the file.
    package var range: Range<Int>

    fileprivate init(_ finding: Finding) {
        code = finding.code
        severity =
            switch finding.severity {
            case .error: .error
            case .warning: .warning
            case .advice: .advice
            }
        message = finding.message
        range = finding.range
    }
}
