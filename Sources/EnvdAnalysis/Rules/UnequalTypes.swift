import EnvdSyntax

extension Rule {
    /// `==` between values whose types differ for certain.
    static let unequalTypes = Rule(
        "unequal-types", .starlark, .warning, page: PackageResources.unequal_types_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node), let op = binary.op?.kind, op == .equalEqual || op == .notEqual,
                let right = context.staticType(binary.right), let left = context.staticType(binary.left),
                left != right, !(left.isNumber && right.isNumber)
            else { return }
            let result = op == .equalEqual ? "false" : "true"
            reporter.report(node.range, "this is always \(result): \(left.described) never equals \(right.described)")
        })
}
