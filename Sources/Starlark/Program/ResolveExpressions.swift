import EnvdSyntax

extension Resolver {
    func expression(_ view: Expr) throws(EvaluationError) -> any Expression {
        let node = view.node
        let range = SourceRange(node.range)
        switch view {
        case .name(let name): return try variable(name)
        case .literal(let literal): return try constant(literal)
        case .paren(let paren): return try required(paren.inner, node)
        case .tuple(let tuple):
            return ListDisplay(range: range, elements: try expressions(tuple.elements), isTuple: true)
        case .list(let list):
            return ListDisplay(range: range, elements: try expressions(list.elements), isTuple: false)
        case .dict(let dict):
            var entries: [(key: any Expression, value: any Expression)] = []
            for item in dict.entries {
                guard case .dictEntry(let entry) = item else { throw invalid("unsupported entry", item.node) }
                entries.append((try required(entry.key, entry.node), try required(entry.value, entry.node)))
            }
            return DictDisplay(range: range, entries: entries)
        case .listComp(let view):
            return try comprehension(node, view.compClauses.map { $0 }) { () throws(EvaluationError) in
                .list(try required(view.element, node))
            }
        case .dictComp(let view):
            return try comprehension(node, view.compClauses.map { $0 }) { () throws(EvaluationError) in
                .dict(key: try required(view.entry?.key, node), value: try required(view.entry?.value, node))
            }
        case .lambda(let view): return try lambda(view)
        case .conditional(let view):
            return Conditional(
                range: range, condition: try required(view.condition, node), then: try required(view.then, node),
                otherwise: try required(view.otherwise, node))
        case .unary(let view):
            guard let operation = view.op?.kind.unaryOperator else { throw invalid("unsupported operator", node) }
            return Unary(range: range, operation: operation, operand: try required(view.operand, node))
        case .binary(let view): return try binary(view)
        case .dot(let view):
            return Dot(
                range: range, base: try required(view.base, node),
                name: try name(view.name, in: node))
        case .call(let view): return try call(view)
        case .index(let view):
            return Index(range: range, base: try required(view.base, node), key: try required(view.index, node))
        case .slice(let view):
            return Slice(
                range: range, base: try required(view.base, node), lower: try optional(view.lower),
                upper: try optional(view.upper), step: try optional(view.step))
        case .foreign: throw invalid("unsupported expression", node)
        case .error: throw invalid("invalid syntax", node)
        }
    }

    private func optional(_ view: Expr?) throws(EvaluationError) -> (any Expression)? {
        guard let view else { return nil }
        return try expression(view)
    }

    private func expressions(_ views: some Sequence<Expr>) throws(EvaluationError) -> [any Expression] {
        var result: [any Expression] = []
        for view in views { result.append(try expression(view)) }
        return result
    }

    // MARK: - Literals

    private func constant(_ view: LiteralExpr) throws(EvaluationError) -> any Expression {
        let range = SourceRange(view.node.range)
        guard let token = view.token else { throw invalid("invalid literal", view.node) }
        switch token.kind {
        case .integer:
            guard let (digits, base) = NumberLiteral.integer(token.text) else { break }
            guard digits.utf8.count <= Limits.integerBits / 6 else {
                throw invalid("integer too large: \(digits.utf8.count) digits", view.node)
            }
            guard let integer = BigInteger(digits: digits.utf8, radix: UInt(base)) else { break }
            return Constant(range: range, value: constants.frozen(constants.heap.integer(integer)))
        case .float:
            guard let number = NumberLiteral.float(token.text) else { break }
            return Constant(range: range, value: .float(number))
        case .string, .bytes:
            guard let content = StringLiteral.value(of: source.bytes(in: token.range)) else { break }
            if token.kind == .bytes {
                return Constant(range: range, value: constants.frozen(constants.heap.bytes(content)))
            }
            return Constant(range: range, value: constants.string(content))
        default:
            break
        }
        throw invalid("invalid literal", view.node)
    }

