import EnvdSyntax

extension Rule {
    /// A function that its module of the API does not have, such as `install.pip`.
    static let undefinedAttribute = Rule(
        "undefined-attribute", .names, .error, page: PackageResources.undefined_attribute_md,
        .nodes([.dotExpr]) { node, context, reporter in
            guard let (module, attribute) = context.moduleAttribute(node) else { return }
            let moduleName = context.names.name(of: module)
            guard let members = context.environment.modules[moduleName], !members.contains(attribute.text),
                OldAPI.functions["\(moduleName).\(attribute.text)"] == nil
            else { return }
            let problem = "'\(moduleName)' has no '\(attribute.text)'"
            guard let nearest = nearestName(to: attribute.text, among: members.sorted()) else {
                return reporter.report(attribute.range, problem)
            }
            reporter.report(
                attribute.range, "\(problem); did you mean '\(nearest)'?",
                Fix("Replace with '\(nearest)'", replace: attribute.range, with: nearest))
        })
}
