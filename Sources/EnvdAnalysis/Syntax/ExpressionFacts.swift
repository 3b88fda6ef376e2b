import EnvdSyntax

extension Expr {
    /// The expression without the parentheses around it.
    var unwrapped: Expr {
        var inner = self
        while case .paren(let paren) = inner, let next = paren.inner { inner = next }
        return inner
    }

    /// The token of a name.
    var nameToken: SyntaxToken? {
        if case .name(let name) = self { name.name } else { nil }
    }
}

extension SyntaxNode {
    /// Whether computing it calls something, which may do more than give a value. What stands in a `lambda` is not computed.
    var mayCall: Bool {
        descendants.contains { $0.kind == .callExpr || $0.kind == .errorExpr }
    }
}

extension RuleContext {
    /// Whether computing it may do more than give a value: it calls something that is no function of the language and is
    /// not called like a method that only looks.
    func mayHaveEffects(_ node: SyntaxNode) -> Bool {
        node.descendants.contains { inner in
            switch inner.kind {
            case .callExpr:
                guard let call = CallExpr(inner) else { return true }
                return !PureCall.isPure(call, in: self)
            case .errorExpr, .yieldExpr, .awaitExpr, .namedExpr: return true
            default: return false
            }
        }
    }

    /// Whether an expression is a name of the language that nothing in the file hides.
    func isBuiltin(_ expression: Expr?, _ name: StaticString) -> Bool {
        guard let token = expression?.nameToken, token.isText(name) else { return false }
        return isUnbound(token)
    }

    /// Whether a name that is read means what it means outside of the file.
    func isUnbound(_ name: SyntaxToken) -> Bool {
        guard let use = use(at: name.range) else { return false }
        return use.binding == nil
    }

    /// Whether a call is `fail(…)`, after which nothing runs.
    func isFail(_ expression: Expr?) -> Bool {
        guard case .call(let call)? = expression else { return false }
        return isBuiltin(call.callee, "fail")
    }

    /// The function that a name means, if it is always this one: defined once, and never assigned.
    func function(named name: SyntaxToken) -> Binding? {
        guard let id = use(at: name.range)?.binding else { return nil }
        let binding = names.bindings[id]
        guard binding.occurrences.count == 1, binding.occurrences[0].kind == .function else { return nil }
        return binding
    }
}

extension CallExpr {
    /// The sole argument, if there is one alone and it is given by position.
    var soleArgument: Expr? {
        guard let list = argumentList else { return nil }
        var iterator = list.arguments.makeIterator()
        guard case .expr(let value)? = iterator.next(), iterator.next() == nil else { return nil }
        return value
    }
}
