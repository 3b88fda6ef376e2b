import EnvdSyntax

extension Rule {
    /// An index that a literal, or a tuple or string that is known, does not have.
    static let indexOutOfRange = Rule(
        "index-out-of-range", .starlark, .error, page: PackageResources.index_out_of_range_md,
        .nodes([.indexExpr]) { node, context, reporter in
            guard let expression = IndexExpr(node), let base = expression.base,
                let index = context.constant(expression.index)?.integer, let value = context.constant(base)
            else { return }
            let count: Int
            let kind: String
            switch value.value {
            case .text(let text): (count, kind) = (text.utf8.count, "string")
            case .tuple(let elements): (count, kind) = (elements.count, "tuple")
            case .list(let elements):
                // A list that has a name may have become longer.
                guard base.nameToken == nil else { return }
                (count, kind) = (elements.count, "list")
            default: return
            }
            guard index >= count || index < -count else { return }
            let what = count == 1 ? "1 element" : "\(count) elements"
            reporter.report(
                node.range, "there is no index \(index): the \(kind) has \(kind == "string" ? "\(count) bytes" : what)")
        })
}
