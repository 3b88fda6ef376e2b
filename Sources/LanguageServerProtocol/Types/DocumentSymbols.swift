package enum DocumentSymbolRequest: RequestType {
    package static let method = "textDocument/documentSymbol"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }

    /// Which of the two, the client's capabilities say.
    package enum Result: Sendable {
        case hierarchical([DocumentSymbol])
        case flat([SymbolInformation])

    }
}

/// The protocol's kinds, as far as the language has such things.
package enum SymbolKind: Int, Decodable, Sendable {
    case file = 1
    case function = 12
    case variable = 13
    case constant = 14
}

package struct DocumentSymbol: Sendable {
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

package struct SymbolInformation: Sendable {
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

extension DocumentSymbolRequest.Result: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .hierarchical(let symbols): symbols.write(to: &json)
        case .flat(let symbols): symbols.write(to: &json)
        }
    }
}

extension SymbolKind: JSONWritable {}

extension DocumentSymbol: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("name", name)
            json.member("detail", ifPresent: detail)
            json.member("kind", kind)
            json.member("range", range)
            json.member("selectionRange", selectionRange)
            json.member("children", ifPresent: children)
        }
    }
}

extension SymbolInformation: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("name", name)
            json.member("kind", kind)
            json.member("location", location)
            json.member("containerName", ifPresent: containerName)
        }
    }
}
