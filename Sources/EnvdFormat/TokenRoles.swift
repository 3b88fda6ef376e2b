import EnvdSyntax

/// What the layout must know of each token: found in one pass over the chunk's nodes, so that everything after it works on
/// a flat row of tokens and never asks the tree again. The memory is used again for the next chunk.
struct TokenRoles: ~Copyable {
    struct Flags: OptionSet {
        let rawValue: UInt32
        static let noSpaceBefore = Flags(rawValue: 1 << 0)
        static let noSpaceAfter = Flags(rawValue: 1 << 1)
        /// Brackets of an operand: parentheses, a list, a dict, a comprehension; not of a call, index or parameter list.
        static let atomBracket = Flags(rawValue: 1 << 2)
        /// The brackets of an index or slice.
        static let subscriptBracket = Flags(rawValue: 1 << 3)
        /// Parentheses that mean nothing where they stand: shown only if a line is split at them.
        static let hidden = Flags(rawValue: 1 << 4)
        /// Parentheses inside hidden ones, dropped for good.
        static let deleted = Flags(rawValue: 1 << 5)
        /// A closing bracket at which a comma before it asks for one element a line.
        static let explodesOnComma = Flags(rawValue: 1 << 6)
        /// A comma of a type annotation.
        static let inAnnotation = Flags(rawValue: 1 << 7)
        /// Any token of a return annotation.
        static let inReturnAnnotation = Flags(rawValue: 1 << 8)
        /// `*` or `**` before a parameter, and before an argument.
        static let starOfParameter = Flags(rawValue: 1 << 9)
        static let starOfArgument = Flags(rawValue: 1 << 10)
        /// A comma of a tuple that may not end in a comma, since it stands without parentheses in an index.
        static let commaOfIndex = Flags(rawValue: 1 << 11)
        /// A comma of a comprehension's targets, at which no line is split.
        static let commaOfTargets = Flags(rawValue: 1 << 12)
        static let docstring = Flags(rawValue: 1 << 13)
        /// A string that stands directly in a conditional, or in an expression that is a dict's value.
        static let unwelcomeMultilineString = Flags(rawValue: 1 << 14)
        /// The first token of a suite on its header's line.
        static let startsInlineSuite = Flags(rawValue: 1 << 15)
        /// The last token of such a suite.
        static let endsInlineSuite = Flags(rawValue: 1 << 16)
        /// The colon that ends a lambda's parameters.
        static let lambdaColon = Flags(rawValue: 1 << 17)
        /// A comma between arguments, or between parameters of a definition.
        static let commaOfArguments = Flags(rawValue: 1 << 19)
        /// The `in` of a loop or comprehension.
        static let loopIn = Flags(rawValue: 1 << 18)
        /// The last token before a value that is an element of its own for black: the colon of a dict's entry, the `=` of a
        /// parameter's default.
        static let precedesValue = Flags(rawValue: 1 << 20)
    }

    /// Parentheses that are to be put before or after a token.
    enum Insertion: UInt8 {
        /// Optional, around a whole expression of a statement.
        case optional
        /// Optional, around a conditional inside an expression.
        case aroundConditional
        /// Shown always.
        case visible
    }

    var flags = Scratch<Flags>(capacity: 1024)
    /// The priority of a split before the token (for a comma: behind it); 0 where none is possible.
    var priority = Scratch<UInt8>(capacity: 1024)
    /// In the order of the tokens, outer parentheses first.
    private(set) var opening = Scratch<(token: Int32, kind: Insertion)>(capacity: 64)
    private(set) var closing = Scratch<Int32>(capacity: 64)
    private(set) var chunk: FlatChunk

    init(_ chunk: FlatChunk) { self.chunk = chunk }

    /// Finds the roles of another chunk's tokens.
    mutating func mark(_ chunk: FlatChunk, isFirstInFile: Bool) {
        self.chunk = chunk
        flags.removeAll()
        flags.append(repeating: [], count: chunk.tokenCount)
        priority.removeAll()
        priority.append(repeating: 0, count: chunk.tokenCount)
        opening.removeAll()
        closing.removeAll()
        for index in 0..<chunk.tokenCount { markToken(index) }
        for index in 0..<chunk.nodeCount { markNode(index, isFirstInFile: isFirstInFile) }
    }

