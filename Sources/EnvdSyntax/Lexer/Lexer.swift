// The lexer: from the bytes of one chunk to its tokens. It decides layout (line ends, blocks, where the chunk ends);
// BracketRecovery.swift decides what an unclosed bracket takes with it, StringLexer.swift the same for strings.

extension ChunkParser {
    mutating func resetLexer(at start: Int, isFileStart: Bool) {
        chunkStart = start
        position = start
        furthest = start
        tokens.removeAll()
        longTokens.removeAll()
        indentation.removeAll()
        indentation.append(Indentation(column: 0, width: 0))
        brackets.removeAll()
        openCounts = (0, 0, 0)
        commentLines.removeAll()
        plannedCuts.removeAll()
        nextCut = 0
        earliestEnd = 0
        lineColumn = 0
        isTooDeep = false
        hasUnclosedString = false
        hasStrayBracket = false
        nextNewlineIsRecovered = false
        tokensBeforeBracketedLine = -1
        diagnostics.removeAll()
        hasByteOrderMark =
            isFileStart && text[start] == 0xEF && text[start + 1] == 0xBB && text[start + 2] == 0xBF
        if hasByteOrderMark { position += 3 }
    }

    // MARK: - Lines and blocks

    /// Lexes one chunk from `position`; afterwards `position` is its end.
    mutating func lexChunk() {
        var endsInDecorator = false
        while true {
            let (indentation, isEndOfFile) = skipToLogicalLine()
            let column = indentation.column
            if isEndOfFile {
                if tokens.isEmpty {
                    append(.eof, from: position, to: position)
                } else {
                    furthest = max(furthest, position)
                    position = closeBlocks(downTo: 0)
                }
                return
            }
            if !tokens.isEmpty, column == 0, position >= earliestEnd, !endsInDecorator, !atContinuedClause() {
                furthest = max(furthest, position)
                position = closeBlocks(downTo: 0)
                return
            }
            openOrCloseBlocks(indentation)
            commentLines.removeAll()
            lineColumn = column
            endsInDecorator = column == 0 && text[position] == UInt8(ascii: "@")
            lexLogicalLine()
        }
    }

    /// Moves over blank lines and comment lines to the first token of the next logical line.
    private mutating func skipToLogicalLine() -> (Indentation, isEndOfFile: Bool) {
        while true {
            let start = position
            let column = skipIndentation()
            let width = position &- start
            let byte = text[position]
            if byte == UInt8(ascii: "#") {
                skipComment()
                skipLineBreak()
                commentLines.append(CommentLine(width: width, end: position))
            } else if byte == 0x0A || byte == 0x0D {
                skipLineBreak()
            } else if byte == UInt8(ascii: "\\"), column == 0, indentation.count == 1, skipJoinedBlankLine() {
                continue
            } else {
                return (Indentation(column: column, width: width), byte == 0 && position >= end)
            }
        }
    }

    /// Moves over a line that has nothing on it but a line join, and whose next line is blank: starlark-go takes it for an
    /// empty statement, at the top level only.
    private mutating func skipJoinedBlankLine() -> Bool {
        let start = position
        while text[position] == UInt8(ascii: "\\"), text[position + 1] == 0x0A || text[position + 1] == 0x0D {
            position += 1
            skipLineBreak()
            _ = skipIndentation()
        }
        if text[position] == 0x0A || text[position] == 0x0D {
            skipLineBreak()
            return true
        }
        furthest = max(furthest, position)
        position = start
        return false
    }

    /// Moves over the blanks at the beginning of a line; the column as starlark-go counts it: a tab goes to the next
    /// multiple of eight *characters*, so two tabs are fifteen columns wide.
    @inline(__always)
    mutating func skipIndentation() -> Int {
        var column = 0
        let start = position
        while true {
            let byte = text[position]
            if byte == UInt8(ascii: " ") {
                column &+= 1
            } else if byte == UInt8(ascii: "\t") {
                column &+= 8 &- (position &- start) % 8
            } else {
                return column
            }
            position &+= 1
        }
    }

    @inline(__always)
    mutating func skipComment() {
        while true {
            while classes[Int(text[position])] & ByteClass.stopsComment == 0 { position &+= 1 }
            if text[position] != 0 || position >= end { return }
            position &+= 1
        }
    }

    @inline(__always)
    mutating func skipLineBreak() {
        if text[position] == 0x0D {
            position &+= 1
            if text[position] == 0x0A { position &+= 1 }
        } else if text[position] == 0x0A {
            position &+= 1
        }
    }

