import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum SyntaxTreeHandler: RequestHandler {
    typealias Request = SyntaxTreeRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        return SyntaxTreeRequest.Result(
            version: document.version, text: document.file.text(in: 0..<document.file.utf8Count),
            tree: syntaxTreeText(of: document.file))
    }
}