    // MARK: - Tokens

    private mutating func markToken(_ index: Int) {
        switch chunk.kind(ofToken: index) {
        case .leftParen, .leftBracket, .leftBrace: flags[index].insert(.noSpaceAfter)
        case .rightParen, .rightBracket, .rightBrace, .colon: flags[index].insert(.noSpaceBefore)
        case .comma:
            flags[index].insert(.noSpaceBefore)
            priority[index] = SplitPriority.comma
        case .dot: flags[index].formUnion([.noSpaceBefore, .noSpaceAfter])
        default: break
        }
    }

    // MARK: - Nodes

    @inline(__always) private func first(_ node: Int) -> Int { chunk.first(node) }
    @inline(__always) private func last(_ node: Int) -> Int { chunk.last(node) }
    @inline(__always) private func kind(_ node: Int) -> SyntaxKind { chunk.kind(node) }
    @inline(__always) private func tokenKind(_ token: Int) -> SyntaxKind { chunk.kind(ofToken: token) }

    private mutating func markNode(_ node: Int, isFirstInFile: Bool) {
        switch kind(node) {
        case .argumentList: markArgumentList(node)
        case .parameterList: markParameterList(node)
        case .parameter:
            let isStar = tokenKind(first(node)) == .star || tokenKind(first(node)) == .starStar
            if isStar { flags[first(node)].formUnion([.noSpaceAfter, .starOfParameter]) }
            markParameterType(node)
        case .defaultValue: markDefaultValue(node)
        case .dictEntry:
            if let key = chunk.firstChild(of: node), last(key) < last(node) {
                flags[last(key) + 1].insert(.precedesValue)
            }
        case .keywordArgument, .loadItem:
            let equal = first(node) + 1
            if equal < last(node), tokenKind(equal) == .equal { glue(equal) }
        case .loadStmt:
            let open = first(node) + 1
            flags[open].insert(.noSpaceBefore)
            markCommaBefore(closing: lastBracket(node, .rightParen))
            markCommas(of: node, with: .commaOfArguments)
        case .unpackArgument: flags[first(node)].formUnion([.noSpaceAfter, .starOfArgument])
        case .unaryExpr:
            if tokenKind(first(node)) != .notKeyword { flags[first(node)].insert(.noSpaceAfter) }
        case .binaryExpr:
            if let left = chunk.firstChild(of: node) {
                let op = last(left) + 1
                priority[op] = SplitPriority.of(operatorKind: tokenKind(op))
            }
        case .conditionalExpr: markConditional(node)
        case .compFor: markCompFor(node)
        case .compIf: priority[first(node)] = SplitPriority.comprehension
        case .indexExpr: markIndex(node)
        case .sliceExpr: markSlice(node)
        case .dotExpr: markNumberBase(node)
        case .parenExpr, .listExpr, .dictExpr, .listComp, .dictComp: markAtom(node)
        case .tupleExpr:
            if tokenKind(first(node)) == .leftParen, chunk.firstChild(of: node) == nil { markAtom(node) }
        case .typeAnnotation: markAnnotation(node, with: .inAnnotation)
        case .returnAnnotation:
            markAnnotation(node, with: .inAnnotation)
            for token in first(node)...last(node) { flags[token].insert(.inReturnAnnotation) }
            if let type = chunk.firstChild(of: node) { makeParenthesesOptional(around: type) }
        case .literalExpr: markString(node)
        case .suite: markSuite(node)
        case .ifStmt, .elifClause, .whileStmt, .returnStmt:
            if let value = chunk.firstChild(of: node), isExpression(value) { makeParenthesesOptional(around: value) }
        case .forStmt: markFor(node)
        case .assignStmt: markAssignment(node)
        case .exprStmt: markExpressionStatement(node, isFirstInFile: isFirstInFile)
        case .lambdaExpr:
            if let parameters = chunk.firstChild(of: node) {
                flags[max(last(parameters), first(node)) + 1].insert(.lambdaColon)
            }
        default: break
        }
    }

    private mutating func glue(_ token: Int) { flags[token].formUnion([.noSpaceBefore, .noSpaceAfter]) }

    private func isExpression(_ node: Int) -> Bool { Expr.accepts(kind(node)) }

