import EnvdSyntax

extension Rule {
    /// `set`, which Starlark has and envd switches off.
    static let setFunction = Rule(
        "set-function", .names, .error, page: PackageResources.set_function_md,
        .file { context, reporter in
            for violation in violations(in: context) { reporter.report(violation) }
        })
}

private func violations(in context: RuleContext) -> [Rule.Violation] {
    guard !context.dialect.contains(.set) else { return [] }
    return context.names.uses.filter { $0.binding == nil && $0.name == "set" }.map { use in
        Rule.Violation(
            range: use.range, message: "envd has no sets: use a list, or a dict with the elements as its keys")
    }
}
