import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum InlayHintHandler: RequestHandler {
    typealias Request = InlayHintRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let analysis = context.analysis(of: document)
        let range = document.file.byteRange(of: params.range, encoding: context.encoding)
        let positions = Positions(document.file, context.encoding)
        let resolves = context.client.resolvesInlayTooltips
        return analysis.inlayHints(in: range, isCancelled: { context.cancellation.isCancelled }).map { hint in
            var item = InlayHintItem(
                position: positions.position(of: hint.place), label: hint.text,
                kind: InlayHintItem.Kind(hint.kind))
            if hint.kind == .steps { item.paddingLeft = true }
            if let text = hint.explanation {
                item.tooltip = context.client.content(
                    text, context.client.capabilities.textDocument?.hover?.contentFormat)
            }
            if resolves, let words = hint.subject?.words {
                item.data = CompletionData(uri: document.uri, subject: words)
            }
            return item
        }
    }
}

enum InlayHintResolveHandler: RequestHandler {
    typealias Request = InlayHintResolveRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        var item = params
        item.data = nil
        if let text = context.documentation(params.data), !text.isEmpty {
            // What hints are told about is Markdown to every client that resolves them.
            item.tooltip = context.client.content(text, context.client.capabilities.textDocument?.hover?.contentFormat)
        }
        return item
    }
}

extension InlayHintItem.Kind {
    /// Nil for what the protocol has no kind for.
    init?(_ kind: InlayHint.Kind) {
        switch kind {
        case .parameter: self = .parameter
        case .type: self = .type
        case .steps: return nil
        }
    }
}

extension ClientFeatures {
    var resolvesInlayTooltips: Bool {
        capabilities.textDocument?.inlayHint?.resolveSupport?.properties.contains("tooltip") ?? false
    }
}

extension RequestContext {
    /// What there is to read about the subject of an item that comes back from the client; nil if it is about nothing that is open.
    func documentation(_ data: CompletionData?) -> String? {
        guard let data, let meaning = Meaning(words: data.subject), let document = snapshot.documents[data.uri] else {
            return nil
        }
        return analysis(of: document).documentation(of: meaning)
    }
}