    /// Whether the line at `position` goes on with the statement above although it begins at column 0.
    private mutating func atContinuedClause() -> Bool {
        // A closing bracket begins no statement: what is wrong with it is wrong with the statement above.
        if classes[Int(text[position])] & ByteClass.classMask == ByteClass.close { return true }
        guard text[position] == UInt8(ascii: "e") || text[position] == UInt8(ascii: "f") else { return false }
        switch peekWord(at: position) {
        case .elseKeyword, .elifKeyword, .exceptKeyword, .finallyKeyword: return true
        default: return false
        }
    }

    /// The keyword at a position, or `.identifier` for any other word.
    func peekWord(at start: Int) -> SyntaxKind {
        var length = 0
        var word: UInt64 = 0
        while classes[Int(text[start + length])] & ByteClass.continuesName != 0 {
            if length == 8 { return .identifier }
            word |= UInt64(text[start + length]) << UInt64(8 * length)
            length += 1
        }
        return keywords.kind(of: word)
    }

    private mutating func openOrCloseBlocks(_ line: Indentation) {
        let column = line.column
        let innermost = indentation.last.column
        if column > innermost {
            if indentation.count > SyntaxLimits.indentation {
                if !isTooDeep { report(.tooDeep, from: position, length: 1) }
                isTooDeep = true
                if !tokens.isEmpty { tokens.base[tokens.count - 1].isRecovered = true }
            } else {
                indentation.append(line)
                append(.indent, from: position, to: position)
            }
        } else if column < innermost {
            _ = closeBlocks(downTo: column)
        }
    }

    /// Closes the blocks whose column is greater. A comment line that is indented as far as a block still belongs to it:
    /// by characters, be they tabs or blanks, as black counts there.
    ///
    /// - Returns: the position behind the last token and the comments that go with it.
    private mutating func closeBlocks(downTo column: Int) -> Int {
        var place = endOfLastToken
        var comment = 0
        while column < indentation.last.column {
            let outer = indentation[indentation.count - 2].column
            if column > outer {
                report(.inconsistentDedent, from: position, length: 1)
                // `else` goes on with the statement whose block it ends; anything else is taken to be in the block.
                if atContinuedClause() {
                    append(.dedent, from: place, to: place)
                    indentation.removeLast()
                } else {
                    indentation[indentation.count - 1].column = column
                }
                break
            }
            while comment < commentLines.count, commentLines[comment].width >= indentation.last.width {
                place = commentLines[comment].end
                comment += 1
            }
            append(.dedent, from: place, to: place)
            indentation.removeLast()
        }
        return place
    }

    /// The position behind the last token.
    var endOfLastToken: Int {
        guard !tokens.isEmpty else { return chunkStart }
        let token = tokens.last
        if token.shortLength == TokenWord.longLength {
            return chunkStart + token.start + Int(longTokens.last.length)
        }
        return chunkStart + token.start + token.shortLength
    }

    // MARK: - Tokens

    @inline(__always)
    mutating func append(_ kind: SyntaxKind, from start: Int, to end: Int, isRecovered: Bool = false) {
        var length = end &- start
        if length >= TokenWord.longLength {
            longTokens.append(LongToken(token: UInt32(tokens.count), length: UInt32(length)))
            length = TokenWord.longLength
        }
        tokens.append(TokenWord(kind: kind, start: start &- chunkStart, length: length, isRecovered: isRecovered))
    }

    mutating func report(
        _ code: SyntaxDiagnosticCode, from start: Int, length: Int, expected: SyntaxKind = .unknown,
        found: SyntaxKind = .unknown
    ) {
        diagnostics.append(
            DiagnosticRecord(
                start: UInt32(truncatingIfNeeded: start - chunkStart), length: UInt32(truncatingIfNeeded: length),
                code: code, expected: expected, found: found))
    }

