import EnvdSyntax

/// What stands around a cursor, for features that have to work while somebody types: told from the tokens before it, since what is
/// behind it is often not written yet.
struct CursorPlace {
    enum Kind {
        /// Nothing that is known can stand here: in a number, where a new name is made up.
        case nothing
        case comment
        /// Within a text, between its quotes.
        case string(SyntaxToken)
        /// Behind a dot.
        case attribute(DotExpr)
        /// Where a statement can begin.
        case statement
        /// Where an argument of a call can begin.
        case argument
        /// Where any other expression can begin.
        case expression
        /// Where a type can be named.
        case annotation
        /// Behind an expression on the same line.
        case expressionEnd
        /// In the brackets of a `load` statement, outside of its texts.
        case loadArgument(LoadStmt)
    }

    let kind: Kind
    /// In UTF-8 bytes of the file, as all that follows.
    let offset: Int
    /// The word that the cursor stands in or behind; empty at the cursor if there is none.
    let word: Range<Int>
    /// The last token before the word that is no layout.
    let previous: SyntaxToken?
    /// The token of the word, if there is one.
    let wordToken: SyntaxToken?
    /// The innermost node that names at the place are looked up from; nil at the top level.
    let scopeNode: SyntaxNode?
    /// The innermost brackets around the place: a call's arguments, a list.
    let brackets: SyntaxNode?

    /// What has been typed of the word, up to the cursor.
    var typed: Range<Int> { word.lowerBound..<offset }

    init(_ file: SourceFile, _ cursor: Int) {
        let offset = max(0, min(cursor, file.utf8Count))
        self.offset = offset
        let touching = CursorPlace.token(endingAfter: offset, in: file)
        var wordToken: SyntaxToken?
        if let touching, touching.kind == .identifier || touching.kind.isKeyword { wordToken = touching }
        self.wordToken = wordToken
        word = wordToken?.range ?? offset..<offset

        let text = touching.flatMap { token in
            token.isText && (token.textContent.map { $0.lowerBound <= offset && offset <= $0.upperBound } ?? false)
                ? token : nil
        }
        let anchor = text?.range.lowerBound ?? word.lowerBound
        let (previous, crossesLines) = CursorPlace.previous(before: anchor, in: file)
        self.previous = previous

        let column = crossesLines ? file.position(at: anchor).column : nil
        let brackets = CursorPlace.brackets(around: anchor, behind: previous, column: column, in: file)
        self.brackets = brackets
        let startsStatement =
            brackets == nil
            && (crossesLines || previous == nil || previous?.kind == .semicolon || previous?.endsHeader == true)
        if startsStatement, wordToken == nil, let column {
            scopeNode = CursorPlace.function(holding: column, behind: previous, in: file)
        } else {
            scopeNode = wordToken?.parent ?? text?.parent ?? previous?.parent
        }

        if let text {
            kind = .string(text)
            return
        }
        if wordToken == nil {
            if let touching, touching.isText || touching.kind == .integer || touching.kind == .float {
                kind = touching.isText && offset == touching.range.upperBound ? .expressionEnd : .nothing
                return
            }
            if let token = file.token(at: offset) {
                let isComment = file.comment(at: offset) != nil
                if isComment || token.range.lowerBound < offset && offset < token.range.upperBound {
                    kind = isComment ? .comment : .nothing
                    return
                }
            }
        }
        if startsStatement {
            kind = .statement
            return
        }
        let found = previous.map { CursorPlace.kind(behind: $0, brackets) } ?? .statement
        if case .expression = found, let previous, CursorPlace.isInAnnotation(previous) {
            kind = .annotation
        } else {
            kind = found
        }
    }

    // MARK: - By the token before

    private static func kind(behind previous: SyntaxToken, _ brackets: SyntaxNode?) -> Kind {
        let parent = previous.parent
        switch previous.kind {
        case .dot: return parent.flatMap(DotExpr.init).map { .attribute($0) } ?? .nothing
        case .defKeyword, .lambdaKeyword, .forKeyword, .asKeyword, .importKeyword, .classKeyword, .globalKeyword,
            .nonlocalKeyword, .passKeyword, .breakKeyword, .continueKeyword, .loadKeyword, .fromKeyword:
            return .nothing
        case .arrow: return .annotation
        case .identifier, .integer, .float, .string, .bytes, .formattedString, .rightParen, .rightBracket, .rightBrace:
            if let load = parent.flatMap(loadStatement) {
                return previous.kind == .string ? .nothing : .loadArgument(load)
            }
            if parent?.kind == .parameter || parent?.kind == .parameterList || parent?.kind == .defStmt {
                return .nothing
            }
            return .expressionEnd
        case .leftParen, .comma, .star, .starStar, .equal:
            if let load = parent.flatMap(loadStatement) { return .loadArgument(load) }
            if parent?.kind == .parameterList || parent?.kind == .parameter { return .nothing }
            if previous.kind == .leftParen || previous.kind == .comma, parent?.kind == .argumentList {
                return parent?.parent?.kind == .callExpr ? .argument : .expression
            }
            return .expression
        case .colon:
            return parent?.kind == .typeAnnotation ? .annotation : .expression
        case .ellipsis, .unknown: return .nothing
        default: return .expression
        }
    }