    private mutating func markCommaBefore(closing token: Int) {
        if token > 0, tokenKind(token - 1) == .comma { flags[token].insert(.explodesOnComma) }
    }

    /// The last token of a kind in a simple statement, before its `;` and line break.
    private func lastBracket(_ node: Int, _ bracket: SyntaxKind) -> Int {
        var token = last(node)
        while token > first(node), tokenKind(token) != bracket { token -= 1 }
        return token
    }

    // MARK: - Calls and parameters

    private mutating func markArgumentList(_ node: Int) {
        flags[first(node)].insert(.noSpaceBefore)
        markCommaBefore(closing: last(node))
        markCommas(of: node, with: .commaOfArguments)
    }

    private mutating func markParameterList(_ node: Int) {
        guard last(node) >= first(node), tokenKind(first(node)) == .leftParen else { return }
        flags[first(node)].insert(.noSpaceBefore)
        markCommaBefore(closing: last(node))
        markCommas(of: node, with: .commaOfArguments)
    }

    private mutating func markDefaultValue(_ node: Int) {
        flags[first(node)].insert(.precedesValue)
        let parameter = chunk.parent(node)
        let isTyped = parameter >= 0 && chunk.children(of: parameter).contains { kind($0) == .typeAnnotation }
        if !isTyped { glue(first(node)) }
    }

    /// A parameter's type gets optional parentheses only where it has some, is a list or a union.
    private mutating func markParameterType(_ node: Int) {
        for child in chunk.children(of: node) where kind(child) == .typeAnnotation {
            guard let type = chunk.firstChild(of: child) else { continue }
            switch kind(type) {
            case .parenExpr, .listExpr, .listComp, .dictExpr, .dictComp: makeParenthesesOptional(around: type)
            case .binaryExpr:
                if let left = chunk.firstChild(of: type), tokenKind(last(left) + 1) == .pipe {
                    makeParenthesesOptional(around: type)
                }
            default: break
            }
        }
    }

    private mutating func markAnnotation(_ node: Int, with flag: Flags) {
        for token in first(node)...last(node) where tokenKind(token) == .comma { flags[token].insert(flag) }
    }

    // MARK: - Expressions

    private mutating func markAtom(_ node: Int) {
        flags[first(node)].insert(.atomBracket)
        flags[last(node)].insert(.atomBracket)
        let inner = chunk.firstChild(of: node)
        if kind(node) == .parenExpr {
            if let inner, kind(inner) == .tupleExpr, elementCount(inner) > 1 { markCommaBefore(closing: last(node)) }
        } else {
            markCommaBefore(closing: last(node))
            // The parentheses around the one element of a list.
            if kind(node) == .listExpr, let inner, kind(inner) == .parenExpr, last(inner) + 1 == last(node) {
                hide(inner, removingCommas: false)
            }
        }
    }

    private func elementCount(_ tuple: Int) -> Int {
        var count = 0
        for _ in chunk.children(of: tuple) { count += 1 }
        return count
    }

    private mutating func markConditional(_ node: Int) {
        guard let then = chunk.firstChild(of: node), let condition = chunk.secondChild(of: node) else { return }
        priority[last(then) + 1] = SplitPriority.conditional
        priority[last(condition) + 1] = SplitPriority.conditional
        if !isParenthesizedAlready(node) { insert(.aroundConditional, from: first(node), to: last(node)) }
    }

    /// Whether the conditional stands right behind a parenthesis that holds nothing else, seen or optional.
    private func isParenthesizedAlready(_ node: Int) -> Bool {
        let parent = chunk.parent(node)
        guard parent >= 0 else { return false }
        switch kind(parent) {
        case .parenExpr: return true
        case .argumentList: return first(node) == first(parent) + 1 && last(node) + 1 == last(parent)
        case .ifStmt, .elifClause, .whileStmt, .returnStmt, .returnAnnotation: return true
        case .forStmt: return true
        case .assignStmt: return true
        case .typeAnnotation: return chunk.parentKind(of: parent) == .assignStmt
        default: return false
        }
    }

    private mutating func markCompFor(_ node: Int) {
        priority[first(node)] = SplitPriority.comprehension
        guard let target = chunk.firstChild(of: node) else { return }
        flags[last(target) + 1].insert(.loopIn)
        guard kind(target) == .tupleExpr, chunk.firstChild(of: target) != nil else { return }
        markCommas(of: target, with: .commaOfTargets)
    }

