// Expressions, by precedence climbing. A left operand needs no look ahead: nodes are finished after their children.

extension ChunkParser {
    // MARK: - Lists without brackets

    /// One expression, or several with commas between them, which make a tuple.
    mutating func parseExpressionList(allowsTrailingComma: Bool) {
        let start = mark()
        parseTest()
        if kind == .comma { parseTupleRest(start, allowsTrailingComma: allowsTrailingComma) }
    }

    private mutating func parseTupleRest(_ start: Mark, allowsTrailingComma: Bool) {
        while kind == .comma {
            let comma = current
            bump()
            if kind.endsExpressionList {
                if !allowsTrailingComma, !hasFinding(since: start.token) { report(.trailingComma, atToken: comma) }
                break
            }
            parseTest()
        }
        finish(.tupleExpr, start)
    }

    // MARK: - Conditions and operators

    /// Any expression but an unbracketed tuple.
    mutating func parseTest() {
        nesting &+= 1
        defer { nesting &-= 1 }
        if nesting > SyntaxLimits.nesting {
            refuseDepth()
            return
        }
        let start = mark()
        if kind == .lambdaKeyword {
            parseLambda(allowsCondition: true)
            return
        }
        parseBinary(0)
        if kind == .ifKeyword { parseConditionalRest(start) }
        if kind == .colonEqual {
            reportHere(.foreignWalrus)
            bump()
            parseTest()
            finish(.namedExpr, start)
        }
    }

    private mutating func parseConditionalRest(_ start: Mark) {
        let ifToken = current
        bump()
        parseBinary(0)
        if kind == .elseKeyword {
            bump()
            parseTest()
        } else {
            report(.missingElse, atToken: ifToken)
            missingExpression()
        }
        finish(.conditionalExpr, start)
    }

    /// An expression without a trailing condition, as `if` in a comprehension wants it.
    mutating func parseTestWithoutCondition() {
        if kind == .lambdaKeyword {
            parseLambda(allowsCondition: false)
        } else {
            parseBinary(0)
        }
    }

    mutating func parseLambda(allowsCondition: Bool) {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > SyntaxLimits.nesting {
            refuseDepth()
            return
        }
        let start = mark()
        bump()
        parseLambdaParameters()
        if kind == .colon {
            bump()
        } else {
            reportMissing(.colon)
        }
        if allowsCondition {
            parseTest()
        } else {
            parseTestWithoutCondition()
        }
        finish(.lambdaExpr, start)
    }

    /// An expression nested too deeply becomes an error node as long as its brackets.
    mutating func refuseDepth() {
        let start = mark()
        reportHere(.tooDeep)
        skipInBrackets(stopAtComma: true)
        finish(.errorExpr, start)
    }

    /// Operators of at least a precedence; see `Grammar/README.md` for the levels.
    mutating func parseBinary(_ least: UInt8) {
        let start = mark()
        if kind == .notKeyword, least <= Precedence.not {
            nesting += 1
            if nesting > SyntaxLimits.nesting {
                refuseDepth()
            } else {
                bump()
                parseBinary(Precedence.not)
                finish(.unaryExpr, start)
            }
            nesting -= 1
        } else {
            parsePostfix()
        }
        let level = levels[Int(kind.rawValue)]
        if level < least || level == Precedence.none { return }
        parseOperators(start, least: least)
    }

    private mutating func parseOperators(_ start: Mark, least: UInt8) {
        var links = 0
        var previous = Precedence.none
        var isChained = false
        while true {
            let level = levels[Int(kind.rawValue)]
            if level == Precedence.none || level < least { return }
            if kind == .notKeyword, kind(ahead: 1) != .inKeyword {
                reportHere(.notWithoutIn)
                quietUntil = max(quietUntil, current + 1)
                return
            }
            links += 1
            if links > SyntaxLimits.chain {
                reportHere(.tooDeep)
                quietUntil = Int.max
                let junk = mark()
                skipInBrackets(stopAtComma: true)
                finish(.errorExpr, junk)
                quietUntil = current
                finish(.errorExpr, start)
                return
            }
            if level == Precedence.comparison, previous == Precedence.comparison, !isChained {
                reportHere(.chainedComparison)
                isChained = true
            }
            previous = level
            if let code = foreignOperatorCode(kind) { reportHere(code) }
            let isPower = kind == .starStar
            if kind == .notKeyword || (kind == .isKeyword && kind(ahead: 1) == .notKeyword) { bump() }
            bump()
            if isPower {
                nesting += 1
                if nesting > SyntaxLimits.nesting { refuseDepth() } else { parseBinary(level) }
                nesting -= 1
            } else {
                parseBinary(level + 1)
            }
            finish(.binaryExpr, start)
        }
    }

