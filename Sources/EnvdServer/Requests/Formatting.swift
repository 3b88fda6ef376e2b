import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum DocumentFormattingHandler: RequestHandler {
    typealias Request = DocumentFormattingRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let edits = formatting(
            of: document.file, style: context.snapshot.tools.style(document.uri), cache: document.formattingCache)
        // No error where nothing can be formatted, as nobody wants to be told so at every save; the diagnostics say what
        // is wrong.
        if edits.isEmpty, document.file.hasDiagnostics { return nil }
        return textEdits(edits, in: document.file, encoding: context.client.encoding)
    }
}

enum DocumentRangeFormattingHandler: RequestHandler {
    typealias Request = DocumentRangeFormattingRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let encoding = context.client.encoding
        let edits = formatting(
            of: document.file.byteRange(of: params.range, encoding: encoding), in: document.file,
            style: context.snapshot.tools.style(document.uri), cache: document.formattingCache)
        return textEdits(edits, in: document.file, encoding: encoding)
    }
}

enum DocumentOnTypeFormattingHandler: RequestHandler {
    typealias Request = DocumentOnTypeFormattingRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let encoding = context.client.encoding
        let edits = formatting(
            afterTyping: params.ch, before: document.file.byteOffset(of: params.position, encoding: encoding),
            in: document.file, style: context.snapshot.tools.style(document.uri), cache: document.formattingCache)
        return textEdits(edits, in: document.file, encoding: encoding)
    }
}

/// A few edits look for their lines themselves, so that the time does not depend on the size of the file.
private func textEdits(
    _ edits: [ReplacementEdit], in file: SourceFile, encoding: PositionEncoding
) -> [TextEdit] {
    let table = edits.count > 32 ? PositionTable(file, encoding: encoding) : nil
    func position(_ offset: Int) -> Position {
        if let table { return table.position(of: offset) }
        let position = file.position(at: offset, encoding: encoding)
        return Position(line: position.line, character: position.column)
    }
    return edits.map { edit in
        TextEdit(
            range: TextRange(start: position(edit.range.lowerBound), end: position(edit.range.upperBound)),
            newText: String(decoding: edit.replacement, as: UTF8.self))
    }
}
