import EnvdIDE
import LanguageServerProtocol

/// Everything an answer may depend on, as it was when the request came.
struct Snapshot: Sendable {
    var client: ClientFeatures
    var documents: Documents
    /// How the project wants a document to be laid out.
    var style: @Sendable (DocumentURI) -> FormattingStyle
    /// The path of a file that is part of the tool, written out for clients that can open nothing else; nil if that is not possible.
    var preludeFile: @Sendable (String) -> String?
    var plans: PlanService

    func document(_ identifier: TextDocumentIdentifier) throws(ResponseError) -> Document {
        guard let document = documents[identifier.uri] else {
            throw ResponseError(.requestFailed, "the document is not open: \(identifier.uri.rawValue)")
        }
        return document
    }
}
