import EnvdSyntax

/// One replacement of text.
package struct FormatEdit: Sendable, Equatable {
    /// UTF-8 bytes in the file as it was.
    package var range: Range<Int>
    package var replacement: [UInt8]
}

extension Formatter {
    /// The edits that turn a file into its formatted self, in order and apart from each other, each as small as it can be
    /// without cutting through a character or a CR LF.
    package func edits(for file: SourceFile) throws(FormatError) -> [FormatEdit] {
        FormatEdit.edits(from: file.bytes, to: try format(file))
    }
}

extension FormatEdit {
    /// The edits from one text to another, in order: lines are compared first, and within those that differ words.
    ///
    /// - Parameter offset: where the old text stands in its file.
    package static func edits(from old: [UInt8], to new: [UInt8], at offset: Int = 0) -> [FormatEdit] {
        if old == new { return [] }
        var edits: [FormatEdit] = []
        let difference = LineDifference(old: old, new: new)
        for change in difference.changes {
            let oldRange = bytes(change.old, of: difference.oldLines, length: old.count)
            let newRange = bytes(change.new, of: difference.newLines, length: new.count)
            for edit in wordEdits(old, oldRange, new, newRange) {
                // Two with a character between them are easier to look at as one.
                if let last = edits.last, edit.range.lowerBound - last.range.upperBound <= 1 {
                    edits[edits.count - 1].replacement += old[last.range.upperBound..<edit.range.lowerBound]
                    edits[edits.count - 1].replacement += edit.replacement
                    edits[edits.count - 1].range = last.range.lowerBound..<edit.range.upperBound
                } else {
                    edits.append(edit)
                }
            }
        }
        return edits.map { edit in
            FormatEdit(
                range: (edit.range.lowerBound + offset)..<(edit.range.upperBound + offset),
                replacement: edit.replacement)
        }
    }

    /// Beyond as many bytes, lines that differ are replaced as they are.
    private static let longestOfWords = 1 << 12

    /// The edits between parts of two texts, word by word and apart from each other.
    static func wordEdits(_ old: [UInt8], _ a: Range<Int>, _ new: [UInt8], _ b: Range<Int>) -> [FormatEdit] {
        if a.isEmpty || b.isEmpty || a.count + b.count > longestOfWords { return [trimmed(old, a, new, b)] }
        let difference = LineDifference(oldPieces: words(of: old[a]), newPieces: words(of: new[b]))
        return difference.changes.map { change in
            trimmed(
                old, bytes(change.old, of: difference.oldLines, length: a.upperBound), new,
                bytes(change.new, of: difference.newLines, length: b.upperBound))
        }
    }

    /// Names and numbers whole, everything else byte by byte.
    private static func words(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        func isOfWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
                || (0x41...0x5A).contains(byte & ~0x20)
        }
        var words: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        while start < text.endIndex {
            var end = start + 1
            if isOfWord(text[start]) {
                while end < text.endIndex, isOfWord(text[end]) { end += 1 }
            } else if text[start] == 0x0D, end < text.endIndex, text[end] == 0x0A {
                end += 1
            }
            words.append(text[start..<end])
            start = end
        }
        return words
    }

    private static func bytes(_ range: Range<Int>, of lines: [ArraySlice<UInt8>], length: Int) -> Range<Int> {
        let start = range.lowerBound < lines.count ? lines[range.lowerBound].startIndex : length
        let end = range.upperBound < lines.count ? lines[range.upperBound].startIndex : length
        return start..<end
    }

    /// Without what both have at the beginning and at the end.
    private static func trimmed(_ old: [UInt8], _ a: Range<Int>, _ new: [UInt8], _ b: Range<Int>) -> FormatEdit {
        var (start, other) = (a.lowerBound, b.lowerBound)
        while start < a.upperBound, other < b.upperBound, old[start] == new[other] {
            start += 1
            other += 1
        }
        while start > a.lowerBound, isInside(old, start) || isInside(new, other) {
            start -= 1
            other -= 1
        }
        var (end, otherEnd) = (a.upperBound, b.upperBound)
        while end > start, otherEnd > other, old[end - 1] == new[otherEnd - 1] {
            end -= 1
            otherEnd -= 1
        }
        while end < a.upperBound, isInside(old, end) || isInside(new, otherEnd) {
            end += 1
            otherEnd += 1
        }
        return FormatEdit(range: start..<end, replacement: Array(new[other..<otherEnd]))
    }

    /// Whether a cut here would go through a character or a CR LF.
    private static func isInside(_ text: [UInt8], _ place: Int) -> Bool {
        guard place > 0, place < text.count else { return false }
        return text[place] & 0xC0 == 0x80 || (text[place] == 0x0A && text[place - 1] == 0x0D)
    }
}
