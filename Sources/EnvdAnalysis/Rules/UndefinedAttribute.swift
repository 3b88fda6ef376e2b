import EnvdSyntax

extension Rule {
    /// A function that its module of the API does not have, such as `install.pip`.
    static let undefinedAttribute = Rule(
        "undefined-attribute", .names, .error, page: PackageResources.undefined_attribute_md,
        .file { context, reporter in
            for violation in violations(in: context) { reporter.report(violation) }
        })
}

private func violations(in context: RuleContext) -> [Rule.Violation] {
    let modules = context.environment.modules
    var names: [Range<Int>: String] = [:]
    for use in context.names.uses where use.binding == nil && modules[use.name] != nil {
        names[use.range] = use.name
    }
    guard !names.isEmpty else { return [] }

    return context.file.statements.flatMap { statement in
        statement.descendants.compactMap { node -> Rule.Violation? in
            guard let dot = DotExpr(node), let attribute = dot.name, let base = dot.base,
                let module = names[base.range], let members = modules[module],
                !members.contains(attribute.text), OldAPI.functions["\(module).\(attribute.text)"] == nil
            else { return nil }
            let problem = "'\(module)' has no '\(attribute.text)'"
            guard let nearest = nearestName(to: attribute.text, among: members.sorted()) else {
                return Rule.Violation(range: attribute.range, message: problem)
            }
            let edit = SourceEdit(range: attribute.range, replacement: nearest)
            return Rule.Violation(
                range: attribute.range, message: "\(problem); did you mean '\(nearest)'?",
                fixes: [Fix(title: "Replace with '\(nearest)'", edits: [edit])])
        }
    }
}
