package enum SelectionRangeRequest: RequestType {
    package static let method = "textDocument/selectionRange"
    /// One for each position that was asked for, in that order.
    package typealias Result = [SelectionRange]

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var positions: [Position]
    }
}

/// A range and the ranges around it, innermost first; the protocol's `parent` links are made when it is written.
package struct SelectionRange: Encodable, Sendable {
    /// Each lies within the one that follows it. Never empty.
    package var ranges: [TextRange]

    package init(ranges: [TextRange]) { self.ranges = ranges }

    private enum CodingKeys: CodingKey { case range, parent }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for (index, range) in ranges.enumerated() {
            try container.encode(range, forKey: .range)
            if index + 1 < ranges.count {
                container = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .parent)
            }
        }
    }
}
