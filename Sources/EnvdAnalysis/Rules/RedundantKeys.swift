import EnvdSyntax

extension Rule {
    /// `x in d.keys()` for `x in d`.
    static let redundantKeys = Rule(
        "redundant-keys", .starlark, .advice, page: PackageResources.redundant_keys_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node), let op = binary.op?.kind, op == .inKeyword || op == .notKeyword,
                case .call(let call)? = binary.right, case .dot(let dot)? = call.callee,
                dot.name?.isText("keys") == true, call.argumentList?.arguments.first == nil, let base = dot.base
            else { return }
            let rest = base.range.upperBound..<call.range.upperBound
            reporter.report(
                rest, "'in' looks at the keys of a dict anyway; '.keys()' makes a list of them first",
                Fix("Remove '.keys()'", replace: rest, with: ""))
        })
}