    /// Lexes from the first token of a logical line to its line break.
    private mutating func lexLogicalLine() {
        while true {
            let start = position
            let byte = text[start]
            switch classes[Int(byte)] & ByteClass.classMask {
            case ByteClass.blank:
                position &+= 1

            case ByteClass.name:
                var at = start &+ 1
                while classes[Int(text[at])] & ByteClass.continuesName != 0 { at &+= 1 }
                let next = text[at]
                if next >= 0x80 {
                    at = endOfUnicodeName(from: at)
                } else if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'"), isStringPrefix(from: start, to: at) {
                    lexString(from: start, quoteAt: at)
                    continue
                }
                position = at
                let length = at &- start
                var kind = SyntaxKind.identifier
                if length <= 8, length >= 2 {
                    let word = UnsafeRawPointer(text + start).loadUnaligned(as: UInt64.self)
                    kind = keywords.kind(of: word & (UInt64.max >> UInt64(64 &- 8 &* length)))
                    if kind != .identifier, !brackets.isEmpty, statementBeginsHere(kind, at: start) {
                        resolveUnclosedBrackets(at: start)
                        continue
                    }
                }
                append(kind, from: start, to: at)

            case ByteClass.quote:
                lexString(from: start, quoteAt: start)

            case ByteClass.single:
                position = start &+ 1
                lexSingle(byte, at: start)

            case ByteClass.open:
                position = start &+ 1
                openBracket(byte, at: start)

            case ByteClass.close:
                position = start &+ 1
                closeBracket(byte, at: start)

            case ByteClass.operator:
                lexOperator(byte, at: start)

            case ByteClass.dot:
                lexDot(at: start)

            case ByteClass.digit:
                lexNumber(at: start)

            case ByteClass.lineBreak:
                skipLineBreak()
                if brackets.isEmpty {
                    append(.newline, from: start, to: position, isRecovered: takeRecoveredNewline())
                    return
                }
                if enterBracketedLine() { continue }

            case ByteClass.hash:
                skipComment()

            case ByteClass.backslash:
                position = start &+ 1
                let next = text[position]
                if next == 0x0A || next == 0x0D {
                    skipLineBreak()
                } else {
                    report(.strayBackslash, from: start, length: 1)
                    append(.unknown, from: start, to: position, isRecovered: true)
                }

            case ByteClass.high:
                let at = endOfUnicodeName(from: start)
                if at > start {
                    position = at
                    append(.identifier, from: start, to: at)
                } else {
                    lexUnknown(at: start)
                }

            default:
                if byte == 0, start >= end {
                    if !brackets.isEmpty {
                        resolveUnclosedBrackets(at: start)
                        continue
                    }
                    append(.newline, from: start, to: start, isRecovered: takeRecoveredNewline())
                    return
                }
                lexUnknown(at: start)
            }
        }
    }

    // MARK: - Names

    /// Where a name with letters beyond ASCII ends; `start` itself where no letter stands there. A letter is what
    /// Go's `unicode.IsLetter` takes for one: the general categories Lu, Ll, Lt, Lm and Lo.
    private func endOfUnicodeName(from start: Int) -> Int {
        var at = start
        while true {
            let byte = text[at]
            if classes[Int(byte)] & ByteClass.continuesName != 0, at > start || byte < 0x30 || byte > 0x39 {
                at += 1
            } else if byte >= 0x80, let (scalar, length) = decodeScalar(at: at), scalar.isStarlarkLetter {
                at += length
            } else {
                return at
            }
        }
    }

    /// The scalar at a position, or nil where the bytes are no UTF-8.
    func decodeScalar(at position: Int) -> (Unicode.Scalar, length: Int)? {
        decodeUTF8Scalar(UnsafeBufferPointer(start: text + position, count: max(0, end - position)))
    }

    /// One token for a run of bytes that can begin no token.
    private mutating func lexUnknown(at start: Int) {
        var at = start
        var code = SyntaxDiagnosticCode.unknownCharacter
        while at < end {
            let byte = text[at]
            if byte < 0x80 {
                guard at == start || classes[Int(byte)] & ByteClass.classMask == ByteClass.other else { break }
                at += 1
            } else if let (scalar, length) = decodeScalar(at: at) {
                guard !scalar.isStarlarkLetter || at == start else { break }
                at += length
            } else {
                if at == start { code = .invalidUTF8 }
                at += 1
            }
        }
        position = at
        report(code, from: start, length: at - start)
        append(.unknown, from: start, to: at, isRecovered: true)
    }

    // MARK: - Punctuation

    @inline(__always)
    private mutating func lexSingle(_ byte: UInt8, at start: Int) {
        var kind: SyntaxKind
        switch byte {
        case UInt8(ascii: ","): kind = .comma
        case UInt8(ascii: ":"): kind = .colon
        case UInt8(ascii: ";"): kind = .semicolon
        case UInt8(ascii: "~"): kind = .tilde
        case UInt8(ascii: "@"): kind = .at
        default: kind = .question
        }
        if text[position] == UInt8(ascii: "=") {
            if kind == .colon, brackets.isEmpty || text[position + 1] != UInt8(ascii: "=") {
                kind = .colonEqual
                position &+= 1
            } else if kind == .at {
                kind = .atEqual
                position &+= 1
            }
        }
        append(kind, from: start, to: position)
    }

    private mutating func lexDot(at start: Int) {
        let next = text[start + 1]
        if next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") {
            lexNumber(at: start)
        } else if next == UInt8(ascii: "."), text[start + 2] == UInt8(ascii: ".") {
            position = start + 3
            append(.ellipsis, from: start, to: position)
        } else {
            position = start + 1
            append(.dot, from: start, to: position)
        }
    }

    @inline(__always)
    private mutating func lexOperator(_ byte: UInt8, at start: Int) {
        let next = text[start &+ 1]
        if byte == UInt8(ascii: "="), next != UInt8(ascii: "=") {
            position = start &+ 1
            append(.equal, from: start, to: position)
            return
        }
        let third = text[start &+ 2]
        let equal = UInt8(ascii: "=")
        var (kind, length) = (SyntaxKind.unknown, 1)
        switch byte {
        case UInt8(ascii: "="): (kind, length) = (.equalEqual, 2)
        case UInt8(ascii: "+"):
            (kind, length) =
                next == equal ? (.plusEqual, 2) : isIncrement(byte, at: start) ? (.plusPlus, 2) : (.plus, 1)
        case UInt8(ascii: "-"):
            (kind, length) =
                next == equal
                ? (.minusEqual, 2)
                : next == UInt8(ascii: ">")
                    ? (.arrow, 2) : isIncrement(byte, at: start) ? (.minusMinus, 2) : (.minus, 1)
        case UInt8(ascii: "*"):
            if next == byte {
                (kind, length) = third == equal ? (.starStarEqual, 3) : (.starStar, 2)
            } else {
                (kind, length) = next == equal ? (.starEqual, 2) : (.star, 1)
            }
        case UInt8(ascii: "/"):
            if next == byte {
                (kind, length) = third == equal ? (.slashSlashEqual, 3) : (.slashSlash, 2)
            } else {
                (kind, length) = next == equal ? (.slashEqual, 2) : (.slash, 1)
            }
        case UInt8(ascii: "%"): (kind, length) = next == equal ? (.percentEqual, 2) : (.percent, 1)
        case UInt8(ascii: "&"):
            (kind, length) =
                next == equal ? (.ampersandEqual, 2) : next == byte ? (.ampersandAmpersand, 2) : (.ampersand, 1)
        case UInt8(ascii: "|"):
            (kind, length) = next == equal ? (.pipeEqual, 2) : next == byte ? (.pipePipe, 2) : (.pipe, 1)
        case UInt8(ascii: "^"): (kind, length) = next == equal ? (.caretEqual, 2) : (.caret, 1)
        case UInt8(ascii: "<"):
            if next == byte {
                (kind, length) = third == equal ? (.lessLessEqual, 3) : (.lessLess, 2)
            } else {
                (kind, length) =
                    next == equal ? (.lessEqual, 2) : next == UInt8(ascii: ">") ? (.lessGreater, 2) : (.less, 1)
            }
        case UInt8(ascii: ">"):
            if next == byte {
                (kind, length) = third == equal ? (.greaterGreaterEqual, 3) : (.greaterGreater, 2)
            } else {
                (kind, length) = next == equal ? (.greaterEqual, 2) : (.greater, 1)
            }
        default: (kind, length) = next == equal ? (.notEqual, 2) : (.exclamation, 1)
        }
        position = start &+ length
        append(kind, from: start, to: position)
    }

    /// `x++` at the end of a line. Elsewhere `++` is two unary operators.
    private func isIncrement(_ byte: UInt8, at start: Int) -> Bool {
        guard text[start + 1] == byte, !tokens.isEmpty, tokens.last.kind == .identifier else { return false }
        var at = start + 2
        while classes[Int(text[at])] & ByteClass.classMask == ByteClass.blank { at += 1 }
        let next = text[at]
        return next == 0x0A || next == 0x0D || next == UInt8(ascii: ";") || next == UInt8(ascii: "#")
            || (next == 0 && at >= end)
    }
}

extension Unicode.Scalar {
    /// What Go's `unicode.IsLetter` takes for a letter.
    var isStarlarkLetter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
}

/// The first scalar of the bytes, or nil where they are no well-formed UTF-8.
func decodeUTF8Scalar(_ bytes: UnsafeBufferPointer<UInt8>) -> (Unicode.Scalar, length: Int)? {
    guard let first = bytes.first else { return nil }
    let length: Int
    var value: UInt32
    switch first {
    case 0x00...0x7F: return (Unicode.Scalar(first), 1)
    case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
    default: return nil
    }
    guard bytes.count >= length else { return nil }
    for index in 1..<length {
        guard bytes[index] & 0xC0 == 0x80 else { return nil }
        value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
}
