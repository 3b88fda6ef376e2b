package enum DocumentFormattingRequest: RequestType {
    package static let method = "textDocument/formatting"
    /// Nil if the document cannot be formatted.
    package typealias Result = [TextEdit]?

    /// The options (tab size and the like) are not read: the language has one layout.
    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

package struct TextEdit: Codable, Sendable {
    package var range: TextRange
    package var newText: String

    package init(range: TextRange, newText: String) {
        self.range = range
        self.newText = newText
    }
}
