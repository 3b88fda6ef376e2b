import EnvdSyntax

extension Rule {
    /// `x == True`.
    static let booleanComparison = Rule(
        "boolean-comparison", .starlark, .advice, isOptIn: true, page: PackageResources.boolean_comparison_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node), let op = binary.op?.kind, op == .equalEqual || op == .notEqual,
                let right = binary.right, context.isBuiltin(right, "True") || context.isBuiltin(right, "False")
            else { return }
            reporter.report(
                node.range, "only a bool equals one, not what counts as true; use the value itself or 'not'")
        })
}
