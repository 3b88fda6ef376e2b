import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum PrepareCallHierarchyHandler: RequestHandler {
    typealias Request = PrepareCallHierarchyRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        let places = TargetLocations(context, document, analysis)
        let items = analysis.callHierarchy(at: offset).compactMap { $0.node(places) }
        return items.isEmpty ? nil : items
    }
}

enum IncomingCallsHandler: RequestHandler {
    typealias Request = IncomingCallsRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        // Nothing calls a file.
        guard params.item.kind != .file, let (document, analysis) = context.anyDocument(params.item.uri) else {
            return nil
        }
        let offset = document.file.byteOffset(of: params.item.selectionRange.start, encoding: context.encoding)
        let places = TargetLocations(context, document, analysis)
        return analysis.incomingCalls(at: offset, isCancelled: { context.cancellation.isCancelled }).compactMap {
            call in
            guard let node = call.item.node(places), let (_, positions) = places.file(call.item.file) else {
                return nil
            }
            return IncomingCall(from: node, fromRanges: call.ranges.map { positions.range(of: $0) })
        }
    }
}

enum OutgoingCallsHandler: RequestHandler {
    typealias Request = OutgoingCallsRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        guard let (document, analysis) = context.anyDocument(params.item.uri) else { return nil }
        let offset = document.file.byteOffset(of: params.item.selectionRange.start, encoding: context.encoding)
        let places = TargetLocations(context, document, analysis)
        let positions = Positions(document.file, context.encoding)
        let calls =
            params.item.kind == .file
            ? analysis.outgoingCallsOfFile() : analysis.outgoingCalls(ofFunctionAt: offset)
        return calls.compactMap { call in
            call.item.node(places).map { node in
                OutgoingCall(to: node, fromRanges: call.ranges.map { positions.range(of: $0) })
            }
        }
    }
}

extension CallHierarchyItem {
    fileprivate func node(_ places: TargetLocations) -> CallHierarchyNode? {
        places.file(file).map { uri, positions in
            CallHierarchyNode(
                name: name, kind: isFile ? .file : .function, uri: uri, range: positions.range(of: range),
                selectionRange: positions.range(of: nameRange))
        }
    }
}

extension RequestContext {
    /// A document, or a file that is not open as if it were one; nil if it cannot be read.
    fileprivate func anyDocument(_ uri: DocumentURI) -> (Document, FileAnalysis)? {
        if let document = snapshot.documents[uri] { return (document, analysis(of: document)) }
        workspace.synchronize(with: snapshot.documents)
        guard let path = uri.path else { return nil }
        var surroundings = workspace.surroundings(ofFileAt: path)
        guard let project = surroundings.project, let id = surroundings.place.id,
            let source = project.graph.source(of: id)
        else { return nil }
        surroundings.rules = []
        return (Document(uri: uri, version: 0, file: source), FileAnalysis(source, surroundings))
    }
}