    /// Marks the commas between a node's elements, and behind its last.
    private mutating func markCommas(of tuple: Int, with flag: Flags) {
        for child in chunk.children(of: tuple) {
            let comma = last(child) + 1
            if comma < chunk.tokenCount, tokenKind(comma) == .comma, comma <= last(tuple) || last(child) == last(tuple)
            {
                flags[comma].insert(flag)
            }
        }
    }

    private mutating func markIndex(_ node: Int) {
        guard let base = chunk.firstChild(of: node), let index = chunk.secondChild(of: node) else { return }
        flags[last(base) + 1].formUnion([.noSpaceBefore, .subscriptBracket])
        flags[last(node)].insert(.subscriptBracket)
        if kind(index) == .tupleExpr, chunk.firstChild(of: index) != nil {
            markCommas(of: index, with: .commaOfIndex)
        }
    }

    private mutating func markSlice(_ node: Int) {
        guard let base = chunk.firstChild(of: node) else { return }
        let open = last(base) + 1
        flags[open].formUnion([.noSpaceBefore, .subscriptBracket])
        flags[last(node)].insert(.subscriptBracket)
        let isComplex = (chunk.end(base)..<chunk.end(node)).contains { isComplexBound($0) }
        var token = open + 1
        var bounds = chunk.children(of: node)
        _ = bounds.next()
        var bound = bounds.next()
        while token < last(node) {
            if let current = bound, first(current) == token {
                token = last(current) + 1
                bound = bounds.next()
                continue
            }
            if tokenKind(token) == .colon {
                // `a[f(x) :: 2]`, but `a[f(x) : :]`, as in black.
                let followsColon = tokenKind(token - 1) == .colon && token + 1 < last(node)
                if isComplex, !followsColon {
                    flags[token].remove(.noSpaceBefore)
                } else if !isComplex {
                    flags[token].insert(.noSpaceAfter)
                }
            }
            token += 1
        }
    }

    /// Names, literals, signs and brackets around such are simple; with anything else the colons get blanks.
    func isComplexBound(_ node: Int) -> Bool {
        switch kind(node) {
        case .binaryExpr, .conditionalExpr, .lambdaExpr, .dotExpr, .callExpr, .indexExpr, .sliceExpr: true
        case .unaryExpr: tokenKind(first(node)) == .notKeyword
        default: false
        }
    }

    /// `1 .real`: a dot right behind the digits would belong to the number.
    private mutating func markNumberBase(_ node: Int) {
        guard let base = chunk.firstChild(of: node), kind(base) == .literalExpr else { return }
        let token = first(base)
        guard tokenKind(token) == .integer || tokenKind(token) == .float else { return }
        let digits = chunk.text(ofToken: token)
        let isDecimal = digits.count < 2 || digits[0] != UInt8(ascii: "0") || digits[1] | 0x20 < 0x61
        if isDecimal || tokenKind(token) == .float { insert(.visible, from: token, to: token) }
    }

    private mutating func markString(_ node: Int) {
        guard tokenKind(first(node)) == .string || tokenKind(first(node)) == .bytes else { return }
        var parent = chunk.parent(node)
        guard parent >= 0 else { return }
        if kind(parent) == .conditionalExpr {
            flags[first(node)].insert(.unwelcomeMultilineString)
            return
        }
        guard kind(parent) != .dictEntry else { return }
        if kind(parent) == .compFor, chunk.parentKind(of: parent) == .dictComp, isFirstClause(parent) {
            flags[first(node)].insert(.unwelcomeMultilineString)
            return
        }
        // What black has as one node is several here: a row of calls and indices, and one of operators of one kind.
        func isPostfix(_ node: Int) -> Bool { [.dotExpr, .callExpr, .indexExpr, .sliceExpr].contains(kind(node)) }
        func isSame(_ node: Int, as outer: Int) -> Bool {
            if isPostfix(node) { return isPostfix(outer) && chunk.firstChild(of: outer) == node }
            return kind(node) == .binaryExpr && kind(outer) == .binaryExpr
                && operatorLevel(node) == operatorLevel(outer)
        }
        while let outer = Optional(chunk.parent(parent)), outer >= 0, isSame(parent, as: outer) { parent = outer }
        // An index is none of what it is applied to.
        if isPostfix(chunk.parent(node)), chunk.firstChild(of: chunk.parent(node)) != node { return }
        // In a list the elements are a node of their own for black, unless there is one alone.
        let isListOfMany = kind(parent) == .listComp || (kind(parent) == .listExpr && last(node) + 1 < last(parent))
        if isExpression(parent), chunk.parentKind(of: parent) == .dictEntry, !isListOfMany {
            flags[first(node)].insert(.unwelcomeMultilineString)
        }
    }

