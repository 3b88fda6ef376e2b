// What stands between brackets: tuples, lists, dictionaries, comprehensions and arguments.

extension ChunkParser {
    // MARK: - Lists in general

    /// Notes that the parser is inside the bracket at a token.
    mutating func openList(_ open: Int) {
        if tokens.base[open].isRecovered { unclosedNesting += 1 }
    }

    /// Takes the closing bracket; where something else stands, skips to it.
    mutating func closeList(_ open: Int, with closer: SyntaxKind) {
        let isUnclosed = tokens.base[open].isRecovered
        defer { if isUnclosed { unclosedNesting -= 1 } }
        if kind == closer {
            if !isUnclosed { bump() }
            return
        }
        if isUnclosed { return }
        if kind.isCloseBracket, tokens.base[current].isRecovered {
            bump()
            return
        }
        let junk = mark()
        if !(current > 0 && tokens[current - 1].isUnclosedString) {
            reportHere(foreignCode(for: kind) ?? .expected, expected: closer)
        }
        skipInBrackets(stopAtComma: false)
        if current > junk.token { finish(.errorExpr, junk) }
        if kind == closer || (kind.isCloseBracket && tokens.base[current].isRecovered) { bump() }
    }

    /// After an element of the list that a bracket opens.
    ///
    /// - Returns: whether another element may follow.
    private mutating func takeSeparator(_ closer: SyntaxKind, open: Int) -> Bool {
        if kind == .comma {
            bump()
            return kind != closer && !kind.isLayout
        }
        if kind == closer || kind.isLayout || kind.isCloseBracket { return false }
        // One word too many is a mistake, a run of them is the same one; and so in one list for all that is no element.
        if kind.startsOperand {
            if !tokens[current - 1].isUnclosedString, joinedElement < open { reportMissing(.comma) }
            joinedElement = current
            return true
        }
        let junk = mark()
        if brokenList != open { reportHere(foreignCode(for: kind) ?? .expected, expected: closer) }
        brokenList = open
        skipInBrackets(stopAtComma: true)
        finish(.errorExpr, junk)
        if kind == .comma {
            bump()
            return kind != closer && !kind.isLayout
        }
        return false
    }

    /// An element that cannot begin here: an error node up to the next comma, unless one is simply missing.
    private mutating func parseElement(_ closer: SyntaxKind) {
        if kind == .comma {
            reportHere(.expectedExpression)
            missingExpression()
        } else {
            parseTest()
        }
    }

    // MARK: - Parentheses

    mutating func parseParenthesized() {
        let start = mark()
        let open = current
        bump()
        if kind == .rightParen, !tokens.base[open].isRecovered {
            bump()
            finish(.tupleExpr, start)
            return
        }
        openList(open)
        let inner = mark()
        if kind == .yieldKeyword {
            parseYield()
        } else {
            parseElement(.rightParen)
        }
        if kind.startsComprehension {
            parseGeneratorRest(inner)
        } else if kind == .comma || kind.startsOperand {
            while takeSeparator(.rightParen, open: open) { parseElement(.rightParen) }
            finish(.tupleExpr, inner)
        }
        closeList(open, with: .rightParen)
        finish(.parenExpr, start)
    }

    /// A generator expression, from its first `for` on.
    private mutating func parseGeneratorRest(_ inner: Mark) {
        report(.foreignGenerator, atToken: current)
        parseComprehensionClauses()
        finish(.generatorExpr, inner)
    }

    // MARK: - Lists

    mutating func parseBracketed() {
        let start = mark()
        let open = current
        bump()
        openList(open)
        if kind != .rightBracket, !kind.isLayout {
            parseElement(.rightBracket)
            if kind.startsComprehension {
                parseComprehensionClauses()
                closeList(open, with: .rightBracket)
                finish(.listComp, start)
                return
            }
            while takeSeparator(.rightBracket, open: open) { parseElement(.rightBracket) }
        }
        closeList(open, with: .rightBracket)
        finish(.listExpr, start)
    }

    mutating func parseComprehensionClauses() {
        while true {
            let start = mark()
            switch kind {
            case .asyncKeyword where kind(ahead: 1) == .forKeyword:
                reportHere(.foreignAsync)
                bump()
                continue
            case .forKeyword:
                bump()
                parseTargets()
                if take(.inKeyword) {
                    parseBinary(0)
                } else {
                    reportMissing(.inKeyword)
                    missingExpression()
                }
                finish(.compFor, start)
            case .ifKeyword:
                bump()
                parseTestWithoutCondition()
                finish(.compIf, start)
            default: return
            }
        }
    }

