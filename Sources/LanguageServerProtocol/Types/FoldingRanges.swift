package enum FoldingRangeRequest: RequestType {
    package static let method = "textDocument/foldingRange"
    package typealias Result = [FoldingRange]

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

package struct FoldingRange: Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case comment
        case imports
        case region
    }

    package var startLine: Int
    package var startCharacter: Int?
    package var endLine: Int
    package var endCharacter: Int?
    package var kind: Kind?

    package init(startLine: Int, startCharacter: Int?, endLine: Int, endCharacter: Int?, kind: Kind?) {
        self.startLine = startLine
        self.startCharacter = startCharacter
        self.endLine = endLine
        self.endCharacter = endCharacter
        self.kind = kind
    }
}
