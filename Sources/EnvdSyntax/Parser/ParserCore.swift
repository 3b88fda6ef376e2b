// The parser's ground: looking at tokens, finishing nodes, reporting, and skipping what fits nowhere.
//
// The parser never fails. Where something is missing it makes an empty ErrorExpr; where something is too much it puts
// the tokens into one. A mistake is reported once: tokens that the lexer has flagged as recovered, the inside of a
// bracket that is never closed, lines with an unclosed string, and all up to `quietUntil` stay silent.

extension ChunkParser {
    /// Where a node begins, remembered before its first token is taken.
    struct Mark {
        var token: Int
        var node: Int
    }

    @inline(__always) var kind: SyntaxKind { tokens.base[current].kind }
    @inline(__always) func kind(ahead distance: Int) -> SyntaxKind { tokens.base[current &+ distance].kind }
    @inline(__always) func mark() -> Mark { Mark(token: current, node: nodes.count) }
    @inline(__always) mutating func bump() { current &+= 1 }

    /// Makes a node of all tokens and finished nodes since the mark.
    @inline(__always)
    mutating func finish(_ kind: SyntaxKind, _ mark: Mark) {
        nodes.append(
            PendingNode(
                kind: kind, firstToken: UInt32(truncatingIfNeeded: mark.token),
                tokenEnd: UInt32(truncatingIfNeeded: current),
                size: UInt32(truncatingIfNeeded: nodes.count &- mark.node &+ 1)))
    }

    @inline(__always)
    mutating func take(_ expected: SyntaxKind) -> Bool {
        if kind == expected {
            bump()
            return true
        }
        return false
    }

    mutating func parseChunk() {
        let count = tokens.count
        // Looking ahead never leaves the array: two ends of file stand behind it.
        for _ in 0..<2 { tokens.append(TokenWord(kind: .eof, start: position - chunkStart, length: 0)) }
        tokens.truncate(to: count)
        current = 0
        nodes.removeAll()
        nesting = 0
        unclosedNesting = 0
        quietUntil = 0
        stringLine = 0..<0
        lastColonArgument = -1
        joinedElement = -1
        brokenList = -1
        let lexed = diagnostics.count
        lexedDiagnostics = lexed
        while current < count {
            if kind == .eof {
                bump()
            } else {
                parseStatement()
            }
        }
        sortDiagnostics(from: lexed)
        dropExplainedDiagnostics()
    }

    /// Whether something has been reported at a token or behind it.
    func hasFinding(since token: Int) -> Bool {
        // Findings of the parser stand behind those of the lexer, each in order: the last of each is enough.
        let start = tokens.base[token].start
        if diagnostics.count > lexedDiagnostics {
            var last = diagnostics.count - 1
            while last > lexedDiagnostics, diagnostics[last].code.isAboutTarget, last + 4 > diagnostics.count {
                last -= 1
            }
            if diagnostics[last].start >= start, !diagnostics[last].code.isAboutTarget { return true }
        }
        return lexedDiagnostics > 0 && diagnostics[lexedDiagnostics - 1].start >= start
    }

    /// Puts the parser's findings among those of the lexer, by place. Both are nearly in order already.
    private mutating func sortDiagnostics(from first: Int) {
        guard first < diagnostics.count, diagnostics.count > 1 else { return }
        var records = UnsafeMutableBufferPointer(start: diagnostics.base, count: diagnostics.count)
        records.sort {
            ($0.start, $0.length, $0.code.rawValue) < ($1.start, $1.length, $1.code.rawValue)
        }
    }

    // MARK: - Reporting

    /// Whether nothing may be reported at a token.
    private mutating func isQuiet(at token: Int) -> Bool {
        if token < quietUntil || unclosedNesting > 0 || tokens.base[token].isRecovered { return true }
        return hasUnclosedString && lineHasUnclosedString(token)
    }

