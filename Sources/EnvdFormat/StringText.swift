import EnvdSyntax

/// Strings as black writes them: double quotes where that needs no more backslashes, numeric escapes in small letters.
enum StringText {
    private static let backslash = UInt8(ascii: "\\")
    private static let double = UInt8(ascii: "\"")

    /// Where the opening quote stands.
    static func prefixLength(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        text.firstIndex { $0 == double || $0 == UInt8(ascii: "'") } ?? 0
    }

    static func isTripleQuoted(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = prefixLength(text)
        return text.count >= start + 6 && text[start + 1] == text[start] && text[start + 2] == text[start]
    }

    static func isRaw(_ text: some Sequence<UInt8>) -> Bool {
        for byte in text {
            if byte == UInt8(ascii: "r") { return true }
            if byte != UInt8(ascii: "b") { return false }
        }
        return false
    }

    enum Change {
        case unchanged
        /// The text was put into the buffer, with other quotes and nothing else changed.
        case quotesSwapped
        /// The text was put into the buffer.
        case rewritten
    }

    /// Puts the text to print into a buffer, unless it is the text that there is.
    static func normalize(
        _ text: UnsafeBufferPointer<UInt8>, style: Style, into out: inout Scratch<UInt8>
    ) -> Change {
        let start = prefixLength(text)
        guard start < text.count else { return .unchanged }
        let quote = text[start]
        if isPlain(text, from: start + 1) {
            if quote == double || !style.normalizesStrings { return .unchanged }
            if !text.contains(double) {
                let width = isTripleQuoted(text) ? 3 : 1
                out.append(contentsOf: UnsafeBufferPointer(rebasing: text[..<start]))
                out.append(repeating: double, count: width)
                out.append(contentsOf: UnsafeBufferPointer(rebasing: text[(start + width)..<(text.count - width)]))
                out.append(repeating: double, count: width)
                return .quotesSwapped
            }
        }
        let escaped = withSmallEscapes(Array(text))
        let new = style.normalizesStrings ? normalizedQuotes(escaped) : escaped
        if new.elementsEqual(text) { return .unchanged }
        new.withUnsafeBufferPointer { out.append(contentsOf: $0) }
        return .rewritten
    }

    /// Whether no escape stands in the text but those that nobody touches, such as `\n`.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var at = start
        while at < text.count {
            if text[at] == backslash {
                at += 1
                guard at < text.count else { return false }
                switch text[at] {
                case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), backslash, 0x0A: break
                default: return false
                }
            }
            at += 1
        }
        return true
    }

    // MARK: - Escapes

    /// `\xAB`, `\u00AB` and `\U000000AB` with small digits.
    static func withSmallEscapes(_ text: [UInt8]) -> [UInt8] {
        if isRaw(text) { return text }
        var out = text
        var at = 0
        while at + 1 < out.count {
            guard out[at] == backslash else {
                at += 1
                continue
            }
            let digits: Int
            switch out[at + 1] {
            case UInt8(ascii: "x"): digits = 2
            case UInt8(ascii: "u"): digits = 4
            case UInt8(ascii: "U"): digits = 8
            default: digits = 0
            }
            at += 2
            guard digits > 0, at + digits <= out.count, out[at..<(at + digits)].allSatisfy(isHexadecimal) else {
                continue
            }
            for place in at..<(at + digits) where out[place] >= 0x41 && out[place] <= 0x46 { out[place] |= 0x20 }
            at += digits
        }
        return out
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    // MARK: - Quotes

    static func normalizedQuotes(_ text: [UInt8]) -> [UInt8] {
        let start = text.firstIndex { $0 == double || $0 == UInt8(ascii: "'") } ?? 0
        let old = text[start]
        let width = text.count >= start + 6 && text[start + 1] == old && text[start + 2] == old ? 3 : 1
        if width == 3, old == double { return text }
        let new = old == double ? UInt8(ascii: "'") : double
        let newQuote = Array(repeating: new, count: width)
        let oldQuote = Array(repeating: old, count: width)
        let prefix = Array(text[..<start])
        var body = Array(text[(start + width)..<(text.count - width)])

        if isRaw(text) {
            if containsUnescaped(newQuote, in: body) { return text }
            if old == double { return text }
            return prefix + newQuote + body + newQuote
        }
        // Escapes of the quote that need none count for neither side.
        body = removingEscapes(before: newQuote, in: body)
        let same = prefix + oldQuote + body + oldQuote
        var changed = removingEscapes(before: oldQuote, in: body)
        changed = addingEscapes(before: newQuote, in: changed)
        if width == 3, endsInUnescapedQuote(changed) { changed.insert(backslash, at: changed.count - 1) }
        let oldCount = body.count { $0 == backslash }
        let newCount = changed.count { $0 == backslash }
        if newCount > oldCount { return same }
        if newCount == oldCount, old == double { return same }
        return prefix + newQuote + changed + newQuote
    }

    private static func matches(_ quote: [UInt8], in body: [UInt8], at place: Int) -> Bool {
        place + quote.count <= body.count && body[place..<(place + quote.count)].elementsEqual(quote)
    }

    private static func containsUnescaped(_ quote: [UInt8], in body: [UInt8]) -> Bool {
        var at = 0
        while at < body.count {
            if body[at] == backslash {
                at += 2
            } else if matches(quote, in: body, at: at) {
                return true
            } else {
                at += 1
            }
        }
        return false
    }

    /// Takes away the backslash of every escaped quote.
    private static func removingEscapes(before quote: [UInt8], in body: [UInt8]) -> [UInt8] {
        guard body.contains(backslash) else { return body }
        var out: [UInt8] = []
        var at = 0
        while at < body.count {
            if body[at] == backslash, at + 1 < body.count {
                if matches(quote, in: body, at: at + 1) {
                    out.append(contentsOf: quote)
                    at += 1 + quote.count
                } else {
                    out.append(backslash)
                    out.append(body[at + 1])
                    at += 2
                }
            } else {
                out.append(body[at])
                at += 1
            }
        }
        return out
    }

    private static func addingEscapes(before quote: [UInt8], in body: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var at = 0
        while at < body.count {
            if body[at] == backslash, at + 1 < body.count {
                out.append(backslash)
                out.append(body[at + 1])
                at += 2
            } else if matches(quote, in: body, at: at) {
                out.append(backslash)
                out.append(contentsOf: quote)
                at += quote.count
            } else {
                out.append(body[at])
                at += 1
            }
        }
        return out
    }

    private static func endsInUnescapedQuote(_ body: [UInt8]) -> Bool {
        guard body.last == double else { return false }
        let run = body.dropLast().reversed().prefix { $0 == backslash }.count
        return run % 2 == 0
    }
}
