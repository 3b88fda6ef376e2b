import EnvdIDE
import LanguageServerProtocol

/// What the server offers a client: all that it has, but what the client cannot take.
func serverCapabilities(for client: ClientFeatures) -> ServerCapabilities {
    var offers = ServerCapabilities(
        positionEncoding: client.encoding.kind,
        textDocumentSync: TextDocumentSyncOptions(openClose: true, change: .incremental, includeTextOnSave: false))
    offers.documentSymbolProvider = true
    offers.documentFormattingProvider = true
    offers.documentRangeFormattingProvider = true
    offers.documentOnTypeFormattingProvider = DocumentOnTypeFormattingOptions(
        firstTriggerCharacter: formattingTriggers[0], moreTriggerCharacter: Array(formattingTriggers.dropFirst()))
    offers.foldingRangeProvider = true
    offers.selectionRangeProvider = true
    if client.pullsDiagnostics {
        offers.diagnosticProvider = DiagnosticOptions(
            identifier: "envd", interFileDependencies: true, workspaceDiagnostics: false)
    }
    return offers
}