    // MARK: - Operators

    private func binary(_ view: BinaryExpr) throws(EvaluationError) -> any Expression {
        let node = view.node
        let range = SourceRange(node.range)
        let left = try required(view.left, node)
        let right = try required(view.right, node)
        guard let op = view.op else { throw invalid("unsupported operator", node) }
        switch op.kind {
        case .andKeyword, .orKeyword:
            return ShortCircuit(range: range, isAnd: op.kind == .andKeyword, left: left, right: right)
        default:
            guard let operation = op.kind.binaryOperator else {
                throw invalid("unsupported operator \(op.text)", node)
            }
            return Binary(range: range, operation: operation, left: left, right: right)
        }
    }

    // MARK: - Calls

    private func call(_ view: CallExpr) throws(EvaluationError) -> any Expression {
        let callee = try required(view.callee, view.node)
        var positional: [any Expression] = []
        var named: [(name: String, value: any Expression)] = []
        var names: Set<String> = []
        var variadic: (any Expression)?
        var keywords: (any Expression)?
        for argument in view.argumentList?.arguments.map({ $0 }) ?? [] {
            switch argument {
            case .expr(let value):
                guard named.isEmpty, variadic == nil, keywords == nil else {
                    throw invalid("a positional argument may not follow named ones, *args or **kwargs", value.node)
                }
                positional.append(try expression(value))
            case .keywordArgument(let keyword):
                let name = try name(keyword.name, in: keyword.node)
                guard names.insert(name).inserted else {
                    throw invalid("keyword argument \(name) is repeated", keyword.node)
                }
                guard keywords == nil else { throw invalid("no argument may follow **kwargs", keyword.node) }
                guard variadic == nil else {
                    throw invalid("a keyword argument may not follow *args", keyword.node)
                }
                named.append((name, try required(keyword.value, keyword.node)))
            case .unpackArgument(let unpack):
                let value = try required(unpack.value, unpack.node)
                guard keywords == nil else { throw invalid("no argument may follow **kwargs", unpack.node) }
                if unpack.op?.kind == .starStar {
                    keywords = value
                } else {
                    guard variadic == nil else { throw invalid("only one *args is allowed", unpack.node) }
                    variadic = value
                }
            }
        }
        return Call(
            range: SourceRange(view.node.range), callee: callee, positional: positional, named: named,
            variadic: variadic, keywords: keywords)
    }
}

extension SyntaxKind {
    fileprivate var unaryOperator: Unary.Operator? {
        switch self {
        case .plus: .plus
        case .minus: .minus
        case .tilde: .invert
        case .notKeyword: .not
        default: nil
        }
    }

    fileprivate var binaryOperator: BinaryOperator? {
        switch self {
        case .plus: .add
        case .minus: .subtract
        case .star: .multiply
        case .slash: .divide
        case .slashSlash: .floorDivide
        case .percent: .modulo
        case .ampersand: .bitAnd
        case .pipe: .bitOr
        case .caret: .bitXor
        case .lessLess: .shiftLeft
        case .greaterGreater: .shiftRight
        case .equalEqual: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessEqual: .lessOrEqual
        case .greater: .greater
        case .greaterEqual: .greaterOrEqual
        case .inKeyword: .isIn
        // "not in" is two tokens, of which the node names the first.
        case .notKeyword: .notIn
        default: nil
        }
    }

    var augmentedOperator: BinaryOperator? {
        switch self {
        case .plusEqual: .add
        case .minusEqual: .subtract
        case .starEqual: .multiply
        case .slashEqual: .divide
        case .slashSlashEqual: .floorDivide
        case .percentEqual: .modulo
        case .ampersandEqual: .bitAnd
        case .pipeEqual: .bitOr
        case .caretEqual: .bitXor
        case .lessLessEqual: .shiftLeft
        case .greaterGreaterEqual: .shiftRight
        default: nil
        }
    }
}