    private func isFirstClause(_ clause: Int) -> Bool {
        chunk.children(of: chunk.parent(clause)).first { kind($0) == .compFor } == clause
    }

    /// The same for operators that stand beside each other in one row.
    private func operatorLevel(_ node: Int) -> Int {
        guard let left = chunk.firstChild(of: node) else { return -1 }
        let op = tokenKind(last(left) + 1)
        return op == .orKeyword ? 100 : Int(SplitPriority.of(operatorKind: op))
    }

    // MARK: - Statements

    private mutating func markSuite(_ node: Int) {
        guard tokenKind(first(node)) != .newline else {
            markDocstrings(inFirstLineOf: node)
            return
        }
        flags[first(node)].insert(.startsInlineSuite)
        flags[last(node)].insert(.endsInlineSuite)
        // `def f(): "…"`; not behind a return annotation, as in black.
        let parent = chunk.parent(node)
        guard parent >= 0, kind(parent) == .defStmt else { return }
        if !chunk.children(of: parent).contains(where: { kind($0) == .returnAnnotation }) {
            markDocstrings(inFirstLineOf: node)
        }
    }

    /// Every string that is a statement of the first line counts, also behind a `;`.
    private mutating func markDocstrings(inFirstLineOf suite: Int) {
        for statement in chunk.children(of: suite) {
            markDocstring(statement)
            if tokenKind(last(statement)) != .semicolon { return }
        }
    }

    private mutating func markDocstring(_ statement: Int) {
        guard kind(statement) == .exprStmt, let value = chunk.firstChild(of: statement), kind(value) == .literalExpr,
            tokenKind(first(value)) == .string
        else { return }
        flags[first(value)].insert(.docstring)
    }

    private mutating func markFor(_ node: Int) {
        guard let target = chunk.firstChild(of: node), let iterable = chunk.secondChild(of: node) else { return }
        flags[last(target) + 1].insert(.loopIn)
        makeParenthesesOptional(around: target, removingCommas: true)
        if !keepParentheses(aroundLoose: iterable) { makeParenthesesOptional(around: iterable) }
    }

    /// One pair of parentheses stays around a lambda or a conditional that a loop runs over, as in black.
    private mutating func keepParentheses(aroundLoose node: Int) -> Bool {
        var innermost = node
        while kind(innermost) == .parenExpr, let inner = chunk.firstChild(of: innermost) { innermost = inner }
        guard innermost != node, kind(innermost) == .lambdaExpr || kind(innermost) == .conditionalExpr else {
            return false
        }
        for parentheses in (node + 1)..<innermost {
            flags[first(parentheses)].insert(.deleted)
            flags[last(parentheses)].insert(.deleted)
        }
        return true
    }

    private mutating func markAssignment(_ node: Int) {
        guard let target = chunk.firstChild(of: node) else { return }
        switch kind(target) {
        case .tupleExpr where chunk.firstChild(of: target) != nil: makeParenthesesOptional(around: target)
        case .parenExpr:
            if !isMultiline(target) { makeParenthesesOptional(around: target, removingCommas: true) }
        case .listExpr:
            if !isMultiline(target) { insert(.optional, from: first(target), to: last(target)) }
        default: break
        }
        for child in chunk.children(of: node) where child != target {
            if kind(child) == .typeAnnotation {
                if let type = chunk.firstChild(of: child) { makeParenthesesOptional(around: type) }
            } else if isExpression(child) {
                makeParenthesesOptional(around: child)
            }
        }
    }

