import EnvdSyntax

extension Rule {
    /// Two values in a row, which read as a call or an index.
    static let missingComma = Rule(
        "missing-comma", .starlark, .error, page: PackageResources.missing_comma_md,
        .nodes([.callExpr, .indexExpr]) { node, context, reporter in
            if let call = CallExpr(node) {
                guard let callee = call.callee, isValue(callee), let type = context.staticType(callee) else { return }
                return report(callee, "\(type.described) cannot be called", &reporter)
            }
            guard let expression = IndexExpr(node), let base = expression.base, let index = expression.index else {
                return
            }
            switch base {
            case .list, .listComp, .tuple: break
            case .paren(let paren): guard case .tuple? = paren.inner else { return }
            default: return
            }
            guard let type = context.staticType(index), type != .int, let kind = context.staticType(base) else {
                return
            }
            report(base, "\(kind.described) has no index that is \(type.described)", &reporter)
        })
}

private func report(_ first: Expr, _ problem: String, _ reporter: inout Rule.Reporter) {
    let end = first.range.upperBound..<first.range.upperBound
    reporter.report(
        first.range, "\(problem); is a comma missing behind it?", Fix("Add a comma", replace: end, with: ","))
}

/// A value that is written out.
private func isValue(_ expression: Expr) -> Bool {
    switch expression {
    case .literal, .list, .dict, .tuple, .listComp, .dictComp: true
    case .paren(let paren):
        switch paren.inner {
        case .tuple?, .literal?: true
        default: false
        }
    default: false
    }
}
