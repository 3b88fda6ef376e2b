import EnvdSyntax

extension Rule {
    /// `x in ["a"]` for `x == "a"`.
    static let singleElementMembership = Rule(
        "single-element-membership", .starlark, .advice, page: PackageResources.single_element_membership_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node), let op = binary.op, op.kind == .inKeyword || op.kind == .notKeyword,
                let right = binary.right, let element = soleElement(of: right.unwrapped)
            else { return }
            let opposite = op.kind == .inKeyword ? "==" : "!="
            var violation = Violation(
                range: node.range, message: "there is one element only; compare with '\(opposite)'")
            switch element {
            case .literal, .name, .dot, .call:
                let replacement = "\(opposite) \(context.file.text(in: element.range))"
                violation.fixes = [
                    Fix(
                        "Use '\(opposite)'", replace: op.range.lowerBound..<right.range.upperBound, with: replacement,
                        isSafe: true)
                ]
            default: break
            }
            reporter.report(violation)
        })
}

private func soleElement(of container: Expr) -> Expr? {
    let node: SyntaxNode
    switch container {
    case .list(let list): node = list.node
    case .tuple(let tuple): node = tuple.node
    default: return nil
    }
    var found: Expr?
    for child in node.children {
        guard found == nil, let element = Expr(child) else { return nil }
        if case .foreign = element { return nil }
        found = element
    }
    return found
}
