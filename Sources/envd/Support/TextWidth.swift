import Terminal

extension String {
    /// How many columns of a terminal the text takes on one line.
    var columnCount: Int {
        isPrintableASCII ? utf8.count : unicodeScalars.reduce(0) { $0 + $1.columnWidth }
    }

    func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - columnCount))
    }

    /// At most so many columns, with an ellipsis at the end if that is not all.
    func shortened(to columns: Int) -> String {
        guard columnCount > columns else { return self }
        var kept = ""
        var used = 0
        for scalar in unicodeScalars {
            used += scalar.columnWidth
            if used > columns - 1 { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }

    /// Lines of at most so many columns, broken at blanks where there are some. What joins two commands of a shell goes to the
    /// next line with the second.
    func wrapped(to columns: Int) -> [String] {
        if columnCount <= columns { return [withoutTrailingBlanks] }
        var lines: [String] = []
        var line = ""
        var width = 0
        var isFirst = true
        for word in words {
            for piece in word.pieces(ofAtMost: columns) {
                let length = piece.text.columnCount
                let gap = isFirst || piece.isContinued ? 0 : 1
                if !isFirst, width + gap + length > columns {
                    lines.append(line)
                    (line, width) = ("", 0)
                } else if gap > 0 {
                    line += " "
                    width += 1
                }
                line += piece.text
                width += length
                isFirst = false
            }
        }
        return (lines + [line]).map(\.withoutTrailingBlanks)
    }

    private var withoutTrailingBlanks: String {
        var text = self
        while text.unicodeScalars.last == " " { text.unicodeScalars.removeLast() }
        return text
    }

    /// Cut at each blank, and so that operators of a shell stay with what follows them.
    private var words: [String] {
        var words: [String] = []
        var held = ""
        var start = utf8.startIndex
        while true {
            let end = utf8[start...].firstIndex(of: UInt8(ascii: " ")) ?? utf8.endIndex
            let word = self[start..<end]
            held.append(contentsOf: word)
            switch word {
            case "&&", "||", "|", ">", ">>": held.append(" ")
            default:
                words.append(held)
                held = ""
            }
            if end == utf8.endIndex { break }
            start = utf8.index(after: end)
        }
        if !held.isEmpty { words.append(String(held.dropLast())) }
        return words
    }

    private func pieces(ofAtMost columns: Int) -> [(text: String, isContinued: Bool)] {
        // As nearly all words are.
        if columnCount <= columns { return [(self, false)] }
        var pieces: [(text: String, isContinued: Bool)] = []
        var piece = ""
        var width = 0
        for scalar in unicodeScalars {
            if width + scalar.columnWidth > columns, width > 0 {
                // After a mark that separates, if there is one not far back.
                let tail = piece.unicodeScalars.suffix(columns / 2)
                let cut = tail.lastIndex { ["/", ":", ",", ";", "=", "-"].contains($0) }
                let end = cut.map { piece.unicodeScalars.index(after: $0) } ?? piece.endIndex
                pieces.append((String(piece[..<end]), !pieces.isEmpty))
                piece = String(piece[end...])
                width = piece.columnCount
            }
            piece.unicodeScalars.append(scalar)
            width += scalar.columnWidth
        }
        return pieces + [(piece, !pieces.isEmpty)]
    }
}
