// Statements of the language. ForeignForms.swift parses those of Python.

extension ChunkParser {
    mutating func parseStatement() {
        let before = current
        nesting += 1
        defer { nesting -= 1 }
        if nesting > SyntaxLimits.nesting {
            let start = mark()
            reportHere(.tooDeep)
            skipStatement()
            finish(.errorStmt, start)
            return
        }
        switch kind {
        case .defKeyword: parseDef()
        case .ifKeyword: parseIf()
        case .forKeyword: parseFor()
        case .whileKeyword: parseWhile()
        case .classKeyword: parseClass()
        case .tryKeyword: parseTry()
        case .withKeyword: parseWith()
        case .asyncKeyword: parseAsync()
        case .at: parseDecorated()
        case .indent: parseUnexpectedIndent()
        case .elifKeyword, .elseKeyword, .exceptKeyword, .finallyKeyword: parseStrayClause()
        case .identifier where startsMatchStatement: parseMatch()
        default: parseSimpleLine()
        }
        if current == before { skipOneToken() }
    }

    /// What no rule wanted: keeps the parser moving.
    private mutating func skipOneToken() {
        let start = mark()
        reportHere(.expectedStatement)
        if current < tokens.count { bump() }
        finish(.errorStmt, start)
    }

    private mutating func parseUnexpectedIndent() {
        let start = mark()
        // What is wrong above is why the block stands here; and what is in it, nobody can say before that is mended.
        var line = max(0, current - 1)
        while line > 0, tokens[line - 1].kind != .newline { line -= 1 }
        if !hasFinding(since: line) { report(.unexpectedIndent, atToken: current + 1) }
        bump()
        let before = quietUntil
        quietUntil = Int.max
        while kind != .dedent, kind != .eof { parseStatement() }
        quietUntil = max(before, current)
        _ = take(.dedent)
        finish(.errorStmt, start)
    }

    /// `else`, `elif`, `except` or `finally` with nothing above that it belongs to.
    private mutating func parseStrayClause() {
        let start = mark()
        reportHere(.strayClause)
        bump()
        if kind != .colon { skipInLine(stopAtColon: true) }
        parseSuite()
        finish(.errorStmt, start)
    }

    // MARK: - Simple statements

    /// One logical line of statements with `;` between them.
    mutating func parseSimpleLine() {
        while true {
            let start = mark()
            let statement = parseSmallStatement()
            if kind != .newline, kind != .semicolon { skipRestOfLine() }
            if take(.semicolon) {
                let isLast = take(.newline)
                finish(statement, start)
                if isLast || kind.isLayout { return }
            } else {
                _ = take(.newline)
                finish(statement, start)
                return
            }
        }
    }

    /// What stands between a complete statement and the end of its line, as one error node.
    private mutating func skipRestOfLine() {
        if kind.isLayout { return }
        let start = mark()
        if current > 0, tokens[current - 1].isUnclosedString {
            // The string took what was missing.
        } else {
            reportHere(foreignCode(for: kind) ?? .expectedEndOfLine)
        }
        skipInLine()
        finish(.errorExpr, start)
    }

    /// Parses without the line break or `;`.
    ///
    /// - Returns: what kind of statement the tokens since the caller's mark are.
    private mutating func parseSmallStatement() -> SyntaxKind {
        switch kind {
        case .returnKeyword:
            bump()
            if !kind.isLayout, kind != .semicolon { parseExpressionList(allowsTrailingComma: false) }
            return .returnStmt
        case .passKeyword:
            bump()
            return .passStmt
        case .breakKeyword:
            bump()
            return .breakStmt
        case .continueKeyword:
            bump()
            return .continueStmt
        case .loadKeyword: return parseLoad()
        case .importKeyword, .fromKeyword: return parseImport()
        case .raiseKeyword: return parseRaise()
        case .delKeyword: return parseDel()
        case .globalKeyword, .nonlocalKeyword: return parseGlobal()
        case .identifier where kind(ahead: 1).startsSecondOperand: return parseCommandOrAssert()
        case .semicolon:
            reportHere(.expectedStatement)
            return .errorStmt
        default: return parseExpressionStatement()
        }
    }

    private mutating func parseExpressionStatement() -> SyntaxKind {
        let target = nodes.count
        if kind.isLayout || kind.isCloseBracket {
            reportHere(.expectedStatement)
            missingExpression()
            return .exprStmt
        }
        parseExpressionList(allowsTrailingComma: false)
        if kind == .colon, canBeAnnotated(nodes.count - 1), nodes.count > target {
            let start = mark()
            bump()
            parseTest()
            finish(.typeAnnotation, start)
            if take(.equal) { parseExpressionList(allowsTrailingComma: false) }
            return .assignStmt
        }
        guard kind.isAssignment || kind == .starStarEqual || kind == .atEqual else { return .exprStmt }
        checkTarget(nodes.count - 1, isAugmented: kind != .equal, atToken: current)
        if !kind.isAssignment { reportHere(.foreignAugmented) }
        bump()
        parseExpressionList(allowsTrailingComma: false)
        var isFirst = true
        while kind == .equal {
            if isFirst { reportHere(.chainedAssignment) }
            isFirst = false
            bump()
            parseExpressionList(allowsTrailingComma: false)
        }
        return .assignStmt
    }

