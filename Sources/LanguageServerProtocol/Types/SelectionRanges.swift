package enum SelectionRangeRequest: RequestType {
    package static let method = "textDocument/selectionRange"
    /// One for each position that was asked for, in that order.
    package typealias Result = [SelectionRange]

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var positions: [Position]
    }
}

/// A range and the ranges around it, innermost first; the protocol's `parent` links are made when it is written.
package struct SelectionRange: Sendable {
    /// Each lies within the one that follows it. Never empty.
    package var ranges: [TextRange]

    package init(ranges: [TextRange]) { self.ranges = ranges }

}

extension SelectionRange: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { SelectionRange.writeMembers(ranges[...], to: &$0) }
    }

    /// As deep as the tree of the program is, which the parser bounds.
    private static func writeMembers(_ ranges: ArraySlice<TextRange>, to json: inout JSONPrinter) {
        guard let range = ranges.first else { return }
        json.member("range", range)
        let around = ranges.dropFirst()
        if !around.isEmpty { json.member("parent", object: { writeMembers(around, to: &$0) }) }
    }
}
