import LanguageServerProtocol

/// How a request is answered: converts, asks a feature of `EnvdIDE`, converts back.
protocol RequestHandler: SendableMetatype {
    associatedtype Request: RequestType

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result
}

/// A handler whose types have been put away.
typealias AnyRequestHandler =
    @Sendable (JSONView?, RequestContext) throws(ResponseError) -> any JSONWritable

/// The requests that are answered between `initialize` and `shutdown`, by their methods.
let requestHandlers: [String: AnyRequestHandler] = Dictionary(
    uniqueKeysWithValues: [
        entry(CodeLensHandler.self),
        entry(CompletionHandler.self),
        entry(CompletionResolveHandler.self),
        entry(CodeActionHandler.self),
        entry(CodeActionResolveHandler.self),
        entry(DeclarationHandler.self),
        entry(DefinitionHandler.self),
        entry(DocumentDiagnosticHandler.self),
        entry(DocumentFormattingHandler.self),
        entry(DocumentHighlightHandler.self),
        entry(DocumentLinkHandler.self),
        entry(DocumentOnTypeFormattingHandler.self),
        entry(DocumentRangeFormattingHandler.self),
        entry(DocumentSymbolHandler.self),
        entry(ExecuteCommandHandler.self),
        entry(FoldingRangeHandler.self),
        entry(HoverHandler.self),
        entry(ImplementationHandler.self),
        entry(InlayHintHandler.self),
        entry(InlayHintResolveHandler.self),
        entry(IncomingCallsHandler.self),
        entry(LinkedEditingRangeHandler.self),
        entry(OutgoingCallsHandler.self),
        entry(PreludeSourceHandler.self),
        entry(PrepareCallHierarchyHandler.self),
        entry(PrepareRenameHandler.self),
        entry(ReferencesHandler.self),
        entry(RenameHandler.self),
        entry(SelectionRangeHandler.self),
        entry(SemanticTokensDeltaHandler.self),
        entry(SemanticTokensFullHandler.self),
        entry(SemanticTokensRangeHandler.self),
        entry(SignatureHelpHandler.self),
        entry(SyntaxTreeHandler.self),
        entry(TextDocumentContentHandler.self),
        entry(TypeDefinitionHandler.self),
        entry(WillRenameFilesHandler.self),
        entry(WorkspaceSymbolHandler.self),
    ])

private func entry<Handler: RequestHandler>(_ type: Handler.Type) -> (String, AnyRequestHandler) {
    (
        Handler.Request.method,
        { params, context throws(ResponseError) in
            try Handler.answer(decodeParams(Handler.Request.Params.self, from: params), in: context)
        }
    )
}

/// Items of a list that go to the client at once, if it takes lists in parts: a screen can show no more.
private let partSize = 100

/// A handler whose results are lists. A client that has asked for parts, as only those requests let it, gets a long list in parts; its
/// answer is empty then.
private func entry<Handler: RequestHandler, Item: JSONWritable>(
    _ type: Handler.Type
) -> (String, AnyRequestHandler) where Handler.Request.Result == [Item] {
    (
        Handler.Request.method,
        { params, context throws(ResponseError) in
            let items = try Handler.answer(decodeParams(Handler.Request.Params.self, from: params), in: context)
            guard items.count > partSize, let token = ProgressParams(params).partialResultToken else { return items }
            for start in stride(from: 0, to: items.count, by: partSize) {
                if context.cancellation.isCancelled { break }
                let part = Array(items[start..<min(items.count, start + partSize)])
                context.sendFirst(
                    NotificationMessage(method: Progress.method, params: Progress.Params(token: token, value: part)))
            }
            return [Item]()
        }
    )
}

/// The message that answers a request: its result, or why there is none. What was cancelled before or meanwhile has none.
///
/// - Parameter compute: nil if there is no answer yet.
func answer(
    to id: RequestID, unless cancellation: Cancellation,
    _ compute: () throws(ResponseError) -> (any JSONWritable)?
) -> (any JSONWritable)? {
    func response(_ result: some JSONWritable) -> any JSONWritable {
        ResponseMessage(id: id, result: result)
    }
    let cancelled = ResponseError(.requestCancelled, "the request was cancelled")
    do throws(ResponseError) {
        if cancellation.isCancelled { throw cancelled }
        let result = try compute()
        if cancellation.isCancelled { throw cancelled }
        return result.map { response($0) }
    } catch {
        return ErrorResponseMessage(id: id, error: error)
    }
}

/// The parameters of a message, or the error that says what is wrong with them.
func decodeParams<Params: Decodable>(
    _ type: Params.Type, from params: JSONView?
) throws(ResponseError) -> Params {
    do throws(JSONDecodingError) {
        return try (params ?? .emptyObject).decode(type)
    } catch {
        throw ResponseError(.invalidParams, error.message)
    }
}
