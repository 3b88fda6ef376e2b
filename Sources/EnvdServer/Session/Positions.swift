import EnvdSyntax
import LanguageServerProtocol

/// The positions of offsets in one file, when it is not known how many will be asked for: a few look for their lines themselves,
/// so that they take no time in proportion to the file; from then on there is a table.
final class Positions {
    private let file: SourceFile
    private let encoding: PositionEncoding
    private var table: PositionTable?
    private var count = 0

    private static let maximumWithoutTable = 64

    init(_ file: SourceFile, _ encoding: PositionEncoding) {
        self.file = file
        self.encoding = encoding
    }

    /// - Parameter offset: in UTF-8 bytes.
    func position(of offset: Int) -> Position {
        if let table { return table.position(of: offset) }
        count += 1
        guard count <= Positions.maximumWithoutTable else {
            let made = PositionTable(file, encoding: encoding)
            table = made
            return made.position(of: offset)
        }
        let position = file.position(at: offset, encoding: encoding)
        return Position(line: position.line, character: position.column)
    }

    func range(of range: Range<Int>) -> TextRange {
        TextRange(start: position(of: range.lowerBound), end: position(of: range.upperBound))
    }
}
