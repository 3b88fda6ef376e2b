import EnvdSyntax

extension Rule {
    /// `len(x) == 0` for `not x`.
    static let emptyComparison = Rule(
        "empty-comparison", .starlark, .advice, isOptIn: true, page: PackageResources.empty_comparison_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node), case .call(let call)? = binary.left,
                case .literal(let literal)? = binary.right, literal.token?.isText("0") == true,
                context.isBuiltin(call.callee, "len"), let value = call.soleArgument
            else { return }
            let text = context.file.text(in: value.range)
            switch binary.op?.kind {
            case .equalEqual: reporter.report(node.range, "what is empty is false: write 'not \(text)'")
            case .notEqual, .greater: reporter.report(node.range, "what is not empty is true: write '\(text)'")
            default: return
            }
        })
}
