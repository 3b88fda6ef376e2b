import EnvdSyntax

extension Rule {
    /// `True if x else False`.
    static let needlessConditional = Rule(
        "needless-conditional", .starlark, .advice, page: PackageResources.needless_conditional_md,
        .nodes([.conditionalExpr]) { node, context, reporter in
            guard let conditional = ConditionalExpr(node), let condition = conditional.condition else { return }
            let isPlain =
                context.isBuiltin(conditional.then, "True") && context.isBuiltin(conditional.otherwise, "False")
            let isTurned =
                context.isBuiltin(conditional.then, "False") && context.isBuiltin(conditional.otherwise, "True")
            guard isPlain || isTurned else { return }
            let text = context.file.text(in: condition.range)
            guard isPlain else {
                return reporter.report(node.range, "'not' gives the same: it turns any value into True or False")
            }
            if context.staticType(condition) == .bool {
                reporter.report(
                    node.range, "the condition is True or False already",
                    Fix("Use the condition", replace: node.range, with: text, isSafe: true))
            } else if context.isFree("bool") {
                reporter.report(
                    node.range, "bool() gives the same",
                    Fix("Use bool()", replace: node.range, with: "bool(\(text))", isSafe: true))
            }
        })
}
