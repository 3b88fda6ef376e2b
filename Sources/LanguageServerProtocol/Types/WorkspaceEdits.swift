/// Changes of documents and files. Which form it has, the client's capabilities say.
package enum WorkspaceEdit: Sendable {
    /// The edits of each document, for clients that know nothing else.
    case changes([(uri: DocumentURI, edits: [TextEdit])])
    case documentChanges([DocumentChange])

}

package enum DocumentChange: Sendable {
    /// Without a version it is the file on disk that changes.
    case edit(uri: DocumentURI, version: Int32?, edits: [TextEdit])
    case create(uri: DocumentURI)

}

/// Asks the client to change documents.
package enum ApplyWorkspaceEdit: ServerRequestType {
    package static let method = "workspace/applyEdit"

    package struct Params: Sendable {
        package var label: String
        package var edit: WorkspaceEdit

        package init(label: String, edit: WorkspaceEdit) {
            self.label = label
            self.edit = edit
        }
    }
}

extension WorkspaceEdit: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            switch self {
            case .changes(let changes):
                json.member(
                    "changes",
                    object: { json in
                        for (uri, edits) in changes { json.member(uri.rawValue, edits) }
                    })
            case .documentChanges(let changes): json.member("documentChanges", changes)
            }
        }
    }
}

extension DocumentChange: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            switch self {
            case .edit(let uri, let version, let edits):
                json.member(
                    "textDocument",
                    object: { json in
                        json.member("uri", uri)
                        // Null has to be written.
                        json.member("version", version)
                    })
                json.member("edits", edits)
            case .create(let uri):
                json.member("kind", "create")
                json.member("uri", uri)
            }
        }
    }
}

extension ApplyWorkspaceEdit.Params: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("label", label)
            json.member("edit", edit)
        }
    }
}
