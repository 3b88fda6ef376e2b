/// Docstrings: reindented with their block, without blanks at the ends of their lines, the quotes apart from the text.
enum Docstring {
    private static let backslash = UInt8(ascii: "\\")

    /// The text to print for the string token of a docstring, or nil where it must stay: an escaped line break in it would
    /// make its indentation part of its value.
    ///
    /// - Parameters:
    ///   - text: the token; its line breaks are LF.
    ///   - indentation: columns of the block.
    static func normalized(_ text: [UInt8], indentation: Int, style: Style) -> [UInt8]? {
        if hasEscapedLineBreak(text) { return nil }
        let escaped = StringText.withSmallEscapes(text)
        let whole = style.normalizesStrings ? StringText.normalizedQuotes(escaped) : escaped
        let start = whole.firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") } ?? 0
        let quote = whole[start]
        // As in black, an empty `""` becomes an empty docstring with three quotes on either side.
        let width = whole.count > start + 1 && whole[start + 1] == quote ? 3 : 1
        let isShort = whole.count < start + 2 * width
        var body = isShort ? [] : Array(whole[(start + width)..<(whole.count - width)])
        let wasEmpty = body.isEmpty
        let isMultiline = width == 3 && body.contains(0x0A)
        let blanks = [UInt8](repeating: 0x20, count: indentation)
        body = isMultiline ? reindented(body, with: blanks) : Blanks.trimmed(body[...])

        var endsInBackslash = false
        if !body.isEmpty {
            if body.first == quote { body.insert(0x20, at: 0) }
            if body.last == quote { body.append(0x20) }
            if body.reversed().prefix(while: { $0 == backslash }).count % 2 == 1 {
                body.append(0x20)
                endsInBackslash = true
            }
        } else if !wasEmpty {
            body = [0x20]
        }
        var out = Array(whole[..<start]) + Array(repeating: quote, count: width) + body
        if width == 3 {
            let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false)
            let lastCharacters = body.last == 0x0A ? 0 : Self.characters(lines.last ?? [])
            let isTooLong = lines.count > 1 && lastCharacters + width > style.lineLength
            let hadBreak = text.count > width && text[text.count - 1 - width] == 0x0A
            if isTooLong, indentation + width <= style.lineLength, !endsInBackslash, !hadBreak {
                out.append(0x0A)
                out.append(contentsOf: blanks)
            }
        }
        out += Array(repeating: quote, count: width)
        return style.normalizesStrings ? StringText.normalizedQuotes(out) : out
    }

    /// Whether the docstring is surely as it should be: true of nearly all in a file that was formatted before.
    static func isNormalized(_ text: UnsafeBufferPointer<UInt8>, indentation: Int, style: Style) -> Bool {
        let quote = UInt8(ascii: "\"")
        guard text.count > 6, text[0] == quote, text[1] == quote, text[2] == quote else { return false }
        let end = text.count - 3
        guard text[3] > 0x20, text[3] != quote, text[end - 1] != quote else { return false }
        var lineStart = 3
        var hasIndentation = false
        while true {
            var at = lineStart
            var isBlank = true
            var leading = 0
            while at < end, text[at] != 0x0A {
                let byte = text[at]
                if byte < 0x20 || byte >= 0x7F || byte == backslash { return false }
                if byte != 0x20, isBlank {
                    isBlank = false
                    leading = at - lineStart
                }
                at += 1
            }
            let isFirst = lineStart == 3
            let isLast = at == end
            if !isFirst, !isBlank {
                if leading < indentation { return false }
                hasIndentation = hasIndentation || leading == indentation
            }
            if isBlank {
                if isLast ? at - lineStart != indentation : at > lineStart { return false }
            } else if text[at - 1] == 0x20 {
                return false
            }
            if isLast { return isFirst || (hasIndentation && at - lineStart + 3 <= style.lineLength) }
            lineStart = at + 1
        }
    }

    private static func characters(_ line: some Sequence<UInt8>) -> Int { line.count { $0 & 0xC0 != 0x80 } }

    private static func hasEscapedLineBreak(_ text: [UInt8]) -> Bool {
        var at = 0
        while let place = text[at...].firstIndex(of: backslash) {
            var next = place + 1
            while next < text.count, Blanks.isASCIIBlank(text[next]) {
                if text[next] == 0x0A { return true }
                next += 1
            }
            at = place + 1
        }
        return false
    }

    /// The lines below the first moved together so that the leftmost stands at the block's indentation.
    private static func reindented(_ body: [UInt8], with blanks: [UInt8]) -> [UInt8] {
        let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            expandingLeadingTabs(Array($0))
        }
        var common: Int?
        for line in lines.dropFirst() {
            let indentation = Blanks.leadingLength(line[...])
            if indentation.bytes < line.count { common = min(common ?? Int.max, indentation.characters) }
        }
        var out = Blanks.trimmed(lines[0][...])
        guard let common else { return out }
        for (index, line) in lines.enumerated().dropFirst() {
            let rest = Blanks.trimmedAtEnd(line.dropFirst(bytes(ofCharacters: common, in: line)))
            out.append(0x0A)
            if !rest.isEmpty || index == lines.count - 1 { out.append(contentsOf: blanks + rest) }
        }
        return out
    }

    private static func bytes(ofCharacters count: Int, in line: [UInt8]) -> Int {
        var (at, seen) = (0, 0)
        while at < line.count, seen < count {
            at += 1
            while at < line.count, line[at] & 0xC0 == 0x80 { at += 1 }
            seen += 1
        }
        return at
    }

    /// Leading tabs go to the next multiple of four columns.
    private static func expandingLeadingTabs(_ line: [UInt8]) -> [UInt8] {
        let leading = Blanks.leadingLength(line[...]).bytes
        guard leading > 0, leading < line.count, line[..<leading].contains(0x09) else { return line }
        var out: [UInt8] = []
        for byte in line[..<leading] {
            if byte == 0x09 {
                repeat { out.append(0x20) } while out.count % 4 != 0
            } else {
                out.append(byte)
            }
        }
        return out + line[leading...]
    }
}

/// Blanks as Python's `str.strip` knows them, over UTF-8.
enum Blanks {
    @inline(__always)
    static func isASCIIBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
    }

    /// How many bytes at a place make a blank; 0 where none stands there.
    private static func length(in text: ArraySlice<UInt8>, at place: Int) -> Int {
        let byte = text[place]
        if byte < 0x80 { return isASCIIBlank(byte) ? 1 : 0 }
        if byte == 0xC2, place + 1 < text.endIndex, text[place + 1] == 0x85 || text[place + 1] == 0xA0 { return 2 }
        guard place + 2 < text.endIndex else { return 0 }
        switch (byte, text[place + 1], text[place + 2]) {
        case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF),
            (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
            return 3
        default: return 0
        }
    }

    static func leadingLength(_ text: ArraySlice<UInt8>) -> (bytes: Int, characters: Int) {
        var (at, characters) = (text.startIndex, 0)
        while at < text.endIndex {
            let length = length(in: text, at: at)
            if length == 0 { break }
            at += length
            characters += 1
        }
        return (at - text.startIndex, characters)
    }

    static func trimmedAtEnd(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var end = text.endIndex
        while end > text.startIndex {
            var start = end - 1
            while start > text.startIndex, text[start] & 0xC0 == 0x80 { start -= 1 }
            let length = length(in: text, at: start)
            if length == 0 || start + length != end { break }
            end = start
        }
        return Array(text[..<end])
    }

    static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
        trimmedAtEnd(text.dropFirst(leadingLength(text).bytes))
    }
}
