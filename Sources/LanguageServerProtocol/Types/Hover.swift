package enum HoverRequest: RequestType {
    package static let method = "textDocument/hover"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = HoverAnswer?
}

package struct HoverAnswer: Sendable {
    package var contents: MarkupContent
    package var range: TextRange

    package init(contents: MarkupContent, range: TextRange) {
        self.contents = contents
        self.range = range
    }
}

extension HoverAnswer: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("contents", contents)
            json.member("range", range)
        }
    }
}
