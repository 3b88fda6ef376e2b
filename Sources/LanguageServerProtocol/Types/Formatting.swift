package enum DocumentFormattingRequest: RequestType {
    package static let method = "textDocument/formatting"
    /// Nil if the document cannot be formatted.
    package typealias Result = [TextEdit]?

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

// The options of these requests (tab size, blanks instead of tabs, what becomes of the last line break) are not read. The
// language has one layout, that of `envd fmt`, and editors send options that contradict it without anybody having asked for
// that: Visual Studio Code has `insertFinalNewline: false` by default.

package enum DocumentRangeFormattingRequest: RequestType {
    package static let method = "textDocument/rangeFormatting"
    package typealias Result = [TextEdit]?

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var range: TextRange
    }
}

package enum DocumentOnTypeFormattingRequest: RequestType {
    package static let method = "textDocument/onTypeFormatting"
    package typealias Result = [TextEdit]?

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        /// The cursor, behind what was typed and what the editor added to it.
        package var position: Position
        /// What was typed.
        package var ch: String
    }
}

package struct TextEdit: Decodable, Sendable {
    package var range: TextRange
    package var newText: String

    package init(range: TextRange, newText: String) {
        self.range = range
        self.newText = newText
    }
}

extension TextEdit: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("range", range)
            json.member("newText", newText)
        }
    }
}
