import EnvdIDE
import LanguageServerProtocol

/// Everything an answer may depend on, as it was when the request came.
struct Snapshot: Sendable {
    var client: ClientFeatures
    var documents: Documents
    /// The folders of the workspace, as absolute paths; none is in another.
    var folders: [String] = []
    /// How the project wants a document to be laid out.
    var style: @Sendable (DocumentURI) -> FormattingStyle
    /// The path of a file that is part of the tool, written out for clients that can open nothing else; nil if that is not possible.
    var preludeFile: @Sendable (String) -> String?
    var plans: PlanService

    /// Where the client finds a file that is part of the tool, by its name, such as `v1/install.envd`: as a document of the server's
    /// own, if the client can open such, or else as a file.
    func toolURI(_ name: String) -> DocumentURI? {
        if client.opensPreludeDocuments { return DocumentURI(rawValue: "\(DocumentURI.preludeScheme):/\(name)") }
        return preludeFile(name).map { DocumentURI(path: $0) }
    }

    func document(_ identifier: TextDocumentIdentifier) throws(ResponseError) -> Document {
        guard let document = documents[identifier.uri] else {
            throw ResponseError(.requestFailed, "the document is not open: \(identifier.uri.rawValue)")
        }
        return document
    }
}
