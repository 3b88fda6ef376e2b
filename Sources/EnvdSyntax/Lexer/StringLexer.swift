// Strings, and what an unclosed one takes with it: a single-quoted string ends with its line; a triple-quoted one before
// the first line that looks like the next statement.

extension ChunkParser {
    /// Whether the letters before a quote are a prefix of the string. Those of Python count, to say so.
    func isStringPrefix(from start: Int, to end: Int) -> Bool {
        guard end - start <= 2 else { return false }
        for place in start..<end {
            switch text[place] | 0x20 {
            case UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "u"), UInt8(ascii: "t"): continue
            default: return false
            }
        }
        return true
    }

    /// Lexes a string whose prefix begins at `start` and whose opening quote stands at `quoteAt`.
    mutating func lexString(from start: Int, quoteAt: Int) {
        let quote = text[quoteAt]
        var kind = SyntaxKind.string
        var isRaw = false
        if quoteAt > start { (kind, isRaw) = readPrefix(from: start, to: quoteAt) }
        if text[quoteAt + 1] == quote, text[quoteAt + 2] == quote {
            lexTripleQuoted(kind, isRaw: isRaw, from: start, quoteAt: quoteAt)
            return
        }
        var at = quoteAt &+ 1
        var hasEscapes = false
        while true {
            while classes[Int(text[at])] & ByteClass.stopsString == 0 { at &+= 1 }
            let byte = text[at]
            if byte == quote { break }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                at &+= 1
                if text[at] == 0x0D, text[at + 1] == 0x0A {
                    at &+= 2
                } else if text[at] != 0 || at < end {
                    at &+= 1
                }
            } else if byte == 0x0A || byte == 0x0D || (byte == 0 && at >= end) {
                position = at
                hasUnclosedString = true
                report(.unclosedString, from: quoteAt, length: 1)
                append(kind, from: start, to: at, isRecovered: true)
                return
            } else {
                at &+= 1
            }
        }
        position = at &+ 1
        if hasEscapes, !isRaw { checkEscapes(from: quoteAt + 1, to: at, isBytes: kind == .bytes) }
        append(kind, from: start, to: position)
    }

    private mutating func lexTripleQuoted(_ kind: SyntaxKind, isRaw: Bool, from start: Int, quoteAt: Int) {
        let quote = text[quoteAt]
        var at = quoteAt + 3
        var hasEscapes = false
        var isMultiline = false
        while true {
            while classes[Int(text[at])] & ByteClass.stopsString == 0 { at &+= 1 }
            let byte = text[at]
            if byte == quote, text[at + 1] == quote, text[at + 2] == quote {
                break
            } else if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                at += 1
                if text[at] != 0 || at < end { at += 1 }
            } else if byte == 0, at >= end {
                endUnclosedTriple(kind, from: start, quoteAt: quoteAt, lookedTo: at)
                return
            } else {
                isMultiline = isMultiline || byte == 0x0A || byte == 0x0D
                at += 1
            }
        }
        if isMultiline, closesSomeoneElse(quotesAt: at, openedAt: quoteAt),
            firstStatementLine(from: quoteAt + 3, to: at) != nil
        {
            endUnclosedTriple(kind, from: start, quoteAt: quoteAt, lookedTo: at)
            return
        }
        position = at + 3
        if hasEscapes, !isRaw { checkEscapes(from: quoteAt + 3, to: at, isBytes: kind == .bytes) }
        append(kind, from: start, to: position)
    }

    // MARK: - Prefixes

    private mutating func readPrefix(from start: Int, to quoteAt: Int) -> (SyntaxKind, isRaw: Bool) {
        var kind = SyntaxKind.string
        var isRaw = false
        var isForeign = false
        for place in start..<quoteAt {
            switch text[place] | 0x20 {
            case UInt8(ascii: "r"): isRaw = true
            case UInt8(ascii: "b"): kind = .bytes
            case UInt8(ascii: "f"), UInt8(ascii: "t"): kind = .formattedString
            default: isForeign = true
            }
            if text[place] & 0x20 == 0 { isForeign = true }
        }
        // Starlark knows r, b and rb; Python also br, upper case, and u.
        if quoteAt - start == 2, text[start] != UInt8(ascii: "r") || text[start + 1] != UInt8(ascii: "b") {
            isForeign = true
        }
        if kind == .formattedString {
            report(.foreignFString, from: start, length: quoteAt - start)
        } else if isForeign {
            report(.foreignStringPrefix, from: start, length: quoteAt - start)
        }
        return (kind, isRaw)
    }

    // MARK: - Unclosed triple quotes

    /// Ends a triple-quoted string that is not closed: before the first line in it that looks like a statement, else
    /// with the last text before `limit`.
    private mutating func endUnclosedTriple(_ kind: SyntaxKind, from start: Int, quoteAt: Int, lookedTo limit: Int) {
        furthest = max(furthest, limit)
        var stop = firstStatementLine(from: quoteAt + 3, to: limit) ?? limit
        while stop > quoteAt + 3, isBlankOrBreak(text[stop - 1]) { stop -= 1 }
        position = stop
        hasUnclosedString = true
        report(.unclosedTripleString, from: quoteAt, length: 3)
        append(kind, from: start, to: stop, isRecovered: true)
    }

    private func isBlankOrBreak(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    /// Whether closing quotes look as if they open another string: an operand follows on their line, or they come
    /// first on the line below the header of a function, as a docstring does.
    private func closesSomeoneElse(quotesAt at: Int, openedAt: Int) -> Bool {
        var next = at + 3
        while text[next] == 0x20 || text[next] == 0x09 { next += 1 }
        switch classes[Int(text[next])] & ByteClass.classMask {
        case ByteClass.name, ByteClass.high:
            return !peekWord(at: next).followsOperand
        case ByteClass.digit, ByteClass.quote: return true
        default: break
        }
        var before = at - 1
        while before > openedAt, text[before] == 0x20 || text[before] == 0x09 { before -= 1 }
        guard text[before] == 0x0A || text[before] == 0x0D else { return false }
        while before > openedAt, isBlankOrBreak(text[before]) { before -= 1 }
        guard text[before] == UInt8(ascii: ":") else { return false }
        if text[before - 1] == UInt8(ascii: ")") { return true }
        var lineStart = before
        while lineStart > openedAt, text[lineStart - 1] != 0x0A, text[lineStart - 1] != 0x0D { lineStart -= 1 }
        while text[lineStart] == 0x20 || text[lineStart] == 0x09 { lineStart += 1 }
        return peekWord(at: lineStart) == .defKeyword
    }

    /// The beginning of the first line between the positions that looks like a statement and stands no deeper than
    /// the line in which the string begins.
    private func firstStatementLine(from start: Int, to limit: Int) -> Int? {
        var at = start
        while at < limit {
            while at < limit, text[at] != 0x0A, text[at] != 0x0D { at += 1 }
            guard at < limit else { return nil }
            at += 1
            let lineStart = at
            while text[at] == 0x20 || text[at] == 0x09 { at += 1 }
            guard at < limit, at - lineStart <= lineColumn else { continue }
            if textLooksLikeStatement(at: at, limit: limit) { return lineStart }
        }
        return nil
    }

    /// `def name`, `class name`, `load(`, `@`, `name(`, `a.b(` or `name =` at a position of the text.
    func textLooksLikeStatement(at start: Int, limit: Int, allowsAssignment: Bool = true) -> Bool {
        if text[start] == UInt8(ascii: "@") { return true }
        guard classes[Int(text[start])] & ByteClass.classMask == ByteClass.name else { return false }
        let keyword = peekWord(at: start)
        var at = start
        func skipName() {
            while at < limit, classes[Int(text[at])] & ByteClass.continuesName != 0 { at += 1 }
        }
        skipName()
        if keyword == .defKeyword || keyword == .classKeyword {
            return text[at] == 0x20
                && classes[Int(text[at + 1])] & ByteClass.classMask == ByteClass.name
        }
        if keyword == .loadKeyword { return text[at] == UInt8(ascii: "(") }
        guard keyword == .identifier else { return false }
        while text[at] == UInt8(ascii: "."), classes[Int(text[at + 1])] & ByteClass.classMask == ByteClass.name {
            at += 1
            skipName()
        }
        if at < limit, text[at] == UInt8(ascii: "(") { return true }
        guard allowsAssignment else { return false }
        while text[at] == 0x20 { at += 1 }
        return at < limit && text[at] == UInt8(ascii: "=") && text[at + 1] != UInt8(ascii: "=")
    }

    // MARK: - Escapes

    /// Reports the first escape that Starlark does not know. It is stricter than Python: `"\d"` is an error.
    private mutating func checkEscapes(from start: Int, to end: Int, isBytes: Bool) {
        let body = UnsafeBufferPointer(start: text + start, count: end - start)
        if let (offset, length) = StringLiteral.firstInvalidEscape(in: body, isBytes: isBytes) {
            report(.invalidEscape, from: start + offset, length: length)
        }
    }
}
