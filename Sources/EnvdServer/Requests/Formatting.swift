import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum DocumentFormattingHandler: RequestHandler {
    typealias Request = DocumentFormattingRequest

    static func answer(
        _ params: Request.Params, in snapshot: Snapshot, cancellation: Cancellation
    ) throws(ResponseError) -> Request.Result {
        let file = try snapshot.document(params.textDocument).file
        switch formatting(of: file) {
        case .edits(let edits):
            let positions = PositionTable(file, encoding: snapshot.client.encoding)
            return edits.map { edit in
                TextEdit(
                    range: positions.range(of: edit.range), newText: String(decoding: edit.replacement, as: UTF8.self))
            }
        case .unfinished:
            // No error, as nobody wants to be told so at every save; the diagnostics say what is wrong.
            return nil
        case .refused(let reason):
            throw ResponseError(.requestFailed, "the file was left as it is: \(reason)")
        }
    }
}