    // MARK: - Dictionaries, and the sets of Python

    mutating func parseBraced() {
        let start = mark()
        let open = current
        bump()
        openList(open)
        if kind == .rightBrace || kind.isLayout {
            closeList(open, with: .rightBrace)
            finish(.dictExpr, start)
            return
        }
        // Whether this is a dictionary shows only at the first colon, which may be missing where it should be.
        var hasEntries = false
        var firstBare = -1
        var isExplained = false
        repeat {
            let element = current
            if parseEntry(mark()) {
                hasEntries = true
            } else if firstBare < 0 {
                firstBare = current
                isExplained = nodes.last.kind == .errorExpr || hasFinding(since: element)
            }
            if kind.startsComprehension { break }
        } while takeSeparator(.rightBrace, open: open)
        if firstBare >= 0, !isExplained {
            if hasEntries {
                reportMissing(.colon, before: firstBare)
            } else {
                report(.foreignSet, atToken: open)
            }
        }
        let isDictionary = hasEntries || isExplained
        if kind.startsComprehension {
            parseComprehensionClauses()
            closeList(open, with: .rightBrace)
            finish(isDictionary ? .dictComp : .setComp, start)
            return
        }
        closeList(open, with: .rightBrace)
        finish(isDictionary ? .dictExpr : .setExpr, start)
    }

    /// `key: value`, or an element of a set.
    ///
    /// - Returns: whether it had a colon.
    private mutating func parseEntry(_ start: Mark) -> Bool {
        if kind == .starStar {
            reportHere(.foreignDictUnpack)
            bump()
            parseTest()
            finish(.dictUnpack, start)
            return true
        }
        parseElement(.rightBrace)
        guard kind == .colon || kind == .equal else { return false }
        if kind == .equal { reportHere(.expected, expected: .colon) }
        bump()
        if kind == .comma || kind == .rightBrace {
            reportHere(.expectedExpression)
            missingExpression()
        } else {
            parseTest()
        }
        finish(.dictEntry, start)
        return true
    }

    // MARK: - Arguments

    mutating func parseArgumentList() {
        let start = mark()
        let open = current
        bump()
        if kind == .rightParen, !tokens.base[open].isRecovered {
            bump()
            finish(.argumentList, start)
            return
        }
        openList(open)
        if kind != .rightParen, !kind.isLayout {
            parseArgument()
            while takeSeparator(.rightParen, open: open) { parseArgument() }
        }
        closeList(open, with: .rightParen)
        finish(.argumentList, start)
    }

    private mutating func parseArgument() {
        let start = mark()
        if kind == .star || kind == .starStar {
            bump()
            parseTest()
            finish(.unpackArgument, start)
            return
        }
        if kind(ahead: 1) == .equal, kind == .identifier || kind.isKeyword {
            if kind != .identifier { reportHere(.keywordName) }
            bump()
            bump()
            if kind == .comma || kind == .rightParen {
                reportHere(.expectedExpression)
                missingExpression()
            } else {
                parseTest()
            }
            finish(.keywordArgument, start)
            return
        }
        parseElement(.rightParen)
        if kind.startsComprehension {
            parseGeneratorRest(start)
        } else if kind == .equal {
            reportHere(.expected, expected: .comma)
            bump()
            if !kind.isCloseBracket, kind != .comma { parseTest() }
            finish(.errorExpr, start)
        } else if kind == .colon {
            // One argument of this form is a mistake, several in a row are the same one.
            let isRepeated = lastColonArgument >= 0 && lastColonArgument + 2 >= start.token
            if !isRepeated { reportHere(.expected, expected: .equal) }
            bump()
            if !kind.isCloseBracket, kind != .comma, !kind.isLayout { parseTest() }
            lastColonArgument = current
            finish(.errorExpr, start)
        }
    }
}

extension SyntaxKind {
    /// `for`, or Python's `async for`.
    var startsComprehension: Bool { self == .forKeyword || self == .asyncKeyword }

    /// Whether the token can begin an element of a list, so that a comma is missing before it.
    var startsOperand: Bool {
        switch self {
        case .identifier, .integer, .float, .string, .bytes, .formattedString, .lambdaKeyword, .leftBrace: true
        default: false
        }
    }
}
