import EnvdIDE
import LanguageServerProtocol

/// Everything an answer may depend on, as it was when the request came. An object, since each job that waits holds it.
final class Snapshot: Sendable {
    let client: ClientFeatures
    /// How much the client wants to be told of what the server does; it may change its mind.
    let trace: TraceValue
    let documents: Documents
    /// The folders of the workspace, as absolute paths; none is in another.
    let folders: [String]
    let tools: Tools

    /// What is the same for the whole session.
    struct Tools: Sendable {
        /// How the project wants a document to be laid out.
        var style: @Sendable (DocumentURI) -> FormattingStyle
        /// The path of a file that is part of the tool, written out for clients that can open nothing else; nil if that is not possible.
        var preludeFile: @Sendable (String) -> String?
        var plans: PlanService
    }

    init(client: ClientFeatures, trace: TraceValue, documents: Documents, folders: [String], tools: Tools) {
        self.client = client
        self.trace = trace
        self.documents = documents
        self.folders = folders
        self.tools = tools
    }

    /// Where the client finds a file that is part of the tool, by its name, such as `v1/install.envd`: as a document of the server's
    /// own, if the client can open such, or else as a file.
    func toolURI(_ name: String) -> DocumentURI? {
        if client.opensPreludeDocuments { return DocumentURI(rawValue: "\(DocumentURI.preludeScheme):/\(name)") }
        return tools.preludeFile(name).map { DocumentURI(path: $0) }
    }

    func document(_ identifier: TextDocumentIdentifier) throws(ResponseError) -> Document {
        guard let document = documents[identifier.uri] else {
            throw ResponseError(.requestFailed, "the document is not open: \(identifier.uri.rawValue)")
        }
        return document
    }
}
