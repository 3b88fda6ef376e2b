import EnvdAnalysis
import EnvdSyntax

/// The problems of a file that is being edited: after an edit only what it touches is looked at again.
///
/// Not for use by several threads at once.
package final class FileDiagnostics {
    private let checked: CheckedFile

    /// - Parameter isTest: whether `envd test` reads the file, which knows more names.
    package init(_ file: SourceFile, isTest: Bool = false) {
        checked = CheckedFile(
            file, dialect: isTest ? .everything : .envd, environment: isTest ? .test : .envd, keepsDependencies: true)
    }

    /// - Parameter file: best made from the present one by edits, so that what is the same can be told.
    package func update(_ file: SourceFile) { checked.update(file) }

    /// Everything that there is to say about the file, in source order.
    package var problems: [Problem] { checked.findings(.unknown).map(Problem.init) }
}

/// Everything that there is to say about a file, in source order.
package func diagnostics(of file: SourceFile) -> [Problem] { FileDiagnostics(file).problems }

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
