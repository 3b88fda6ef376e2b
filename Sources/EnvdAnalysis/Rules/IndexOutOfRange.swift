import EnvdSyntax

extension Rule {
    /// An index that a literal, or a tuple or string that is known, does not have.
    static let indexOutOfRange = Rule(
        "index-out-of-range", .starlark, .error, page: PackageResources.index_out_of_range_md,
        .nodes([.indexExpr]) { node, context, reporter in
            guard let expression = IndexExpr(node), let base = expression.base,
                context.origin(of: expression.index).map({ [.literalExpr, .unaryExpr].contains($0.node.kind) }) == true,
                let index = context.constant(expression.index)?.integer
            else { return }
            let count: Int
            let kind: String
            switch context.origin(of: base) {
            case .literal(let literal)?:
                guard let token = literal.token, token.kind == .string, let text = StringLiteral.value(of: token)
                else {
                    return
                }
                (count, kind) = (text.count, "string")
            case .tuple(let tuple)?: (count, kind) = (tuple.elements.reduce(0) { count, _ in count + 1 }, "tuple")
            case .list(let list)?:
                // A list that has a name may have become longer.
                guard base.nameToken == nil else { return }
                (count, kind) = (list.elements.reduce(0) { count, _ in count + 1 }, "list")
            default: return
            }
            guard index >= count || index < -count else { return }
            let what = count == 1 ? "1 element" : "\(count) elements"
            reporter.report(
                node.range, "there is no index \(index): the \(kind) has \(kind == "string" ? "\(count) bytes" : what)")
        })
}
