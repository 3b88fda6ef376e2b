// What an unclosed bracket takes with it. A well-formed program never gets here; in a broken one the bracket ends
// before the first line that looks like the next statement, and nothing below it is damaged.
//
// That a bracket is unclosed is certain when, inside it, a line begins that cannot go on: two operands in a row at
// the statement's own column, a keyword that only begins statements, or the end of the file. Where it should have
// ended is then looked for backwards, since the lines in between may have been swallowed as arguments:
//
//     install.python_packages(name = ["numpy",      # never closed
//     install.apt_packages(name = ["curl"])         # fits as an element, but stands where a statement would
//     shell("zsh")                                  # here it is certain
//
// All cuts up to that line are planned in one go and the chunk does not end before it, so that the text is lexed at
// most twice however many brackets are open.

extension ChunkParser {
    // MARK: - Opening and closing

    @inline(__always)
    mutating func openBracket(_ byte: UInt8, at start: Int) {
        let kind: SyntaxKind
        switch byte {
        case UInt8(ascii: "("):
            kind = .leftParen
            openCounts.0 &+= 1
        case UInt8(ascii: "["):
            kind = .leftBracket
            openCounts.1 &+= 1
        default:
            kind = .leftBrace
            openCounts.2 &+= 1
        }
        brackets.append(OpenBracket(token: tokens.count, kind: kind))
        append(kind, from: start, to: start &+ 1)
    }

    @inline(__always)
    mutating func closeBracket(_ byte: UInt8, at start: Int) {
        let (kind, opener): (SyntaxKind, SyntaxKind) =
            switch byte {
            case UInt8(ascii: ")"): (.rightParen, .leftParen)
            case UInt8(ascii: "]"): (.rightBracket, .leftBracket)
            default: (.rightBrace, .leftBrace)
            }
        if !brackets.isEmpty, brackets.last.kind == opener {
            popBracket()
            append(kind, from: start, to: start &+ 1)
        } else {
            closeWrongBracket(kind, opener: opener, at: start)
        }
    }

    @inline(__always)
    private mutating func popBracket() {
        switch brackets.last.kind {
        case .leftParen: openCounts.0 &-= 1
        case .leftBracket: openCounts.1 &-= 1
        default: openCounts.2 &-= 1
        }
        brackets.removeLast()
    }

    /// A closing bracket that does not close the innermost open one.
    private mutating func closeWrongBracket(_ kind: SyntaxKind, opener: SyntaxKind, at start: Int) {
        if brackets.isEmpty {
            report(.unmatchedBracket, from: start, length: 1, found: kind)
            hasStrayBracket = true
            append(.unknown, from: start, to: start + 1, isRecovered: true)
            return
        }
        let open =
            switch opener {
            case .leftParen: openCounts.0
            case .leftBracket: openCounts.1
            default: openCounts.2
            }
        if open > 0 {
            // It closes one further out: what is open inside that one was never closed.
            reportUnclosed(brackets.last)
            while brackets.last.kind != opener {
                tokens.base[brackets.last.token].isRecovered = true
                popBracket()
            }
            popBracket()
            append(kind, from: start, to: start + 1)
            return
        }
        if endsStatement(behind: start + 1) {
            // The wrong bracket was typed: it closes all the same.
            report(.wrongBracket, from: start, length: 1, expected: brackets.last.kind.closingBracket, found: kind)
            popBracket()
            append(kind, from: start, to: start + 1, isRecovered: true)
            return
        }
        // Its opening bracket is missing, or went into an unclosed string.
        if !isExplained(brackets.last) { report(.unmatchedBracket, from: start, length: 1, found: kind) }
        hasStrayBracket = true
        append(.unknown, from: start, to: start + 1, isRecovered: true)
    }

    /// Whether the line ends here and the next one goes on where statements of this block stand.
    private mutating func endsStatement(behind start: Int) -> Bool {
        var at = start
        while text[at] == 0x20 || text[at] == 0x09 { at += 1 }
        if text[at] == UInt8(ascii: "#") {
            while classes[Int(text[at])] & ByteClass.stopsComment == 0 { at += 1 }
        }
        while text[at] == 0x0A || text[at] == 0x0D {
            let lineStart = at + 1
            at = lineStart
            while text[at] == 0x20 || text[at] == 0x09 { at += 1 }
            furthest = max(furthest, at)
            if text[at] == 0x0A || text[at] == 0x0D { continue }
            return at - lineStart <= lineColumn && classes[Int(text[at])] & ByteClass.classMask != ByteClass.close
        }
        return text[at] == 0 && at >= end
    }

