import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// Diagnostics for clients that ask for them.
enum DocumentDiagnosticHandler: RequestHandler {
    typealias Request = DocumentDiagnosticRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let findings = context.analysis(of: document).findings
        return diagnosticReport(
            findings, of: document.uri, document.file, in: context.snapshot, unless: params.previousResultId)
    }
}

/// - Parameter previous: what the client has been given before, by its name.
func diagnosticReport(
    _ findings: [Finding], of uri: DocumentURI, _ file: SourceFile, in snapshot: Snapshot, unless previous: String?
) -> DiagnosticReport {
    let writer = DiagnosticWriter(uri, file, snapshot.client.capabilities.textDocument?.diagnostic, snapshot)
    let items = findings.map(writer.diagnostic)
    // What the client would get, since findings at the same bytes may be in other columns.
    var hasher = Hasher()
    hasher.combine(jsonText(of: items))
    let id = String(UInt(bitPattern: hasher.finalize()), radix: 36)
    return id == previous ? .unchanged(resultId: id) : .full(resultId: id, items: items)
}
