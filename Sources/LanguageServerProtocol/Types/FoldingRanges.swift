package enum FoldingRangeRequest: RequestType {
    package static let method = "textDocument/foldingRange"
    package typealias Result = [FoldingRange]

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

package struct FoldingRange: Sendable {
    package enum Kind: String, Sendable {
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

extension FoldingRange: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("startLine", startLine)
            json.member("startCharacter", ifPresent: startCharacter)
            json.member("endLine", endLine)
            json.member("endCharacter", ifPresent: endCharacter)
            json.member("kind", ifPresent: kind)
        }
    }
}

extension FoldingRange.Kind: JSONWritable {}