    /// Whether something reported inside an open bracket explains why it does not close, or closes too early.
    private func isExplained(_ bracket: OpenBracket) -> Bool {
        guard hasUnclosedString || hasStrayBracket else { return false }
        for index in bracket.token..<tokens.count
        where tokens[index].isUnclosedString || (tokens[index].kind == .unknown && tokens[index].isRecovered) {
            return true
        }
        return false
    }

    private mutating func reportUnclosed(_ bracket: OpenBracket) {
        if isExplained(bracket) { return }
        let start = chunkStart + tokens[bracket.token].start
        report(.unclosedBracket, from: start, length: 1, found: bracket.kind)
    }

    // MARK: - Lines inside brackets

    /// At the beginning of a line inside brackets.
    ///
    /// - Returns: whether the brackets were ended there, so that the position went back.
    mutating func enterBracketedLine() -> Bool {
        var column = 0
        while true {
            column = skipIndentation()
            let byte = text[position]
            if byte == UInt8(ascii: "#") {
                skipComment()
                skipLineBreak()
            } else if byte == 0x0A || byte == 0x0D {
                skipLineBreak()
            } else {
                break
            }
        }
        tokensBeforeBracketedLine = tokens.count
        while nextCut < plannedCuts.count, plannedCuts[nextCut] <= position {
            nextCut += 1
            if plannedCuts[nextCut - 1] == position {
                cutBrackets(keeping: tokens.count)
                return true
            }
        }
        guard !tokens.isEmpty else { return false }
        if tokens.last.kind == .colon, column > lineColumn, blockBeginsHere() {
            resolveUnclosedBrackets(at: position)
            return true
        }
        guard column <= lineColumn, tokens.last.kind.endsOperand else { return false }
        switch classes[Int(text[position])] & ByteClass.classMask {
        case ByteClass.name:
            if peekWord(at: position).followsOperand { return false }
        case ByteClass.digit, ByteClass.quote, ByteClass.high: break
        default:
            guard text[position] == UInt8(ascii: "@") else { return false }
        }
        resolveUnclosedBrackets(at: position)
        return true
    }

    /// Whether the line, below one inside parentheses that ends in a colon, begins the block of that line's header.
    private func blockBeginsHere() -> Bool {
        guard brackets.last.kind == .leftParen, openCounts.1 == 0, openCounts.2 == 0, !lambdaEndsHere() else {
            return false
        }
        switch peekWord(at: position) {
        case .ifKeyword, .forKeyword: return true
        default: break
        }
        // "def f(a:" may go on with the type of a and its default, "int = 1": only a call is no type.
        var line = brackets[0].token
        while line > 0, !tokens[line - 1].kind.isLayout { line -= 1 }
        return textLooksLikeStatement(
            at: position, limit: end, allowsAssignment: tokens[line].kind != .defKeyword)
    }

    /// Whether the colon that was read last stands between the parameters of a lambda and its body.
    private func lambdaEndsHere() -> Bool {
        var otherColons = 0
        var depth = 0
        // A lambda with more tokens before its colon is not worth the search.
        let first = max(brackets.last.token + 1, tokens.count - 1000)
        for index in stride(from: tokens.count - 2, through: first, by: -1) {
            let kind = tokens[index].kind
            if kind.isCloseBracket {
                depth += 1
            } else if kind.isOpenBracket {
                depth -= 1
            } else if depth > 0 {
                continue
            } else if kind == .colon {
                otherColons += 1
            } else if kind == .lambdaKeyword {
                if otherColons == 0 { return true }
                otherColons -= 1
            }
        }
        return false
    }

    /// Whether this keyword, inside brackets, shows that a new statement has begun.
    @inline(never)
    func statementBeginsHere(_ kind: SyntaxKind, at start: Int) -> Bool {
        guard tokens.count == tokensBeforeBracketedLine, kind.beginsOnlyStatements, !tokens.isEmpty else {
            return false
        }
        return columnOfLine(at: start) <= lineColumn || tokens.last.kind == .colon
    }

    /// The column of the token that begins a line.
    private func columnOfLine(at start: Int) -> Int {
        var lineStart = start
        while lineStart > chunkStart,
            text[lineStart - 1] == UInt8(ascii: " ") || text[lineStart - 1] == UInt8(ascii: "\t")
        {
            lineStart -= 1
        }
        var column = 0
        for place in lineStart..<start {
            column += text[place] == UInt8(ascii: "\t") ? 8 - (place - lineStart) % 8 : 1
        }
        return column
    }

    // MARK: - Cutting