    /// Whether the logical line of a token holds an unclosed string: its error explains whatever else is wrong there.
    private mutating func lineHasUnclosedString(_ token: Int) -> Bool {
        if !stringLine.contains(token) {
            var start = token
            while start > 0, tokens[start - 1].kind != .newline { start -= 1 }
            var end = token
            stringLineHasUnclosed = false
            while end < tokens.count {
                if tokens[end].kind == .newline, end >= token { break }
                end += 1
            }
            stringLine = start..<(end + 1)
            for index in start..<min(end + 1, tokens.count) where tokens[index].isUnclosedString {
                stringLineHasUnclosed = true
            }
        }
        return stringLineHasUnclosed
    }

    /// Reports the token at the parser's position, or the place before it where a line ends.
    mutating func reportHere(_ code: SyntaxDiagnosticCode, expected: SyntaxKind = .unknown) {
        report(code, atToken: current, expected: expected)
    }

    mutating func report(_ code: SyntaxDiagnosticCode, atToken token: Int, expected: SyntaxKind = .unknown) {
        if isQuiet(at: token) { return }
        let found = tokens.base[token]
        if found.kind.isLayout {
            let place = token > 0 ? end(ofToken: token - 1) : found.start
            report(code, from: chunkStart + place, length: 0, expected: expected, found: found.kind)
        } else {
            let length = end(ofToken: token) - found.start
            report(code, from: chunkStart + found.start, length: length, expected: expected, found: found.kind)
        }
    }

    /// Reports what is missing directly behind the last token taken.
    mutating func reportMissing(_ expected: SyntaxKind) { reportMissing(expected, before: current) }

    /// Reports what is missing directly behind the token before another.
    mutating func reportMissing(_ expected: SyntaxKind, before token: Int) {
        if isQuiet(at: token) || (token > 0 && tokens[token - 1].isUnclosedString) { return }
        let place = token > 0 ? end(ofToken: token - 1) : tokens[token].start
        report(.expected, from: chunkStart + place, length: 0, expected: expected, found: tokens[token].kind)
    }

    /// The end of a token in bytes from the chunk's beginning.
    func end(ofToken index: Int) -> Int {
        let token = tokens.base[index]
        guard token.shortLength == TokenWord.longLength else { return token.start + token.shortLength }
        for place in 0..<longTokens.count where Int(longTokens[place].token) == index {
            return token.start + Int(longTokens[place].length)
        }
        return token.start
    }

    /// Whether a token has exactly these bytes.
    func token(_ index: Int, is text: StaticString) -> Bool {
        let token = tokens.base[index]
        guard token.shortLength == text.utf8CodeUnitCount else { return false }
        for place in 0..<text.utf8CodeUnitCount
        where self.text[chunkStart + token.start + place] != text.utf8Start[place] { return false }
        return true
    }

    // MARK: - Skipping

    /// An empty node where an expression is missing.
    mutating func missingExpression() { finish(.errorExpr, mark()) }

    /// Skips to where a list inside brackets can go on: a comma or closing bracket of its own level, or the line's end.
    mutating func skipInBrackets(stopAtComma: Bool) {
        var depth = 0
        while true {
            let token = tokens.base[current]
            if token.kind.isLayout { return }
            if token.kind.isOpenBracket {
                if !token.isRecovered { depth += 1 }
            } else if token.kind.isCloseBracket {
                if depth == 0 { return }
                depth -= 1
            } else if token.kind == .comma, stopAtComma, depth == 0 {
                return
            }
            bump()
        }
    }

    /// Skips to the end of the line, and at `;` or `:` where asked for.
    mutating func skipInLine(stopAtColon: Bool = false) {
        var depth = 0
        while !kind.isLayout {
            if depth <= 0, kind == .semicolon || (stopAtColon && kind == .colon && kind(ahead: 1).isLayout) { return }
            if kind.isOpenBracket { depth += 1 }
            if kind.isCloseBracket { depth -= 1 }
            bump()
        }
    }

    /// Skips a whole statement with its block: the rest of the line, and the indented lines below it.
    mutating func skipStatement() {
        var depth = 0
        while current < tokens.count, kind != .eof {
            let kind = kind
            bump()
            if kind == .indent {
                depth += 1
            } else if kind == .dedent {
                depth -= 1
                if depth == 0 { return }
            } else if kind == .newline, depth == 0, self.kind != .indent {
                return
            }
            if depth == 0, self.kind == .dedent { return }
        }
    }
}
