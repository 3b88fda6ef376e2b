import EnvdSyntax

extension Rule {
    /// `<` and its like between values that have no order.
    static let unorderedTypes = Rule(
        "unordered-types", .starlark, .error, page: PackageResources.unordered_types_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node), let op = binary.op else { return }
            switch op.kind {
            case .less, .lessEqual, .greater, .greaterEqual: break
            default: return
            }
            guard let left = context.staticType(binary.left), let right = context.staticType(binary.right) else {
                return
            }
            let isOrdered =
                left == right ? ![.none, .dict, .function, .range].contains(left) : left.isNumber && right.isNumber
            guard !isOrdered else { return }
            reporter.report(node.range, "'\(op.text)' does not compare \(left.described) with \(right.described)")
        })
}