    /// Whether a line break stands between the opening bracket and the last thing in it.
    private func isMultiline(_ node: Int) -> Bool {
        guard last(node) > first(node) + 1 else { return false }
        for token in (first(node) + 1)..<last(node) {
            let gap = chunk.end(ofToken: token - 1)..<chunk.start(ofToken: token)
            if chunk.text[gap].contains(0x0A) { return true }
        }
        return false
    }

    private mutating func markExpressionStatement(_ node: Int, isFirstInFile: Bool) {
        if isFirstInFile, chunk.parent(node) < 0,
            !(0..<first(node)).contains(where: { tokenKind($0) == .newline })
        {
            markDocstring(node)
        }
        guard let value = chunk.firstChild(of: node), kind(value) == .binaryExpr,
            let left = chunk.firstChild(of: value)
        else { return }
        switch tokenKind(last(left) + 1) {
        case .plus, .minus, .lessLess, .greaterGreater, .caret, .ampersand:
            insert(.optional, from: first(value), to: last(value))
        default: break
        }
    }

    // MARK: - Optional parentheses

    /// Lets a statement be split inside an expression of it: hides the parentheses that are there, or puts optional ones.
    private mutating func makeParenthesesOptional(around node: Int, removingCommas: Bool = false) {
        switch kind(node) {
        case .parenExpr: hide(node, removingCommas: removingCommas)
        case .tupleExpr:
            if chunk.firstChild(of: node) == nil { return }
            insert(elementCount(node) == 1 ? .visible : .optional, from: first(node), to: last(node))
        case .literalExpr where isMultilineString(first(node)): break
        default: insert(.optional, from: first(node), to: last(node))
        }
    }

    private mutating func hide(_ node: Int, removingCommas: Bool) {
        var node = node
        var isOutermost = true
        while let inner = chunk.firstChild(of: node) {
            if kind(inner) == .tupleExpr, chunk.firstChild(of: inner) != nil {
                if !removingCommas || elementCount(inner) == 1 { return }
            }
            flags[first(node)].insert(isOutermost ? .hidden : .deleted)
            flags[last(node)].insert(isOutermost ? .hidden : .deleted)
            isOutermost = false
            guard kind(inner) == .parenExpr else { return }
            node = inner
        }
    }

    private func isMultilineString(_ token: Int) -> Bool {
        guard tokenKind(token) == .string || tokenKind(token) == .bytes else { return false }
        let body = chunk.text(ofToken: token)
        return StringText.isTripleQuoted(body) && body.contains(0x0A)
    }

    /// Lets parentheses open before a token, in places of the list that are not needed for others.
    mutating func open(_ kinds: [Insertion], before token: Int, from place: Int) {
        for (index, kind) in kinds.enumerated() { opening[place + index] = (Int32(token), kind) }
    }

    private mutating func insert(_ kind: Insertion, from first: Int, to last: Int) {
        // Nearly in order as they come: what stands out of it is as much as parentheses are nested.
        opening.append((Int32(first), kind))
        var place = opening.count - 1
        while place > 0, (opening[place - 1].token, opening[place - 1].kind.rawValue) > (Int32(first), kind.rawValue) {
            opening[place] = opening[place - 1]
            place -= 1
        }
        opening[place] = (Int32(first), kind)
        closing.append(Int32(last))
        place = closing.count - 1
        while place > 0, closing[place - 1] > Int32(last) {
            closing[place] = closing[place - 1]
            place -= 1
        }
        closing[place] = Int32(last)
    }
}

/// How readily a line is split at an operator: the highest of a line is where it is split.
enum SplitPriority {
    static let comprehension: UInt8 = 20
    static let comma: UInt8 = 18
    static let conditional: UInt8 = 16
    static let logic: UInt8 = 14
    static let comparison: UInt8 = 10
    static let dot: UInt8 = 1

    static func of(operatorKind kind: SyntaxKind) -> UInt8 {
        switch kind {
        case .orKeyword, .andKeyword: logic
        case .equalEqual, .notEqual, .less, .greater, .lessEqual, .greaterEqual, .inKeyword, .notKeyword: comparison
        case .pipe: 9
        case .caret: 8
        case .ampersand: 7
        case .lessLess, .greaterGreater: 6
        case .plus, .minus: 5
        case .star, .slash, .slashSlash, .percent: 4
        default: 0
        }
    }
}
