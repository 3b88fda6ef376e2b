import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum SelectionRangeHandler: RequestHandler {
    typealias Request = SelectionRangeRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let file = try context.document(params.textDocument).file
        let encoding = context.client.encoding
        let positions = PositionTable(file, encoding: encoding)
        return params.positions.map { position in
            let offset = file.byteOffset(of: position, encoding: encoding)
            return SelectionRange(ranges: selectionRanges(at: offset, in: file).map(positions.range))
        }
    }
}
