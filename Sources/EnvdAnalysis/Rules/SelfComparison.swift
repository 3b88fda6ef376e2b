import EnvdSyntax

extension Rule {
    /// A comparison of something with itself.
    static let selfComparison = Rule(
        "self-comparison", .starlark, .warning, page: PackageResources.self_comparison_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node) else { return }
            let message: String
            switch binary.op?.kind {
            case .equalEqual, .lessEqual, .greaterEqual: message = "this is always true: both sides are the same"
            case .notEqual, .less, .greater: message = "this is always false: both sides are the same"
            case .andKeyword, .orKeyword: message = "both sides are the same"
            default: return
            }
            guard let left = binary.left?.node, let right = binary.right?.node, isSameCode(left, right),
                !context.mayHaveEffects(left)
            else { return }
            reporter.report(node.range, message)
        })
}
