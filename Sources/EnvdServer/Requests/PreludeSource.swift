import EnvdIDE
import LanguageServerProtocol

enum PreludeSourceHandler: RequestHandler {
    typealias Request = PreludeSourceRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let scheme = DocumentURI.preludeScheme + ":"
        let name = params.uri.rawValue.dropFirst(scheme.count).drop { $0 == "/" }
        guard params.uri.rawValue.hasPrefix(scheme), let bytes = preludeSource(String(name)) else {
            throw ResponseError(.invalidParams, "there is no document \(params.uri.rawValue)")
        }
        return Request.Result(text: String(decoding: bytes, as: UTF8.self))
    }
}

enum TextDocumentContentHandler: RequestHandler {
    typealias Request = TextDocumentContentRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        try PreludeSourceHandler.answer(params, in: context)
    }
}
