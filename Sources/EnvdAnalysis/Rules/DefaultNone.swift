import EnvdSyntax

extension Rule {
    /// `d.get(k, None)`.
    static let defaultNone = Rule(
        "default-none", .starlark, .advice, isOptIn: true, page: PackageResources.default_none_md,
        .nodes([.callExpr]) { node, context, reporter in
            guard let call = CallExpr(node), case .dot(let dot)? = call.callee, dot.name?.isText("get") == true,
                let list = call.argumentList
            else { return }
            var iterator = list.arguments.makeIterator()
            guard case .expr(let key)? = iterator.next(), case .expr(let value)? = iterator.next(),
                iterator.next() == nil, context.isBuiltin(value, "None")
            else { return }
            let rest = key.range.upperBound..<value.range.upperBound
            reporter.report(
                value.range, "'get' gives None anyway where there is no such key",
                Fix("Remove it", replace: rest, with: ""))
        })
}