    /// Whether a token is a part of an annotation, so that what follows a bracket or an operator in it is a type too.
    private static func isInAnnotation(_ token: SyntaxToken) -> Bool {
        for node in [token.parent].compactMap({ $0 }) + (token.parent.map { Array($0.ancestors) } ?? []) {
            if node.kind == .typeAnnotation { return token.range.lowerBound >= node.range.lowerBound }
            if node.kind.isStatement { return false }
        }
        return false
    }

    private static func loadStatement(_ node: SyntaxNode) -> LoadStmt? {
        LoadStmt(node) ?? LoadItem(node).flatMap { $0.node.parent.flatMap(LoadStmt.init) }
    }

    // MARK: - Tokens

    /// The token that holds the byte before an offset, outside of its trivia.
    private static func token(endingAfter offset: Int, in file: SourceFile) -> SyntaxToken? {
        guard offset > 0, let token = file.token(at: offset - 1), token.range.lowerBound < offset,
            offset <= token.range.upperBound
        else { return nil }
        return token
    }

    /// The last token that ends at or before a place and is no layout, and whether a statement has ended between the two.
    private static func previous(before place: Int, in file: SourceFile) -> (token: SyntaxToken?, crossesLines: Bool) {
        var crossesLines = false
        var next = file.token(at: place)
        while let token = next {
            let range = token.range
            switch token.kind {
            case .newline: if range.lowerBound < place, !range.isEmpty { crossesLines = true }
            case .indent, .dedent, .eof: break
            default: if range.upperBound <= place, !range.isEmpty { return (token, crossesLines) }
            }
            if let before = token.previous {
                next = before
            } else {
                let start = token.chunkOffset
                guard start > 0 else { return (nil, crossesLines) }
                let last = file.bytes(in: (start - 1)..<start).first
                if last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { crossesLines = true }
                next = file.token(at: start - 1)
            }
        }
        return (nil, crossesLines)
    }

    // MARK: - Nodes

    /// The innermost brackets that are open at a place.
    ///
    /// - Parameter column: of the place, if the parser took a line break before it for the end of a statement. Then brackets that are
    ///   never closed count only if the place is to the right of where their statement begins.
    private static func brackets(
        around place: Int, behind previous: SyntaxToken?, column: Int?, in file: SourceFile
    ) -> SyntaxNode? {
        var next = previous?.parent
        while let node = next {
            next = node.parent
            guard let opening = node.firstToken(where: { $0 == .leftParen || $0 == .leftBracket || $0 == .leftBrace }),
                opening.range.upperBound <= place
            else { continue }
            if let closing = node.brackets?.closing {
                if closing.range.lowerBound >= place { return node }
                continue
            }
            guard let column else { return node }
            let statement = node.kind.isStatement ? node : node.ancestors.first { $0.kind.isStatement } ?? node
            if file.position(at: statement.range.lowerBound).column < column { return node }
        }
        return nil
    }

    /// The innermost function that a new line belongs to, by where the line begins.
    private static func function(holding column: Int, behind previous: SyntaxToken?, in file: SourceFile) -> SyntaxNode?
    {
        var next = previous?.parent
        while let node = next {
            next = node.parent
            if node.kind == .defStmt, file.position(at: node.range.lowerBound).column < column { return node }
        }
        return nil
    }
}

extension SyntaxToken {
    var isText: Bool { kind == .string || kind == .bytes || kind == .formattedString }

    /// Whether it is the colon behind which the statements of a block stand.
    fileprivate var endsHeader: Bool {
        guard kind == .colon, let parent else { return false }
        switch parent.kind {
        case .defStmt, .ifStmt, .elifClause, .elseClause, .forStmt, .whileStmt, .classStmt, .withStmt, .tryStmt,
            .exceptClause, .finallyClause, .caseClause:
            return true
        default: return false
        }
    }

    /// What stands between the quotes of a text, in UTF-8 bytes of the file; of one that is not closed what is there of it on its line.
    var textContent: Range<Int>? {
        let bytes = bytes
        guard let quote = bytes.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }) else {
            return nil
        }
        let mark = bytes[quote]
        let isTriple = bytes.count >= quote + 3 && bytes[quote + 1] == mark && bytes[quote + 2] == mark
        let width = isTriple ? 3 : 1
        let start = quote + width
        var end = bytes.count
        let isRaw = bytes[..<quote].contains { $0 | 0x20 == UInt8(ascii: "r") }
        if end >= start + width, bytes[(end - width)...].allSatisfy({ $0 == mark }) {
            let slashes = bytes[start..<(end - width)].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
            if isRaw || slashes.isMultiple(of: 2) { end -= width }
        }
        let place = range.lowerBound
        return (place + min(start, end))..<(place + end)
    }
}

extension SyntaxKind {
    var isStatement: Bool { Stmt.accepts(self) }
}
