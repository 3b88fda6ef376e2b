package enum InlayHintRequest: RequestType {
    package static let method = "textDocument/inlayHint"
    package typealias Result = [InlayHintItem]

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var range: TextRange
    }
}

package struct InlayHintItem: Decodable, Sendable {
    package enum Kind: Int, Decodable, Sendable {
        case type = 1
        case parameter = 2
    }

    package var position: Position
    package var label: String
    package var kind: Kind?
    package var tooltip: MarkupContent?
    package var paddingLeft: Bool?
    package var paddingRight: Bool?
    package var data: CompletionData?

    package init(position: Position, label: String, kind: Kind?) {
        self.position = position
        self.label = label
        self.kind = kind
    }
}

package enum InlayHintResolveRequest: RequestType {
    package static let method = "inlayHint/resolve"
    package typealias Params = InlayHintItem
    package typealias Result = InlayHintItem
}

extension InlayHintItem: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("position", position)
            json.member("label", label)
            json.member("kind", ifPresent: kind)
            json.member("tooltip", ifPresent: tooltip)
            json.member("paddingLeft", ifPresent: paddingLeft)
            json.member("paddingRight", ifPresent: paddingRight)
            json.member("data", ifPresent: data)
        }
    }
}

extension InlayHintItem.Kind: JSONWritable {}
