/// How a line is shown on a terminal, over as many rows as it takes, and how what was shown before is replaced.
package struct LineDisplay {
    /// The row of the cursor, counted from the first row of the prompt.
    private var cursorRow = 0

    package init() {}

    /// What to send to the terminal to show a prompt and a line in place of what this showed before.
    ///
    /// - Parameters:
    ///   - cursor: how many characters of the line stand before the cursor.
    ///   - columns: the width of the terminal.
    package mutating func show(prompt: String, text: [Character], cursor: Int, columns: Int) -> String {
        var layout = Layout(columns: max(columns, 2))
        var output = start
        for character in prompt { output += layout.add(character) }
        var cursorPlace = layout.place
        for (index, character) in text.enumerated() {
            if index == cursor { cursorPlace = layout.nextPlace(for: character) }
            output += layout.add(character)
        }
        if cursor >= text.count { cursorPlace = layout.endPlace }
        // A terminal leaves the cursor on the last column of a full row until the next character comes.
        if layout.isAtEdge { output += "\r\n" }
        let end = layout.endPlace
        if end.row > cursorPlace.row { output += "\u{1B}[\(end.row - cursorPlace.row)A" }
        output += "\r"
        if cursorPlace.column > 0 { output += "\u{1B}[\(cursorPlace.column)C" }
        cursorRow = cursorPlace.row
        return output
    }

    /// Moves behind the line, which stays as it is.
    package mutating func leave(prompt: String, text: [Character], columns: Int) -> String {
        let output = show(prompt: prompt, text: text, cursor: text.count, columns: columns)
        cursorRow = 0
        return output + "\r\n"
    }

    /// The screen is empty: the prompt is shown at its top.
    package mutating func clear() -> String {
        cursorRow = 0
        return "\u{1B}[H\u{1B}[2J"
    }

    /// To the first column of the first row, and everything from there on deleted.
    private var start: String {
        (cursorRow > 0 ? "\u{1B}[\(cursorRow)A" : "") + "\r\u{1B}[J"
    }

    /// Names in columns, as many as the terminal is wide enough for.
    package static func table(_ names: [String], columns: Int) -> String {
        let width = (names.map { $0.reduce(0) { $0 + $1.columnWidth } }.max() ?? 0) + 2
        let count = max(1, columns / width)
        let rowCount = (names.count + count - 1) / count
        var output = ""
        for row in 0..<rowCount {
            for index in stride(from: row, to: names.count, by: rowCount) {
                let name = names[index]
                let isLast = index + rowCount >= names.count
                output +=
                    isLast ? name : name + String(repeating: " ", count: width - name.reduce(0) { $0 + $1.columnWidth })
            }
            output += "\r\n"
        }
        return output
    }

    // MARK: - Rows and columns

    private struct Place {
        var row = 0
        var column = 0
    }

    private struct Layout {
        let columns: Int
        private(set) var place = Place()

        init(columns: Int) {
            self.columns = columns
        }

        var isAtEdge: Bool { place.column == columns }

        /// Where the next character goes, if it is a narrow one.
        var endPlace: Place { isAtEdge ? Place(row: place.row + 1, column: 0) : place }

        func nextPlace(for character: Character) -> Place {
            place.column + character.shownWidth > columns ? Place(row: place.row + 1, column: 0) : place
        }

        /// Counts a character in; returns what shows it.
        mutating func add(_ character: Character) -> String {
            place = nextPlace(for: character)
            place.column += character.shownWidth
            return character.shown
        }
    }
}

extension Character {
    /// How many columns of a terminal it takes.
    package var columnWidth: Int {
        // Emoji that are joined are shown as one, as wide as the first of them.
        if unicodeScalars.contains("\u{200D}"), let first = unicodeScalars.first { return first.columnWidth }
        let width = unicodeScalars.reduce(0) { $0 + $1.columnWidth }
        // A sign of text that a selector makes an emoji is as wide as one.
        return unicodeScalars.contains("\u{FE0F}") ? max(2, width) : width
    }

    /// What stands for it on a terminal, and how wide that is.
    fileprivate var shown: String {
        self == "\t" ? "    " : unicodeScalars.contains(where: \.disturbsTerminal) ? "\u{FFFD}" : String(self)
    }

    fileprivate var shownWidth: Int {
        self == "\t" ? 4 : unicodeScalars.contains(where: \.disturbsTerminal) ? 1 : columnWidth
    }
}
