import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// What there is to say about a document, as the client can take it.
func publishedDiagnostics(
    _ findings: [Finding], of document: Document, for client: ClientFeatures
) -> PublishDiagnostics.Params {
    PublishDiagnostics.Params(
        uri: document.uri, version: client.diagnosticVersions ? document.version : nil,
        diagnostics: diagnostics(findings, of: document, client.capabilities.textDocument?.publishDiagnostics, client))
}

/// - Parameter capabilities: those for the way in which the diagnostics go to the client.
func diagnostics(
    _ findings: [Finding], of document: Document, _ capabilities: ClientCapabilities.Diagnostics?,
    _ client: ClientFeatures
) -> [Diagnostic] {
    let positions = Positions(document.file, client.encoding)
    let tags = Set(capabilities?.tagSupport?.valueSet ?? [])
    return findings.map { finding in
        var diagnostic = Diagnostic(
            range: positions.range(of: finding.range), severity: Diagnostic.Severity(finding.severity),
            code: finding.code, source: "envd", message: finding.message)
        if let tag = finding.look.map(Diagnostic.Tag.init), tags.contains(tag.rawValue) { diagnostic.tags = [tag] }
        return diagnostic
    }
}

extension Diagnostic.Tag {
    fileprivate init(_ look: FindingLook) {
        self =
            switch look {
            case .unnecessary: .unnecessary
            case .deprecated: .deprecated
            }
    }
}

extension Diagnostic.Severity {
    init(_ severity: Severity) {
        self =
            switch severity {
            case .error: .error
            case .warning: .warning
            case .advice: .information
            }
    }
}
