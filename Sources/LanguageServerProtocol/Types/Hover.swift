package enum HoverRequest: RequestType {
    package static let method = "textDocument/hover"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = HoverAnswer?
}

package struct HoverAnswer: Encodable, Sendable {
    package var contents: MarkupContent
    package var range: TextRange

    package init(contents: MarkupContent, range: TextRange) {
        self.contents = contents
        self.range = range
    }
}
