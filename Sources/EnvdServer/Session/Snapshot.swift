import LanguageServerProtocol

/// Everything an answer may depend on, as it was when the request came.
struct Snapshot: Sendable {
    var client: ClientFeatures
    var documents: Documents

    func document(_ identifier: TextDocumentIdentifier) throws(ResponseError) -> Document {
        guard let document = documents[identifier.uri] else {
            throw ResponseError(.requestFailed, "the document is not open: \(identifier.uri.rawValue)")
        }
        return document
    }
}
