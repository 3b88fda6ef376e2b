import EnvdIDE
import LanguageServerProtocol

enum HoverHandler: RequestHandler {
    typealias Request = HoverRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        guard let hover = analysis.hover(at: offset),
            let contents = context.client.content(
                hover.markdown, context.client.capabilities.textDocument?.hover?.contentFormat)
        else { return nil }
        return HoverAnswer(
            contents: contents, range: Positions(document.file, context.encoding).range(of: hover.range))
    }
}
