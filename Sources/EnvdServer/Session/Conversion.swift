import EnvdSyntax
import LanguageServerProtocol

// Between byte offsets, in which the features think, and positions in the encoding that was agreed on.

extension SourceFile {
    /// A line or character that is not there means the nearest that is. Clients have been seen to send ranges with
    /// their ends swapped; they mean the same text.
    func byteRange(of range: TextRange, encoding: PositionEncoding) -> Swift.Range<Int> {
        let start = byteOffset(of: range.start, encoding: encoding)
        let end = byteOffset(of: range.end, encoding: encoding)
        return min(start, end)..<max(start, end)
    }

    func byteOffset(of position: Position, encoding: PositionEncoding) -> Int {
        offset(of: SourcePosition(line: position.line, column: position.character), encoding: encoding)
    }
}
