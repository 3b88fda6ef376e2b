import EnvdIDE
import LanguageServerProtocol

/// Diagnostics for clients that ask for them.
enum DocumentDiagnosticHandler: RequestHandler {
    typealias Request = DocumentDiagnosticRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let findings = context.analysis(of: document).findings
        let capabilities = context.client.capabilities.textDocument?.diagnostic
        let items = diagnostics(findings, of: document, capabilities, context.client)
        // What the client would get, since findings at the same bytes may be in other columns.
        var hasher = Hasher()
        hasher.combine((try? encodeJSON(items)) ?? [])
        let id = String(UInt(bitPattern: hasher.finalize()), radix: 36)
        return id == params.previousResultId ? .unchanged(resultId: id) : .full(resultId: id, items: items)
    }
}