    /// Ends all open brackets, now that the text at `certain` has shown that they were never closed, and goes back to
    /// where the first of them should have ended.
    mutating func resolveUnclosedBrackets(at certain: Int) {
        furthest = max(furthest, certain)
        earliestEnd = max(earliestEnd, certain)
        plannedCuts.removeAll()
        nextCut = 0
        if certain == end, text[certain] == 0, nextNewlineIsRecovered {
            cutBrackets(keeping: tokens.count)
            return
        }
        var depth = 0
        var column = lineColumn
        var firstCut: Int?
        for index in brackets[0].token..<tokens.count {
            let token = tokens[index]
            if index > brackets[0].token, let tokenColumn = columnIfFirstOnLine(index) {
                if depth == 0 {
                    column = tokenColumn
                } else if tokenColumn <= column, looksLikeStatement(index) {
                    plannedCuts.append(chunkStart + token.start)
                    firstCut = firstCut ?? index
                    depth = 0
                    column = tokenColumn
                }
            }
            if token.kind.isOpenBracket {
                depth += 1
            } else if token.kind.isCloseBracket, depth > 0 {
                depth -= 1
            }
        }
        plannedCuts.append(certain)
        if let firstCut {
            nextCut = 1
            cutBrackets(keeping: firstCut)
        } else {
            nextCut = plannedCuts.count
            cutBrackets(keeping: tokens.count)
        }
    }

    /// Drops all tokens but the first so many, ends the brackets that are open then, and goes on lexing behind them.
    private mutating func cutBrackets(keeping count: Int) {
        if count < tokens.count {
            let cut = UInt32(truncatingIfNeeded: tokens[count].start)
            tokens.truncate(to: count)
            while longTokens.count > 0, longTokens.last.token >= count { longTokens.removeLast() }
            while diagnostics.count > 0, diagnostics.last.start >= cut { diagnostics.removeLast() }
        }
        // Closing brackets behind the cut may have closed some that stand before it: match them anew.
        let first = brackets[0].token
        brackets.removeAll()
        openCounts = (0, 0, 0)
        for index in first..<count {
            let token = tokens[index]
            if token.kind.isOpenBracket {
                if !token.isRecovered { brackets.append(OpenBracket(token: index, kind: token.kind)) }
            } else if token.kind.isCloseBracket, !brackets.isEmpty,
                brackets.last.kind == token.kind.openingBracket || token.isRecovered
            {
                brackets.removeLast()
            }
        }
        if !brackets.isEmpty { reportUnclosed(brackets.last) }
        while !brackets.isEmpty {
            tokens.base[brackets.last.token].isRecovered = true
            brackets.removeLast()
        }
        nextNewlineIsRecovered = true
        tokensBeforeBracketedLine = -1
        position = endOfLastToken
    }

    mutating func takeRecoveredNewline() -> Bool {
        defer { nextNewlineIsRecovered = false }
        return nextNewlineIsRecovered
    }

    /// The column of a token if nothing but blanks stands before it on its line.
    private func columnIfFirstOnLine(_ index: Int) -> Int? {
        let start = chunkStart + tokens[index].start
        var place = start
        while place > chunkStart, text[place - 1] == UInt8(ascii: " ") || text[place - 1] == UInt8(ascii: "\t") {
            place -= 1
        }
        guard place > chunkStart, text[place - 1] == 0x0A || text[place - 1] == 0x0D else { return nil }
        return columnOfLine(at: start)
    }

    /// Whether the tokens from `index` look like the beginning of a statement: `name(`, `a.b(`, `name =`, a keyword
    /// that begins statements, a decorator, or an `if` or `for` whose line ends in a colon.
    private func looksLikeStatement(_ index: Int) -> Bool {
        let kind = tokens[index].kind
        if kind.beginsOnlyStatements || kind == .at { return true }
        if kind == .ifKeyword || kind == .forKeyword {
            var place = index + 1
            while place < tokens.count, columnIfFirstOnLine(place) == nil { place += 1 }
            return tokens[place - 1].kind == .colon
        }
        guard kind == .identifier else { return false }
        var place = index + 1
        while place + 1 < tokens.count, tokens[place].kind == .dot, tokens[place + 1].kind == .identifier { place += 2 }
        guard place < tokens.count else { return false }
        return tokens[place].kind == .leftParen || tokens[place].kind.isAssignment
    }
}

extension SyntaxKind {
    var closingBracket: SyntaxKind {
        switch self {
        case .leftParen: .rightParen
        case .leftBracket: .rightBracket
        default: .rightBrace
        }
    }

    var openingBracket: SyntaxKind {
        switch self {
        case .rightParen: .leftParen
        case .rightBracket: .leftBracket
        default: .leftBrace
        }
    }

    /// `=` and the augmented assignments of the language.
    package var isAssignment: Bool {
        rawValue >= SyntaxKind.equal.rawValue && rawValue <= SyntaxKind.greaterGreaterEqual.rawValue
    }
}

extension TokenWord {
    var isUnclosedString: Bool {
        isRecovered && (kind == .string || kind == .bytes || kind == .formattedString)
    }
}
