import EnvdSyntax
import Terminal

/// The line of a finding with a mark under its range, as a terminal shows it.
///
/// What would disturb the terminal is made visible: tabs become blanks up to the next multiple of four; control
/// characters, bytes that are no UTF-8, and marks that reverse the direction of the text become U+FFFD. Of a long line only a window
/// around the range is shown.
struct SourceExcerpt {
    /// Counted from 1.
    let lineNumber: Int
    /// The line, at most `maximumWidth` columns wide.
    let text: String
    /// Where the mark begins and how many columns it takes, at least one.
    let markStart: Int
    let markWidth: Int

    static let maximumWidth = 100

    init(file: SourceFile, range: Range<Int>) {
        let position = file.position(at: range.lowerBound)
        lineNumber = position.line + 1
        let start = file.offset(of: SourcePosition(line: position.line, column: 0))
        // Beyond every column: the end of the line before its break.
        let end = file.offset(of: SourcePosition(line: position.line, column: .max))

        // Only as much of the line as can be shown: it may be megabytes long.
        let reach = Self.maximumWidth * 4
        let windowStart = file.startOfScalar(at: max(start, range.lowerBound - reach))
        let windowEnd = file.startOfScalar(at: min(end, max(range.lowerBound, min(range.upperBound, end)) + reach))
        let before = Cells(file.text(in: windowStart..<max(windowStart, range.lowerBound)), startColumn: 0)
        let markEnd = min(max(range.upperBound, range.lowerBound), max(end, range.lowerBound))
        let marked = Cells(
            file.text(in: range.lowerBound..<min(markEnd, windowEnd + reach)), startColumn: before.width)
        let after = Cells(
            file.text(in: min(markEnd, windowEnd)..<windowEnd), startColumn: before.width + marked.width)

        var cells = before.cells + marked.cells + after.cells
        var markStart = before.width
        let markWidth = max(1, marked.width)
        // The mark stays in view with a third of the width before it.
        let isCutBefore = windowStart > start || markStart + markWidth > Self.maximumWidth
        if isCutBefore {
            let wanted = max(0, markStart - Self.maximumWidth / 3)
            var dropped = 0
            while dropped < wanted, let first = cells.first {
                dropped += first.width
                cells.removeFirst()
            }
            markStart += 1 - dropped
            cells.insert(Cell(text: "…", width: 1), at: 0)
        }
        var width = 0
        var text = ""
        var isCutAfter = windowEnd < end
        for cell in cells {
            if width + cell.width > Self.maximumWidth {
                isCutAfter = true
                break
            }
            text += cell.text
            width += cell.width
        }
        self.text = isCutAfter ? text + "…" : text
        self.markStart = markStart
        self.markWidth = max(1, min(markWidth, Self.maximumWidth - markStart))
    }
}

extension SourceFile {
    /// The beginning of the scalar that an offset may stand in.
    fileprivate func startOfScalar(at offset: Int) -> Int {
        let before = bytes(in: max(0, offset - 3)..<min(offset + 1, utf8Count))
        guard offset < utf8Count else { return offset }
        var back = 0
        for byte in before.reversed() where back < 3 {
            if byte & 0xC0 != 0x80 { return offset - back }
            back += 1
        }
        return offset
    }
}

/// A scalar with what combines with it, and how many columns of a terminal it takes.
private struct Cell {
    var text: String
    var width: Int
}

private struct Cells {
    var cells: [Cell] = []
    var width = 0

    init(_ text: String, startColumn: Int) {
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                let blanks = 4 - (startColumn + width) % 4
                append(Cell(text: String(repeating: " ", count: blanks), width: blanks))
            } else if scalar.disturbsTerminal {
                append(Cell(text: "\u{FFFD}", width: 1))
            } else if scalar.columnWidth == 0, !cells.isEmpty {
                cells[cells.count - 1].text.unicodeScalars.append(scalar)
            } else {
                append(Cell(text: String(Character(scalar)), width: scalar.columnWidth))
            }
        }
    }

    private mutating func append(_ cell: Cell) {
        cells.append(cell)
        width += cell.width
    }
}
