package enum DocumentSymbolRequest: RequestType {
    package static let method = "textDocument/documentSymbol"

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }

    /// Which of the two, the client's capabilities say.
    package enum Result: Encodable, Sendable {
        case hierarchical([DocumentSymbol])
        case flat([SymbolInformation])

        package func encode(to encoder: any Encoder) throws {
            switch self {
            case .hierarchical(let symbols): try symbols.encode(to: encoder)
            case .flat(let symbols): try symbols.encode(to: encoder)
            }
        }
    }
}

/// The protocol's kinds, as far as the language has such things.
package enum SymbolKind: Int, Codable, Sendable {
    case file = 1
    case function = 12
    case variable = 13
    case constant = 14
}

package struct DocumentSymbol: Codable, Sendable {
    package var name: String
    package var detail: String?
    package var kind: SymbolKind
    /// The whole definition.
    package var range: TextRange
    /// The name, within `range`.
    package var selectionRange: TextRange
    package var children: [DocumentSymbol]?

    package init(
        name: String, detail: String?, kind: SymbolKind, range: TextRange, selectionRange: TextRange,
        children: [DocumentSymbol]?
    ) {
        self.name = name
        self.detail = detail
        self.kind = kind
        self.range = range
        self.selectionRange = selectionRange
        self.children = children
    }
}

package struct SymbolInformation: Codable, Sendable {
    package var name: String
    package var kind: SymbolKind
    package var location: Location
    package var containerName: String?

    package init(name: String, kind: SymbolKind, location: Location, containerName: String?) {
        self.name = name
        self.kind = kind
        self.location = location
        self.containerName = containerName
    }
}
