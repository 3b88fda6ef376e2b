/// Changes of documents and files. Which form it has, the client's capabilities say.
package enum WorkspaceEdit: Encodable, Sendable {
    /// The edits of each document, for clients that know nothing else.
    case changes([(uri: DocumentURI, edits: [TextEdit])])
    case documentChanges([DocumentChange])

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .changes(let changes):
            var inner = container.nestedContainer(keyedBy: Key.self, forKey: Key("changes"))
            for (uri, edits) in changes { try inner.encode(edits, forKey: Key(uri.rawValue)) }
        case .documentChanges(let changes):
            try container.encode(changes, forKey: Key("documentChanges"))
        }
    }
}

package enum DocumentChange: Encodable, Sendable {
    /// Without a version it is the file on disk that changes.
    case edit(uri: DocumentURI, version: Int32?, edits: [TextEdit])
    case create(uri: DocumentURI)

    private enum CodingKeys: CodingKey { case textDocument, edits, kind, uri, version }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .edit(let uri, let version, let edits):
            var document = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .textDocument)
            try document.encode(uri, forKey: .uri)
            // Null has to be written.
            try document.encode(version, forKey: .version)
            try container.encode(edits, forKey: .edits)
        case .create(let uri):
            try container.encode("create", forKey: .kind)
            try container.encode(uri, forKey: .uri)
        }
    }
}

/// Asks the client to change documents.
package enum ApplyWorkspaceEdit: ServerRequestType {
    package static let method = "workspace/applyEdit"

    package struct Params: Encodable, Sendable {
        package var label: String
        package var edit: WorkspaceEdit

        package init(label: String, edit: WorkspaceEdit) {
            self.label = label
            self.edit = edit
        }
    }
}
