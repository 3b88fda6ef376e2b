import EnvdSyntax

extension Rule {
    /// A condition whose outcome is certain.
    static let constantCondition = Rule(
        "constant-condition", .starlark, .warning, page: PackageResources.constant_condition_md,
        .nodes([.ifStmt, .elifClause, .conditionalExpr, .compIf]) { node, context, reporter in
            let condition =
                IfStmt(node)?.condition ?? ElifClause(node)?.condition ?? ConditionalExpr(node)?.condition
                ?? CompIf(node)?.condition
            guard let condition, let verdict = context.verdict(on: condition, depth: 0) else { return }
            let text = context.file.text(in: verdict.decisive.range)
            let outcome = verdict.isTrue ? "true" : "false"
            if verdict.isFunction {
                let end = verdict.decisive.range.upperBound..<verdict.decisive.range.upperBound
                reporter.report(
                    verdict.decisive.range, "'\(text)' is a function and always true; call it",
                    Fix("Call it", replace: end, with: "()"))
            } else if verdict.decisive.node != condition.unwrapped.node, text.utf8.count <= 40 {
                let hint = verdict.isPart ? "; compare it too, as in 'x == \(text)'" : ""
                reporter.report(
                    verdict.decisive.range, "the condition is always \(outcome) because of \(text)\(hint)")
            } else {
                reporter.report(verdict.decisive.range, "the condition is always \(outcome)")
            }
        })
}

/// Why a condition is certain.
private struct Verdict {
    var isTrue: Bool
    /// The part that decides.
    var decisive: Expr
    var isFunction = false
    /// The part stands beside a comparison: `x == "a" or "b"`.
    var isPart = false
}

extension RuleContext {
    /// Chains of `and` and `or` are deep to the left.
    private static let maximumDepth = 24

    fileprivate func verdict(on expression: Expr, depth: Int) -> Verdict? {
        guard depth < RuleContext.maximumDepth else { return nil }
        let inner = expression.unwrapped
        switch inner {
        case .literal(let literal):
            guard let token = literal.token, let isTrue = truth(of: token) else { return nil }
            return Verdict(isTrue: isTrue, decisive: inner)
        case .list(let list): return Verdict(isTrue: list.elements.first != nil, decisive: inner)
        case .tuple(let tuple): return Verdict(isTrue: tuple.elements.first != nil, decisive: inner)
        case .dict(let dict): return Verdict(isTrue: dict.entries.first != nil, decisive: inner)
        case .lambda: return Verdict(isTrue: true, decisive: inner)
        case .name(let name):
            guard let token = name.name else { return nil }
            if token.isText("True") { return isUnbound(token) ? Verdict(isTrue: true, decisive: inner) : nil }
            if token.isText("False") || token.isText("None") {
                return isUnbound(token) ? Verdict(isTrue: false, decisive: inner) : nil
            }
            return function(named: token).map { _ in Verdict(isTrue: true, decisive: inner, isFunction: true) }
        case .unary(let unary):
            guard unary.op?.kind == .notKeyword, let operand = unary.operand,
                var verdict = verdict(on: operand, depth: depth + 1)
            else { return nil }
            verdict.isTrue.toggle()
            return verdict
        case .binary(let binary):
            let op = binary.op?.kind
            guard op == .andKeyword || op == .orKeyword, let left = binary.left, let right = binary.right else {
                return nil
            }
            let first = verdict(on: left, depth: depth + 1)
            // Of "or" one true side is enough, of "and" a false one.
            let deciding = op == .orKeyword
            if let first, first.isTrue == deciding { return first }
            guard var second = verdict(on: right, depth: depth + 1) else { return nil }
            if second.isTrue == deciding {
                if deciding, case .literal = second.decisive, staticType(left) == .bool { second.isPart = true }
                return second
            }
            return first == nil ? nil : second
        default: return nil
        }
    }

    private func truth(of token: SyntaxToken) -> Bool? {
        switch token.kind {
        case .integer: NumberLiteral.integer(token.text).map { !$0.digits.allSatisfy { $0 == "0" } }
        case .float: NumberLiteral.float(token.text).map { $0 != 0 }
        case .string, .bytes: StringLiteral.value(of: token).map { !$0.isEmpty }
        default: nil
        }
    }
}
