import EnvdSyntax

extension Rule {
    /// An expression for a statement that computes something and drops it.
    static let unusedResult = Rule(
        "unused-result", .starlark, .warning, page: PackageResources.unused_result_md,
        .nodes([.exprStmt]) { node, context, reporter in
            guard let value = ExprStmt(node)?.value else { return }
            // What nearly every such statement is.
            if case .call(let call) = value {
                if let message = droppedResult(of: call, in: context) { reporter.report(value.range, message) }
                return
            }
            guard let message = message(for: value.unwrapped, node, in: context) else { return }
            var violation = Violation(range: value.range, message: message)
            if isFunction(value, in: context) {
                let end = value.range.upperBound..<value.range.upperBound
                violation.fixes = [Fix("Call it", replace: end, with: "()")]
            }
            reporter.report(violation)
        })
}

private func message(for value: Expr, _ statement: SyntaxNode, in context: RuleContext) -> String? {
    switch value {
    case .name, .dot:
        let text = context.file.text(in: value.range)
        if isFunction(value, in: context) { return "'\(text)' is not called; write '\(text)()'" }
        return value.node.mayCall ? nil : "'\(text)' alone does nothing"
    case .literal(let literal):
        guard let token = literal.token, token.kind != .formattedString, token.kind != .ellipsis else { return nil }
        guard token.kind == .string else { return "a value alone does nothing" }
        if isDocstring(statement, in: context) { return nil }
        return "a string here does nothing; a docstring stands first, and a comment begins with '#'"
    case .binary(let binary):
        switch binary.op?.kind {
        case .andKeyword, .orKeyword:
            return context.mayHaveEffects(value.node) ? nil : "the result is dropped; assign it, or use 'if'"
        case .equalEqual: return "the comparison is dropped; an assignment has one '='"
        case .notEqual, .less, .lessEqual, .greater, .greaterEqual, .inKeyword, .notKeyword:
            return "the comparison is dropped; assign it, or use 'if'"
        case nil, .ampersandAmpersand, .pipePipe, .isKeyword, .lessGreater, .starStar, .at: return nil
        default: return "the result is dropped; assign it"
        }
    case .list, .dict, .tuple, .listComp, .dictComp, .lambda, .unary, .conditional:
        return context.mayHaveEffects(value.node) ? nil : "the result is dropped; assign it"
    default: return nil
    }
}

/// A call of which the result is all there is to it.
private func droppedResult(of call: CallExpr, in context: RuleContext) -> String? {
    switch call.callee {
    case .name(let name)?:
        guard let token = name.name, PureCall.functions.contains(token.text), !mayBeCheck(token),
            context.isUnbound(token),
            !context.mayHaveEffects(call.node)
        else { return nil }
        return "'\(token.text)' only gives a value, which is dropped here; assign it"
    case .dot(let dot)?:
        guard let token = dot.name, let base = dot.base, PureCall.stringMethods.contains(token.text),
            context.staticType(base) == .string || context.constant(base)?.text != nil,
            !context.mayHaveEffects(call.node)
        else { return nil }
        return "'\(token.text)' gives a new string, which is dropped here; assign it"
    default: return nil
    }
}

/// Functions that fail for values which are not as they should be.
private func mayBeCheck(_ name: SyntaxToken) -> Bool {
    name.isText("int") || name.isText("float") || name.isText("getattr") || name.isText("hash") || name.isText("bytes")
        || name.isText("ord") || name.isText("chr")
}

private func isDocstring(_ statement: SyntaxNode, in context: RuleContext) -> Bool {
    guard let suite = statement.parent else { return context.isFirst(statement) }
    guard suite.kind == .suite, suite.parent?.kind == .defStmt else { return false }
    return suite.children.first { _ in true } == statement
}

private func isFunction(_ value: Expr, in context: RuleContext) -> Bool {
    switch value {
    case .name(let name):
        guard let token = name.name else { return false }
        return context.function(named: token) != nil
    case .dot(let dot):
        guard let module = dot.base?.nameToken, let name = dot.name,
            let members = context.environment.modules[module.text], members.contains(name.text)
        else { return false }
        return context.isUnbound(module)
    default: return false
    }
}
