// What people type by habit from Python (and C): each form parses to its own node with one finding, and what surrounds
// it is as if it were not there.

extension ChunkParser {
    // MARK: - Expressions

    mutating func parseForeignOperand() {
        let start = mark()
        switch kind {
        case .ellipsis:
            reportHere(.foreignEllipsis)
            bump()
            finish(.literalExpr, start)
        case .star:
            reportHere(.foreignStarred)
            bump()
            parseForeignRest(start, .starredExpr)
        case .awaitKeyword:
            reportHere(.foreignAwait)
            bump()
            parseForeignRest(start, .awaitExpr)
        case .yieldKeyword: parseYield()
        case .exclamation:
            reportHere(.foreignNot)
            bump()
            parseForeignRest(start, .unaryExpr)
        case .lambdaKeyword:
            // "1 + lambda: x": in brackets it would be fine.
            reportHere(.expectedExpression)
            parseLambda(allowsCondition: false)
        case .notKeyword:
            // "a == not b": in brackets it would be fine.
            reportHere(.notWithoutIn)
            bump()
            parseForeignRest(start, .unaryExpr)
        case .starStar:
            reportHere(.foreignDictUnpack)
            bump()
            parseForeignRest(start, .dictUnpack)
        case .unknown:
            while kind == .unknown { bump() }
            if kind.startsOperand || kind.isOpenBracket {
                parseForeignRest(start, .errorExpr)
            } else {
                finish(.errorExpr, start)
            }
        case let word where word.isReservedWord && word != .inKeyword && !word.followsOperand:
            reportHere(.reservedWord)
            bump()
            finish(.errorExpr, start)
        case .plusPlus, .minusMinus, .question, .atEqual, .ampersandAmpersand, .pipePipe:
            reportHere(foreignCode(for: kind) ?? .expectedExpression)
            bump()
            finish(.errorExpr, start)
        default:
            if !(current > 0 && tokens[current - 1].isUnclosedString) { reportHere(.expectedExpression) }
            missingExpression()
        }
    }

    /// The operand of a foreign prefix operator.
    private mutating func parseForeignRest(_ start: Mark, _ node: SyntaxKind) {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > SyntaxLimits.nesting { refuseDepth() } else { parsePostfix() }
        finish(node, start)
    }

    mutating func parseYield() {
        let start = mark()
        reportHere(.foreignYield)
        bump()
        _ = take(.fromKeyword)
        if !kind.endsExpressionList { parseExpressionList(allowsTrailingComma: true) }
        finish(.yieldExpr, start)
    }

    /// The finding for an operator that Starlark does not have.
    func foreignOperatorCode(_ kind: SyntaxKind) -> SyntaxDiagnosticCode? {
        switch kind {
        case .starStar: .foreignPower
        case .at: .foreignMatrixProduct
        case .isKeyword: .foreignIs
        case .ampersandAmpersand, .pipePipe: .foreignLogicalOperator
        case .lessGreater: .foreignNotEqual
        default: nil
        }
    }

    /// The finding for a token that fits nowhere in Starlark, where it stands in nobody's way.
    func foreignCode(for kind: SyntaxKind) -> SyntaxDiagnosticCode? {
        switch kind {
        case .plusPlus, .minusMinus: .foreignIncrement
        case .question: .foreignQuestion
        case .colonEqual: .foreignWalrus
        case .starStarEqual, .atEqual: .foreignAugmented
        case .exclamation: .foreignNot
        default: foreignOperatorCode(kind)
        }
    }

    // MARK: - Simple statements

    mutating func parseImport() -> SyntaxKind {
        reportHere(.foreignImport)
        bump()
        skipInLine()
        return .importStmt
    }

    mutating func parseRaise() -> SyntaxKind {
        reportHere(.foreignRaise)
        bump()
        if !kind.isLayout, kind != .semicolon {
            parseTest()
            if take(.fromKeyword) { parseTest() }
        }
        return .raiseStmt
    }

    mutating func parseDel() -> SyntaxKind {
        reportHere(.foreignDel)
        bump()
        if !kind.isLayout { parseExpressionList(allowsTrailingComma: true) }
        return .delStmt
    }

    mutating func parseGlobal() -> SyntaxKind {
        reportHere(.foreignGlobal)
        bump()
        while kind == .identifier {
            let name = mark()
            bump()
            finish(.nameExpr, name)
            if !take(.comma) { break }
        }
        return .globalStmt
    }

