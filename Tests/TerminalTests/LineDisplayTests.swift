import Terminal
import Testing

/// What a terminal shows after the display has sent its sequences, on a small terminal of our own.
@Suite struct LineDisplayTests {
    /// Understands what `LineDisplay` sends, and nothing else.
    private struct Screen {
        let columns: Int
        var rows: [[String]] = [[]]
        var row = 0
        var column = 0

        init(columns: Int) { self.columns = columns }

        mutating func take(_ text: String) {
            var scalars = Array(text.unicodeScalars)[...]
            while let scalar = scalars.popFirst() {
                switch scalar {
                case "\r": column = 0
                case "\n": moveDown()
                case "\u{1B}":
                    _ = scalars.popFirst()
                    var number = 0
                    while let digit = scalars.first, ("0"..."9").contains(digit) {
                        number = number * 10 + Int(digit.value - 48)
                        scalars = scalars.dropFirst()
                    }
                    switch scalars.popFirst() {
                    case "A": row -= number
                    case "C": column += number
                    case "J":
                        if number == 2 { rows = [[]] }
                        rows.removeSubrange((row + 1)...)
                        rows[row] = Array(rows[row].prefix(column))
                    case "H": (row, column) = (0, 0)
                    default: Issue.record("an unknown sequence")
                    }
                default: put(scalar)
                }
            }
        }

        private mutating func moveDown() {
            row += 1
            if row == rows.count { rows.append([]) }
        }

        private mutating func put(_ scalar: Unicode.Scalar) {
            let width = scalar.columnWidth
            if width == 0 {
                rows[row][column - 1] += String(scalar)
                return
            }
            if column + width > columns {
                column = 0
                moveDown()
            }
            while rows[row].count < column { rows[row].append(" ") }
            rows[row].replaceSubrange(
                column..<min(rows[row].count, column + width), with: [String(scalar)] + (width == 2 ? [""] : []))
            column += width
        }

        /// The rows, and the cursor as `|`.
        var text: String {
            rows.enumerated().map { index, cells in
                guard index == row else { return cells.joined() }
                return cells.prefix(column).joined() + "|" + cells.dropFirst(column).joined()
            }.joined(separator: "\n")
        }
    }

    @Test(
        arguments: [
            ("", 0, ">>> |"), ("abc", 3, ">>> abc|"), ("abc", 1, ">>> a|bc"), ("abcdef", 6, ">>> abcdef\n|"),
            ("abcdef", 5, ">>> abcde|f\n"), ("abcdefg", 7, ">>> abcdef\ng|"), ("abcdefg", 2, ">>> ab|cdef\ng"),
            ("abcdefg", 6, ">>> abcdef\n|g"), ("日本語x", 3, ">>> 日本語\n|x"), ("a日本語", 4, ">>> a日本\n語|"),
            ("a日本語", 3, ">>> a日本\n|語"), ("e\u{301}x", 1, ">>> e\u{301}|x"), ("a\tb", 2, ">>> a    |b\n"),
            ("\u{1B}", 1, ">>> \u{FFFD}|"),
        ] as [(String, Int, String)])
    func aLineTakesTheRowsThatItNeeds(_ line: String, _ cursor: Int, _ shown: String) {
        var screen = Screen(columns: 10)
        var display = LineDisplay()
        // Whatever was shown before.
        for before in ["", String(repeating: "x", count: 35), "日本語日本語日本語"] {
            let text = Array(before)
            screen.take(display.show(prompt: ">>> ", text: text, cursor: text.count / 2, columns: 10))
            screen.take(display.show(prompt: ">>> ", text: Array(line), cursor: cursor, columns: 10))
            #expect(screen.text == shown)
        }
        screen.take(display.leave(prompt: ">>> ", text: Array(line), columns: 10))
        #expect(screen.column == 0 && screen.row == screen.rows.count - 1)
        screen.take(display.clear())
        #expect(screen.text == "|")
    }

    @Test func namesAreInColumns() {
        #expect(LineDisplay.table(["a", "bb", "日本", "d"], columns: 14) == "a     日本\r\nbb    d\r\n")
        #expect(LineDisplay.table(["alpha", "beta"], columns: 3) == "alpha\r\nbeta\r\n")
        #expect(LineDisplay.table([], columns: 80) == "")
    }
}
