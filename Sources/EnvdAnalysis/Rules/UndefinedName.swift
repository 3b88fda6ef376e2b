extension Rule {
    /// A name that nothing defines: not the file, not the language, not the API.
    static let undefinedName = Rule(
        "undefined-name", .names, .error, page: PackageResources.undefined_name_md,
        .file { context, reporter in
            for violation in violations(in: context) { reporter.report(violation) }
        })
}

private func violations(in context: RuleContext) -> [Rule.Violation] {
    context.names.uses.compactMap { use in
        // What recovery left over is no code; its own finding says so.
        guard use.binding == nil, !use.isInBrokenCode, !context.environment.contains(use.name) else { return nil }
        let candidates = context.names.names(visibleFrom: use.scope) + context.environment.names
        guard let nearest = nearestName(to: use.name, among: candidates) else {
            return Rule.Violation(range: use.range, message: "undefined name '\(use.name)'")
        }
        let edit = SourceEdit(range: use.range, replacement: nearest)
        return Rule.Violation(
            range: use.range, message: "undefined name '\(use.name)'; did you mean '\(nearest)'?",
            fixes: [Fix(title: "Replace with '\(nearest)'", edits: [edit])])
    }
}
