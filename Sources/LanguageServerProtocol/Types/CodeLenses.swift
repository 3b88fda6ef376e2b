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
    package var command: Command<String>

    package init(range: TextRange, command: Command<String>) {
        self.range = range
        self.command = command
    }
}
