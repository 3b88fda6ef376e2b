import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum DocumentSymbolHandler: RequestHandler {
    typealias Request = DocumentSymbolRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let symbols = documentSymbols(of: document.file)
        let positions = PositionTable(document.file, encoding: context.client.encoding)
        guard context.client.hierarchicalSymbols else {
            var flat: [SymbolInformation] = []
            for symbol in symbols { flatten(symbol, in: nil, of: document.uri, positions, into: &flat) }
            return .flat(flat)
        }
        return .hierarchical(symbols.map { hierarchical($0, positions) })
    }

    private static func hierarchical(_ symbol: OutlineSymbol, _ positions: PositionTable) -> DocumentSymbol {
        DocumentSymbol(
            name: symbol.name, detail: symbol.detail, kind: SymbolKind(symbol.kind),
            range: positions.range(of: symbol.range), selectionRange: positions.range(of: symbol.nameRange),
            children: symbol.children.isEmpty ? nil : symbol.children.map { hierarchical($0, positions) })
    }

    private static func flatten(
        _ symbol: OutlineSymbol, in container: String?, of uri: DocumentURI, _ positions: PositionTable,
        into flat: inout [SymbolInformation]
    ) {
        flat.append(
            SymbolInformation(
                name: symbol.name, kind: SymbolKind(symbol.kind),
                location: Location(uri: uri, range: positions.range(of: symbol.range)), containerName: container))
        for child in symbol.children { flatten(child, in: symbol.name, of: uri, positions, into: &flat) }
    }
}

extension SymbolKind {
    init(_ kind: OutlineSymbol.Kind) {
        self =
            switch kind {
            case .function: .function
            case .variable: .variable
            case .constant: .constant
            }
    }
}