    /// A word with an operand behind it: `assert x`, `print "x"`. `assert` is no keyword of Starlark: it names a module.
    mutating func parseCommandOrAssert() -> SyntaxKind {
        // "x not in y" begins like a command, and is none.
        if kind(ahead: 1) == .notKeyword, kind(ahead: 2) == .inKeyword || !token(current, is: "assert") {
            parseExpressionList(allowsTrailingComma: false)
            return .exprStmt
        }
        let isAssert = token(current, is: "assert")
        let isKnown =
            isAssert || token(current, is: "print") || token(current, is: "exec") || token(current, is: "await")
        guard isKnown || kind(ahead: 1) != .identifier else {
            // Two names in a row: a misspelled keyword or operator. Say only that the first is complete.
            let name = mark()
            bump()
            finish(.nameExpr, name)
            return .exprStmt
        }
        reportHere(isAssert ? .foreignAssert : .foreignCommand)
        bump()
        parseExpressionList(allowsTrailingComma: true)
        return isAssert ? .assertStmt : .commandStmt
    }

    // MARK: - Compound statements

    mutating func parseClass() {
        let start = mark()
        reportHere(.foreignClass)
        bump()
        _ = take(.identifier)
        if kind == .leftParen { parseArgumentList() }
        parseSuite()
        finish(.classStmt, start)
    }

    mutating func parseTry() {
        let start = mark()
        reportHere(.foreignTry)
        bump()
        parseSuite()
        while kind == .exceptKeyword {
            let clause = mark()
            bump()
            _ = take(.star)
            if kind != .colon, !kind.isLayout { parseExpressionList(allowsTrailingComma: true) }
            if take(.asKeyword) { _ = take(.identifier) }
            parseSuite()
            finish(.exceptClause, clause)
        }
        if kind == .elseKeyword { parseElse() }
        if kind == .finallyKeyword {
            let clause = mark()
            bump()
            parseSuite()
            finish(.finallyClause, clause)
        }
        finish(.tryStmt, start)
    }

    mutating func parseWith() {
        let start = mark()
        reportHere(.foreignWith)
        bump()
        repeat {
            let item = mark()
            parseTest()
            if take(.asKeyword) { parsePostfix() }
            finish(.withItem, item)
        } while take(.comma)
        parseSuite()
        finish(.withStmt, start)
    }

    mutating func parseAsync() {
        let start = mark()
        reportHere(.foreignAsync)
        bump()
        if kind.isLayout {
            _ = take(.newline)
        } else {
            parseStatement()
        }
        finish(.asyncStmt, start)
    }

    mutating func parseDecorated() {
        let start = mark()
        reportHere(.foreignDecorator)
        while kind == .at {
            let decorator = mark()
            bump()
            parseTest()
            if !kind.isLayout { skipInLine() }
            _ = take(.newline)
            finish(.decorator, decorator)
        }
        if kind != .dedent, kind != .eof { parseStatement() }
        finish(.decoratedStmt, start)
    }

    /// Whether `match …:` with a block of cases stands here. `match` and `case` are ordinary names otherwise.
    var startsMatchStatement: Bool {
        guard tokens.base[current].shortLength == 5, token(current, is: "match") else { return false }
        var end = current + 1
        while !tokens.base[end].kind.isLayout { end += 1 }
        guard end > current + 2, tokens.base[end - 1].kind == .colon, end + 2 < tokens.count else { return false }
        return tokens.base[end].kind == .newline && tokens.base[end + 1].kind == .indent && token(end + 2, is: "case")
    }

    mutating func parseMatch() {
        let start = mark()
        reportHere(.foreignMatch)
        bump()
        parseExpressionList(allowsTrailingComma: true)
        _ = take(.colon)
        _ = take(.newline)
        _ = take(.indent)
        while kind != .dedent, kind != .eof {
            if kind == .identifier, token(current, is: "case") {
                parseCase()
            } else {
                parseStatement()
            }
        }
        _ = take(.dedent)
        finish(.matchStmt, start)
    }

    /// A case: its pattern is a little language of Python's own and is only skipped.
    private mutating func parseCase() {
        let start = mark()
        bump()
        let pattern = mark()
        var depth = 0
        while !kind.isLayout {
            if depth <= 0, kind == .ifKeyword || kind == .colon { break }
            if kind.isOpenBracket { depth += 1 }
            if kind.isCloseBracket { depth -= 1 }
            bump()
        }
        finish(.errorExpr, pattern)
        if kind == .ifKeyword {
            let guardClause = mark()
            bump()
            parseTest()
            finish(.guardClause, guardClause)
        }
        parseSuite()
        finish(.caseClause, start)
    }
}