    // MARK: - Postfix

    /// An operand with its calls, attributes and indices.
    mutating func parsePostfix() {
        let start = mark()
        parseOperand()
        var links = 0
        while true {
            switch kind {
            case .leftParen:
                parseArgumentList()
                finish(.callExpr, start)
            case .dot:
                bump()
                if kind == .identifier {
                    bump()
                } else if kind.isKeyword, tokens.base[current].start == tokens.base[current - 1].start + 1 {
                    reportHere(.keywordName)
                    bump()
                } else {
                    reportMissing(.identifier)
                }
                finish(.dotExpr, start)
            case .leftBracket: parseIndex(start)
            default: return
            }
            links += 1
            if links > SyntaxLimits.chain {
                reportHere(.tooDeep)
                let junk = mark()
                skipInBrackets(stopAtComma: true)
                finish(.errorExpr, junk)
                quietUntil = current
                finish(.errorExpr, start)
                return
            }
        }
    }

    private mutating func parseIndex(_ start: Mark) {
        let open = current
        bump()
        openList(open)
        var node = SyntaxKind.indexExpr
        if kind == .rightBracket {
            reportHere(.expectedExpression)
            missingExpression()
        } else {
            if kind != .colon { parseExpressionList(allowsTrailingComma: false) }
            var colons = 0
            while kind == .colon, colons < 2 {
                node = .sliceExpr
                colons += 1
                bump()
                if kind != .colon, kind != .rightBracket, !kind.isLayout { parseTest() }
            }
        }
        closeList(open, with: .rightBracket)
        finish(node, start)
    }

    // MARK: - Operands

    mutating func parseOperand() {
        let start = mark()
        switch kind {
        case .identifier:
            bump()
            finish(.nameExpr, start)
        case .string, .bytes, .formattedString:
            bump()
            finish(.literalExpr, start)
            if kind == .string || kind == .bytes || kind == .formattedString { parseAdjacentStrings(start) }
        case .integer, .float:
            bump()
            finish(.literalExpr, start)
        case .leftParen: parseParenthesized()
        case .leftBracket: parseBracketed()
        case .leftBrace: parseBraced()
        case .minus, .plus, .tilde: parseUnary()
        default: parseForeignOperand()
        }
    }

    mutating func parseUnary() {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > SyntaxLimits.nesting {
            refuseDepth()
            return
        }
        let start = mark()
        bump()
        parsePostfix()
        finish(.unaryExpr, start)
    }

    /// Strings in a row, which Python joins.
    private mutating func parseAdjacentStrings(_ start: Mark) {
        if !tokens[current - 1].isUnclosedString { reportHere(.foreignStringConcatenation) }
        while kind == .string || kind == .bytes || kind == .formattedString {
            let next = mark()
            bump()
            finish(.literalExpr, next)
        }
        finish(.errorExpr, start)
    }
}

/// The levels of the binary operators, loosest first. `*` binds tightest of what Starlark has; unary `+ - ~` tighter.
enum Precedence {
    static let none: UInt8 = 0xFF
    static let not: UInt8 = 2
    static let comparison: UInt8 = 3

    nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        table.initialize(repeating: none, count: 256)
        let kindsByLevel: [[SyntaxKind]] = [
            [.orKeyword, .pipePipe], [.andKeyword, .ampersandAmpersand], [],
            [
                .equalEqual, .notEqual, .less, .greater, .lessEqual, .greaterEqual, .inKeyword, .notKeyword, .isKeyword,
                .lessGreater,
            ],
            [.pipe], [.caret], [.ampersand], [.lessLess, .greaterGreater], [.plus, .minus],
            [.star, .slash, .slashSlash, .percent, .at], [.starStar],
        ]
        for (level, kinds) in kindsByLevel.enumerated() {
            for kind in kinds { table[Int(kind.rawValue)] = UInt8(level) }
        }
        return UnsafePointer(table)
    }()
}

extension SyntaxKind {
    /// What may follow the last comma of a tuple.
    var endsExpressionList: Bool {
        switch self {
        case .newline, .eof, .indent, .dedent, .equal, .rightBrace, .rightBracket, .rightParen, .semicolon, .colon: true
        default: isAssignment
        }
    }
}