    /// Whether a `:` behind this node begins its type and not something else: `x: int`, but not `foo(): …`.
    private func canBeAnnotated(_ node: Int) -> Bool {
        guard !kind(ahead: 1).isLayout else { return false }
        switch nodes[node].kind {
        case .nameExpr, .dotExpr, .indexExpr: return true
        default: return false
        }
    }

    // MARK: - Targets

    /// Reports the first part of an assignment's left side that cannot be assigned to.
    mutating func checkTarget(_ root: Int, isAugmented: Bool = false, atToken token: Int) {
        guard root >= 0 else { return }
        var pending = [root]
        while let index = pending.popLast() {
            let node = nodes[index]
            switch node.kind {
            case .nameExpr, .dotExpr, .indexExpr, .errorExpr, .starredExpr: continue
            case .parenExpr, .tupleExpr, .listExpr:
                if isAugmented, node.kind != .parenExpr {
                    reportTarget(node, .invalidAugmentedTarget)
                    return
                }
                var child = index - 1
                while child > index - Int(node.size) {
                    pending.append(child)
                    child -= Int(nodes[child].size)
                }
            default:
                reportTarget(node, .invalidTarget)
                return
            }
        }
    }

    private mutating func reportTarget(_ node: PendingNode, _ code: SyntaxDiagnosticCode) {
        let first = Int(node.firstToken)
        if tokens.base[first].isRecovered || unclosedNesting > 0 { return }
        let start = tokens.base[first].start
        let end = node.tokenEnd > node.firstToken ? end(ofToken: Int(node.tokenEnd) - 1) : start
        report(code, from: chunkStart + start, length: end - start, found: node.kind)
    }

    // MARK: - load

    private mutating func parseLoad() -> SyntaxKind {
        let keyword = current
        bump()
        guard kind == .leftParen else {
            reportMissing(.leftParen)
            return .loadStmt
        }
        let open = current
        bump()
        openList(open)
        if kind == .string {
            bump()
        } else {
            reportHere(.loadModule)
            if kind != .comma, kind != .rightParen {
                let start = mark()
                skipInBrackets(stopAtComma: true)
                finish(.errorExpr, start)
            }
        }
        var hasItems = false
        while kind == .comma {
            bump()
            if kind == .rightParen || kind.isLayout { break }
            hasItems = true
            parseLoadItem()
        }
        closeList(open, with: .rightParen)
        if !hasItems, !isInError(from: open) { report(.loadNothing, atToken: keyword) }
        return .loadStmt
    }

    /// Whether a token of the list that begins at `open` has an error already.
    private func isInError(from open: Int) -> Bool {
        guard let last = diagnostics.count > 0 ? diagnostics.last : nil else { return false }
        return Int(last.start) >= tokens[open].start
    }

    private mutating func parseLoadItem() {
        let start = mark()
        if kind == .string {
            bump()
            finish(.loadItem, start)
            if kind == .equal {
                reportHere(.loadItem)
                skipInBrackets(stopAtComma: true)
            }
            return
        }
        if kind == .identifier {
            bump()
            if kind != .equal {
                report(.loadItem, atToken: current - 1)
                skipInBrackets(stopAtComma: true)
            } else {
                bump()
                if kind == .string {
                    bump()
                } else {
                    reportHere(.loadAliasValue)
                    skipInBrackets(stopAtComma: true)
                }
            }
            finish(.loadItem, start)
            return
        }
        reportHere(.loadItem)
        skipInBrackets(stopAtComma: true)
        finish(.errorExpr, start)
    }

    // MARK: - Compound statements

    mutating func parseDef() {
        let start = mark()
        bump()
        if kind == .identifier {
            bump()
        } else if kind.isKeyword, kind(ahead: 1) == .leftParen {
            reportHere(.keywordName)
            bump()
        } else {
            reportMissing(.identifier)
            if kind.isLayout { quietUntil = current + 1 }
        }
        if kind == .leftBracket {
            let junk = mark()
            reportHere(.expected, expected: .leftParen)
            bump()
            skipInBrackets(stopAtComma: false)
            bump()
            finish(.errorExpr, junk)
        }
        if kind == .leftParen {
            parseParameterList()
        } else {
            reportMissing(.leftParen)
            quietUntil = max(quietUntil, kind.isLayout ? current + 1 : current)
        }
        if kind == .arrow {
            let annotation = mark()
            bump()
            parseTest()
            finish(.returnAnnotation, annotation)
        }
        parseSuite()
        finish(.defStmt, start)
    }

