import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// All that an answer may depend on: the documents as they were when the request came, and what is known of them.
struct RequestContext {
    let snapshot: Snapshot
    let workspace: Workspace
    let cancellation: Cancellation
    /// Sends something else to the client, behind the answer.
    let send: (any JSONWritable) -> Void
    /// Sends something that comes before the answer.
    let sendFirst: (any JSONWritable) -> Void

    var client: ClientFeatures { snapshot.client }
    var encoding: PositionEncoding { snapshot.client.encoding }

    func document(_ identifier: TextDocumentIdentifier) throws(ResponseError) -> Document {
        try snapshot.document(identifier)
    }

    /// What is known of a document in the state that the client has asked about.
    func analysis(of document: Document) -> FileAnalysis {
        workspace.synchronize(with: snapshot.documents)
        return workspace.analysis(of: document)
    }

    /// The document, what is known of it, and the offset of a position, in UTF-8 bytes.
    func place(
        _ identifier: TextDocumentIdentifier, _ position: Position
    ) throws(ResponseError) -> (document: Document, analysis: FileAnalysis, offset: Int) {
        let document = try document(identifier)
        return (document, analysis(of: document), document.file.byteOffset(of: position, encoding: encoding))
    }
}
