import EnvdIDE
import LanguageServerProtocol

/// A document's problems as the client can take them.
func publishedDiagnostics(of document: Document, for client: ClientFeatures) -> PublishDiagnostics.Params {
    let problems = diagnostics(of: document.file)
    let positions = problems.isEmpty ? nil : PositionTable(document.file, encoding: client.encoding)
    return PublishDiagnostics.Params(
        uri: document.uri, version: client.diagnosticVersions ? document.version : nil,
        diagnostics: problems.compactMap { problem in
            positions.map { positions in
                Diagnostic(
                    range: positions.range(of: problem.range), severity: Diagnostic.Severity(problem.severity),
                    code: problem.code, source: "envd", message: problem.message)
            }
        })
}

extension Diagnostic.Severity {
    fileprivate init(_ severity: Problem.Severity) {
        self =
            switch severity {
            case .error: .error
            case .warning: .warning
            case .advice: .information
            }
    }
}
