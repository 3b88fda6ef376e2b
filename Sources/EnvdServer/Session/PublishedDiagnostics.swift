import EnvdIDE
import LanguageServerProtocol

/// The problems of the open documents, each kept up to date from one state to the next.
///
/// Belongs to the thread that works.
struct DocumentDiagnostics {
    private var files: [DocumentURI: FileDiagnostics] = [:]

    /// The problems of a document as it now is.
    mutating func problems(of document: Document) -> [Problem] {
        if let known = files[document.uri] {
            known.update(document.file)
            return known.problems
        }
        let isTest = ["_test.envd", "_test.star"].contains { document.uri.rawValue.hasSuffix($0) }
        let fresh = FileDiagnostics(document.file, isTest: isTest)
        files[document.uri] = fresh
        return fresh.problems
    }

    mutating func forget(_ uri: DocumentURI) { files[uri] = nil }
}

/// A document's problems as the client can take them.
func publishedDiagnostics(
    _ problems: [Problem], of document: Document, for client: ClientFeatures
) -> PublishDiagnostics.Params {
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
