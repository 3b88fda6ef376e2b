import EnvdIDE
import LanguageServerProtocol

/// Everything an answer may depend on, as it was when the request came.
struct Snapshot: Sendable {
    var client: ClientFeatures
    var documents: Documents
    /// How the project wants a document to be laid out.
    var style: @Sendable (DocumentURI) -> FormattingStyle

    func document(_ identifier: TextDocumentIdentifier) throws(ResponseError) -> Document {
        guard let document = documents[identifier.uri] else {
            throw ResponseError(.requestFailed, "the document is not open: \(identifier.uri.rawValue)")
        }
        return document
    }
}
