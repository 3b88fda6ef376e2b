package enum CodeActionRequest: RequestType {
    package static let method = "textDocument/codeAction"
    package typealias Result = [CodeActionOrCommand]

    package struct Params: Decodable, Sendable {
        /// The diagnostics that the client has are not read: it may have old ones.
        package struct Context: Decodable, Sendable {
            package var only: [String]?
        }

        package var textDocument: TextDocumentIdentifier
        package var range: TextRange
        package var context: Context
    }
}

/// Completes an action that a list has given. The client gives back what it got, so what is not known here must stay.
package enum CodeActionResolveRequest: RequestType {
    package static let method = "codeAction/resolve"
    package typealias Params = JSONView
    package typealias Result = JSONValue
}

/// An action that the server has offered, as a client sends it back. It goes back once more, so all of it has to be right.
package struct ResolvableCodeAction: Decodable, Sendable {
    package struct Disabled: Decodable, Sendable {
        package var reason: String
    }

    package var title: String
    package var kind: String?
    package var diagnostics: [Diagnostic]?
    package var isPreferred: Bool?
    package var disabled: Disabled?
    package var data: CodeActionData?
}

/// What tells an action from all others.
package struct CodeActionData: Decodable, Sendable {
    package var uri: DocumentURI
    /// Of the document that the action was made for.
    package var version: Int32
    /// Where it was asked for, in UTF-8 bytes.
    package var start: Int
    package var end: Int
    package var id: String

    package init(uri: DocumentURI, version: Int32, start: Int, end: Int, id: String) {
        self.uri = uri
        self.version = version
        self.start = start
        self.end = end
        self.id = id
    }
}

/// Which of the two, the client's capabilities say.
package enum CodeActionOrCommand: Sendable {
    case action(CodeActionItem)
    case command(Command<CodeActionData>)

}

/// The protocol's `CodeAction`.
package struct CodeActionItem: Sendable {
    package var title: String
    package var kind: String
    package var diagnostics: [Diagnostic]?
    package var isPreferred: Bool?
    package var edit: WorkspaceEdit?
    package var data: CodeActionData?

    package init(title: String, kind: String) {
        self.title = title
        self.kind = kind
    }
}

/// Something that the client, or the server on its behalf, can be asked to do.
package struct Command<Argument: JSONWritable>: Sendable {
    package var title: String
    package var command: String
    package var arguments: [Argument]

    package init(title: String, command: String, arguments: [Argument]) {
        self.title = title
        self.command = command
        self.arguments = arguments
    }
}

package enum ExecuteCommandRequest: RequestType {
    package static let method = "workspace/executeCommand"
    /// Always null: what a command does comes by other ways.
    package typealias Result = JSONValue

    package struct Params: Decodable, Sendable {
        package var command: String
        package var arguments: [JSONView]?

        private enum CodingKeys: CodingKey { case command, arguments }
    }
}

extension CodeActionData: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("uri", uri)
            json.member("version", version)
            json.member("start", start)
            json.member("end", end)
            json.member("id", id)
        }
    }
}

extension CodeActionOrCommand: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .action(let action): action.write(to: &json)
        case .command(let command): command.write(to: &json)
        }
    }
}

extension CodeActionItem: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("title", title)
            json.member("kind", kind)
            json.member("diagnostics", ifPresent: diagnostics)
            json.member("isPreferred", ifPresent: isPreferred)
            json.member("edit", ifPresent: edit)
            json.member("data", ifPresent: data)
        }
    }
}

extension Command: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("title", title)
            json.member("command", command)
            json.member("arguments", arguments)
        }
    }
}
