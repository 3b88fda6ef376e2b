import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// What there is to say about a document, as the client can take it.
func publishedDiagnostics(
    _ findings: [Finding], of document: Document, in snapshot: Snapshot
) -> PublishDiagnostics.Params {
    let client = snapshot.client
    let writer = DiagnosticWriter(
        document.uri, document.file, client.capabilities.textDocument?.publishDiagnostics, snapshot)
    return PublishDiagnostics.Params(
        uri: document.uri, version: client.diagnosticVersions ? document.version : nil,
        diagnostics: findings.map(writer.diagnostic))
}

/// Turns findings of one file into what a client takes of them.
struct DiagnosticWriter {
    private let uri: DocumentURI
    private let positions: Positions
    private let capabilities: ClientCapabilities.Diagnostics?
    private let tags: Set<Int>
    private let snapshot: Snapshot

    /// - Parameter capabilities: those for the way in which the diagnostics go to the client.
    init(
        _ uri: DocumentURI, _ file: SourceFile, _ capabilities: ClientCapabilities.Diagnostics?, _ snapshot: Snapshot
    ) {
        self.uri = uri
        self.capabilities = capabilities
        self.snapshot = snapshot
        positions = Positions(file, snapshot.client.encoding)
        tags = Set(capabilities?.tagSupport?.valueSet ?? [])
    }

    func diagnostic(_ finding: Finding) -> Diagnostic {
        var diagnostic = Diagnostic(
            range: positions.range(of: finding.range), severity: Diagnostic.Severity(finding.severity),
            code: finding.code, source: "envd", message: finding.message)
        if let tag = finding.look.map(Diagnostic.Tag.init), tags.contains(tag.rawValue) { diagnostic.tags = [tag] }
        if capabilities?.relatedInformation == true, let related = finding.related {
            let place = Location(uri: uri, range: positions.range(of: related.range))
            diagnostic.relatedInformation = [
                Diagnostic.RelatedInformation(location: place, message: related.note)
            ]
        }
        if capabilities?.codeDescriptionSupport == true, finding.isOfRule {
            diagnostic.codeDescription = snapshot.toolURI(rulePageName(finding.code)).map(
                Diagnostic.CodeDescription.init)
        }
        if capabilities?.dataSupport == true, !finding.fixes.isEmpty { diagnostic.data = data(finding.fixes) }
        return diagnostic
    }

    /// What can be done about it, for clients that show it without asking for code actions.
    private func data(_ fixes: [Fix]) -> JSONValue {
        ["fixes": .array(fixes.map { ["title": .string($0.title), "isSafe": .bool($0.isSafe)] })]
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
