import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum WorkspaceSymbolHandler: RequestHandler {
    typealias Request = WorkspaceSymbolRequest

    /// More are of no use to anybody who looks for a name.
    private static let maximumCount = 500

    private struct Match {
        let symbol: ProjectSymbol
        let uri: DocumentURI
        let file: SourceFile
        let container: String?
    }

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        var matches: [Match] = []
        var seen: Set<DocumentURI> = []
        func add(_ file: SourceFile, _ uri: DocumentURI, _ container: String?) {
            guard seen.insert(uri).inserted else { return }
            for symbol in projectSymbols(of: file, matching: params.query) {
                matches.append(Match(symbol: symbol, uri: uri, file: file, container: container))
            }
        }
        context.workspace.synchronize(with: context.snapshot.documents)
        for document in context.snapshot.documents.all { add(document.file, document.uri, nil) }
        for project in context.workspace.projects {
            for path in project.graph.loadablePaths {
                if context.cancellation.isCancelled { return [] }
                guard let id = project.graph.target(ofLoad: path, at: ModulePlace(nil)),
                    let source = project.graph.source(of: id)
                else { continue }
                let uri =
                    context.workspace.uri(ofPath: id.path, in: context.snapshot.documents) ?? DocumentURI(path: id.path)
                add(source, uri, path)
            }
        }
        let best = matches.sorted { a, b in
            if a.symbol.score != b.symbol.score { return a.symbol.score > b.symbol.score }
            let (first, second) = (a.symbol.symbol, b.symbol.symbol)
            return (first.name, a.uri.rawValue, first.nameRange.lowerBound)
                < (second.name, b.uri.rawValue, second.nameRange.lowerBound)
        }.prefix(maximumCount)
        var positions: [DocumentURI: Positions] = [:]
        return best.map { match in
            let table = positions[match.uri] ?? Positions(match.file, context.encoding)
            positions[match.uri] = table
            let symbol = match.symbol.symbol
            return SymbolInformation(
                name: symbol.name, kind: SymbolKind(symbol.kind),
                location: Location(uri: match.uri, range: table.range(of: symbol.nameRange)),
                containerName: match.container)
        }
    }
}
