/// What most requests about a place name.
package struct TextDocumentPositionParams: Decodable, Sendable {
    package var textDocument: TextDocumentIdentifier
    package var position: Position

    private enum CodingKeys: CodingKey { case textDocument, position }

    package init(from decoder: any Decoder) throws {
        if let params = TextDocumentPositionParams(directly: decoder) {
            self = params
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        textDocument = try container.decode(TextDocumentIdentifier.self, forKey: .textDocument)
        position = try container.decode(Position.self, forKey: .position)
    }
}

extension TextDocumentPositionParams: DirectlyDecodable {
    init?(_ json: JSONView) {
        guard let textDocument = json["textDocument"].flatMap({ TextDocumentIdentifier($0) }),
            let position = json["position"].flatMap({ Position($0) })
        else { return nil }
        self.textDocument = textDocument
        self.position = position
    }
}

/// Where something is, for clients that can show from where one came.
package struct LocationLink: Sendable {
    package var originSelectionRange: TextRange
    package var targetUri: DocumentURI
    package var targetRange: TextRange
    package var targetSelectionRange: TextRange

    package init(
        originSelectionRange: TextRange, targetUri: DocumentURI, targetRange: TextRange, targetSelectionRange: TextRange
    ) {
        self.originSelectionRange = originSelectionRange
        self.targetUri = targetUri
        self.targetRange = targetRange
        self.targetSelectionRange = targetSelectionRange
    }
}

/// Which of the two, the client's capabilities say.
package enum Locations: Sendable {
    case plain([Location])
    case links([LocationLink])

}

package enum DefinitionRequest: RequestType {
    package static let method = "textDocument/definition"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = Locations?
}

package enum DeclarationRequest: RequestType {
    package static let method = "textDocument/declaration"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = Locations?
}

package enum TypeDefinitionRequest: RequestType {
    package static let method = "textDocument/typeDefinition"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = Locations?
}

package enum ImplementationRequest: RequestType {
    package static let method = "textDocument/implementation"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = Locations?
}

package enum ReferencesRequest: RequestType {
    package static let method = "textDocument/references"
    package typealias Result = [Location]

    package struct Params: Decodable, Sendable {
        package struct Context: Decodable, Sendable {
            package var includeDeclaration: Bool
        }

        package var textDocument: TextDocumentIdentifier
        package var position: Position
        package var context: Context
    }
}

package enum DocumentHighlightRequest: RequestType {
    package static let method = "textDocument/documentHighlight"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = [DocumentHighlight]
}

package struct DocumentHighlight: Sendable {
    package enum Kind: Int, Sendable {
        case text = 1
        case read = 2
        case write = 3
    }

    package var range: TextRange
    package var kind: Kind

    package init(range: TextRange, kind: Kind) {
        self.range = range
        self.kind = kind
    }
}

extension LocationLink: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("originSelectionRange", originSelectionRange)
            json.member("targetUri", targetUri)
            json.member("targetRange", targetRange)
            json.member("targetSelectionRange", targetSelectionRange)
        }
    }
}

extension Locations: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .plain(let locations): locations.write(to: &json)
        case .links(let links): links.write(to: &json)
        }
    }
}

extension DocumentHighlight: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("range", range)
            json.member("kind", kind)
        }
    }
}

extension DocumentHighlight.Kind: JSONWritable {}
