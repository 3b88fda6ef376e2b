/// What most requests about a place name.
package struct TextDocumentPositionParams: Codable, Sendable {
    package var textDocument: TextDocumentIdentifier
    package var position: Position
}

/// Where something is, for clients that can show from where one came.
package struct LocationLink: Codable, Sendable {
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
package enum Locations: Encodable, Sendable {
    case plain([Location])
    case links([LocationLink])

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .plain(let locations): try locations.encode(to: encoder)
        case .links(let links): try links.encode(to: encoder)
        }
    }
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

    package struct Params: Codable, Sendable {
        package struct Context: Codable, Sendable {
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

package struct DocumentHighlight: Codable, Sendable {
    package enum Kind: Int, Codable, Sendable {
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
