import EnvdSyntax

extension Rule {
    /// `set`, which Starlark has and envd switches off.
    static let setFunction = Rule(
        "set-function", .names, .error, page: PackageResources.set_function_md,
        .chunk { context, reporter in
            guard !context.dialect.contains(.set) else { return }
            let set = context.symbol("set")
            for use in context.names.uses where use.symbol == set && use.binding == nil {
                reporter.report(use.range, "envd has no sets: use a list, or a dict with the elements as its keys")
            }
        })
}
