import EnvdSyntax

extension Rule {
    /// A function that its module of the API does not have, such as `install.pip`.
    static let undefinedAttribute = Rule(
        "undefined-attribute", .names, .error, page: PackageResources.undefined_attribute_md,
        .nodes([.dotExpr]) { node, context, reporter in
            guard let dot = DotExpr(node), let base = dot.base, base.node.kind == .nameExpr, let attribute = dot.name,
                let use = context.use(at: base.range), use.binding == nil, context.isModule(use.symbol),
                let members = context.environment.modules[context.names.name(of: use)],
                !members.contains(attribute.text),
                OldAPI.functions["\(context.names.name(of: use)).\(attribute.text)"] == nil
            else { return }
            let problem = "'\(context.names.name(of: use))' has no '\(attribute.text)'"
            guard let nearest = nearestName(to: attribute.text, among: members.sorted()) else {
                return reporter.report(attribute.range, problem)
            }
            reporter.report(
                attribute.range, "\(problem); did you mean '\(nearest)'?",
                Fix("Replace with '\(nearest)'", replace: attribute.range, with: nearest))
        })
}