    private mutating func parseIf() {
        let start = mark()
        bump()
        parseTest()
        parseSuite()
        while true {
            if kind == .elifKeyword {
                let clause = mark()
                bump()
                parseTest()
                parseSuite()
                finish(.elifClause, clause)
            } else if kind == .elseKeyword, kind(ahead: 1) == .ifKeyword {
                let clause = mark()
                bump()
                reportHere(.foreignElseIf)
                bump()
                parseTest()
                parseSuite()
                finish(.elifClause, clause)
            } else if kind == .elseKeyword {
                parseElse()
                break
            } else {
                break
            }
        }
        finish(.ifStmt, start)
    }

    mutating func parseElse() {
        let start = mark()
        bump()
        parseSuite()
        finish(.elseClause, start)
    }

    mutating func parseFor() {
        let start = mark()
        bump()
        parseTargets()
        if kind == .inKeyword {
            bump()
            parseExpressionList(allowsTrailingComma: false)
        } else {
            reportMissing(.inKeyword)
            quietUntil = max(quietUntil, current + 1)
            missingExpression()
        }
        parseSuite()
        parseLoopElse()
        finish(.forStmt, start)
    }

    private mutating func parseWhile() {
        let start = mark()
        bump()
        parseTest()
        parseSuite()
        parseLoopElse()
        finish(.whileStmt, start)
    }

    private mutating func parseLoopElse() {
        guard kind == .elseKeyword else { return }
        reportHere(.foreignLoopElse)
        parseElse()
    }

    /// The targets of a loop or comprehension: they stop before `in`.
    mutating func parseTargets() {
        let start = mark()
        let first = nodes.count
        parsePostfix()
        if kind == .comma {
            while take(.comma) {
                if kind == .inKeyword || kind == .equal || kind.isLayout || kind.isCloseBracket {
                    // starlark-go takes the comma in "for x, in y" for a mistake, unlike Python.
                    report(.trailingComma, atToken: current - 1)
                    break
                }
                parsePostfix()
            }
            finish(.tupleExpr, start)
        }
        if nodes.count > first { checkTarget(nodes.count - 1, atToken: start.token) }
    }

    // MARK: - Suites

    /// The colon of a header and the block behind it.
    mutating func parseSuite() {
        let colon = current
        if kind == .colon {
            bump()
        } else {
            expectColon()
        }
        let start = mark()
        if kind == .newline {
            let newline = current
            bump()
            if kind == .indent {
                bump()
                while kind != .dedent, kind != .eof { parseStatement() }
                _ = take(.dedent)
            } else if !tokens.base[newline].isRecovered {
                report(.missingBlock, atToken: min(colon, newline - 1))
            }
        } else if !kind.isLayout {
            if kind.startsCompoundStatement {
                reportHere(.compoundOnHeaderLine)
                parseStatement()
            } else {
                parseSimpleLine()
            }
        } else {
            reportHere(.missingBlock)
        }
        finish(.suite, start)
    }

    /// Where a header's colon should be: skips to it, or notes that it is missing.
    private mutating func expectColon() {
        if kind.isLayout {
            reportMissing(.colon)
            return
        }
        // A colon at the end of the line: what stands before it is too much. Else the colon itself is missing.
        var end = current
        while !tokens.base[end].kind.isLayout { end += 1 }
        let endsInColon = tokens.base[end - 1].kind == .colon
        let start = mark()
        if let code = foreignCode(for: kind) {
            reportHere(code)
        } else if endsInColon, kind == .equal {
            reportHere(.expected, expected: .equalEqual)
        } else if endsInColon {
            reportHere(.expected, expected: .colon)
        } else {
            reportMissing(.colon)
            return
        }
        while current < end - (endsInColon ? 1 : 0) { bump() }
        finish(.errorExpr, start)
        if endsInColon { bump() }
    }
}

extension SyntaxKind {
    var startsCompoundStatement: Bool {
        switch self {
        case .defKeyword, .ifKeyword, .forKeyword, .whileKeyword, .classKeyword, .tryKeyword, .withKeyword,
            .asyncKeyword:
            true
        default: false
        }
    }

    /// Whether the token can only begin an operand: directly behind a name it shows a statement such as `print "x"`.
    var startsSecondOperand: Bool {
        switch self {
        case .identifier, .integer, .float, .string, .bytes, .formattedString, .lambdaKeyword, .notKeyword: true
        default: false
        }
    }
}
