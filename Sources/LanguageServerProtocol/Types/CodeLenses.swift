package enum CodeLensRequest: RequestType {
    package static let method = "textDocument/codeLens"
    package typealias Result = [CodeLensItem]

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

/// The protocol's `CodeLens`.
package struct CodeLensItem: Encodable, Sendable {
    package var range: TextRange
    package var command: Command

    package init(range: TextRange, command: Command) {
        self.range = range
        self.command = command
    }
}

/// Something that the client, or the server on its behalf, can be asked to do.
package struct Command: Codable, Sendable {
    package var title: String
    package var command: String
    package var arguments: [JSONValue]?

    package init(title: String, command: String, arguments: [JSONValue]?) {
        self.title = title
        self.command = command
        self.arguments = arguments
    }
}

package enum ExecuteCommandRequest: RequestType {
    package static let method = "workspace/executeCommand"
    /// Always null so far.
    package typealias Result = JSONValue

    package struct Params: Codable, Sendable {
        package var command: String
        package var arguments: [JSONValue]?
    }
}
