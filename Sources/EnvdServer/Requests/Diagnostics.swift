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
        var hasher = Hasher()
        hasher.combine(findings)
        // Findings have places in bytes; the lines that these are on may be others, though all bytes are where they were.
        hasher.combine(document.file.lineCount)
        let id = String(UInt(bitPattern: hasher.finalize()), radix: 36)
        if id == params.previousResultId { return .unchanged(resultId: id) }
        let capabilities = context.client.capabilities.textDocument?.diagnostic
        return .full(resultId: id, items: diagnostics(findings, of: document, capabilities, context.client))
    }
}
