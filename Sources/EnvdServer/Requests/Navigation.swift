import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum DefinitionHandler: RequestHandler {
    typealias Request = DefinitionRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        return context.locations(
            analysis.definition(at: offset), from: document, analysis,
            context.client.capabilities.textDocument?.definition)
    }
}

enum DeclarationHandler: RequestHandler {
    typealias Request = DeclarationRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        return context.locations(
            analysis.declaration(at: offset), from: document, analysis,
            context.client.capabilities.textDocument?.declaration)
    }
}

enum TypeDefinitionHandler: RequestHandler {
    typealias Request = TypeDefinitionRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        return context.locations(
            analysis.typeDefinition(at: offset), from: document, analysis,
            context.client.capabilities.textDocument?.typeDefinition)
    }
}

/// A function is its own implementation: the same as its definition.
enum ImplementationHandler: RequestHandler {
    typealias Request = ImplementationRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        return context.locations(
            analysis.definition(at: offset), from: document, analysis,
            context.client.capabilities.textDocument?.implementation)
    }
}

enum ReferencesHandler: RequestHandler {
    typealias Request = ReferencesRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        let targets = TargetLocations(context, document, analysis)
        return analysis.references(at: offset, isCancelled: { context.cancellation.isCancelled }).filter { reference in
            params.context.includeDeclaration || reference.role != .write
        }.compactMap { targets.location($0.range, in: $0.file) }
    }
}

enum DocumentHighlightHandler: RequestHandler {
    typealias Request = DocumentHighlightRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        let positions = Positions(document.file, context.encoding)
        return analysis.highlights(at: offset).map { reference in
            DocumentHighlight(
                range: positions.range(of: reference.range), kind: reference.role == .read ? .read : .write)
        }
    }
}

// MARK: - Places in other files

/// Where things are in files that need not be open, as the client writes such places.
final class TargetLocations {
    private let context: RequestContext
    private let document: Document
    private let analysis: FileAnalysis
    private var known: [TargetFile: (uri: DocumentURI, positions: Positions)?] = [:]

    init(_ context: RequestContext, _ document: Document, _ analysis: FileAnalysis) {
        self.context = context
        self.document = document
        self.analysis = analysis
    }

    func location(_ range: Range<Int>, in file: TargetFile) -> Location? {
        self.file(file).map { Location(uri: $0.uri, range: $0.positions.range(of: range)) }
    }

    /// Nil if the client could not open the file.
    func file(_ file: TargetFile) -> (uri: DocumentURI, positions: Positions)? {
        if let known = known[file] { return known }
        let found = uri(of: file).flatMap { uri in
            analysis.source(of: file).map { (uri, Positions($0, context.encoding)) }
        }
        known[file] = .some(found)
        return found
    }

    private func uri(of file: TargetFile) -> DocumentURI? {
        switch file {
        case .current: document.uri
        case .module(let id):
            context.workspace.uri(ofPath: id.path, in: context.snapshot.documents) ?? DocumentURI(path: id.path)
        case .prelude, .stubs: file.preludeName.flatMap { context.snapshot.toolURI($0) }
        }
    }
}

extension TargetFile {
    /// What a file that is part of the tool is called; nil of any other.
    var preludeName: String? {
        switch self {
        case .prelude(let name): String(name.drop { $0 != "/" }.dropFirst())
        case .stubs(let name): "starlark/\(name).envd"
        default: nil
        }
    }
}

extension RequestContext {
    /// The places that a question leads to; nil where there is nothing to ask about.
    fileprivate func locations(
        _ found: (origin: Range<Int>, targets: [Target])?, from document: Document, _ analysis: FileAnalysis,
        _ capability: ClientCapabilities.Links?
    ) -> Locations? {
        guard let (origin, targets) = found else { return nil }
        let places = TargetLocations(self, document, analysis)
        guard capability?.linkSupport == true else {
            return .plain(targets.compactMap { places.location($0.nameRange, in: $0.file) })
        }
        let from = Positions(document.file, encoding).range(of: origin)
        return .links(
            targets.compactMap { target in
                places.file(target.file).map { file in
                    LocationLink(
                        originSelectionRange: from, targetUri: file.uri,
                        targetRange: file.positions.range(of: target.range),
                        targetSelectionRange: file.positions.range(of: target.nameRange))
                }
            })
    }
}
