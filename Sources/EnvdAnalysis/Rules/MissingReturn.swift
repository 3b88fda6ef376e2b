import EnvdSyntax

extension Rule {
    /// A function that gives a value on some paths and ends without one on another.
    static let missingReturn = Rule(
        "missing-return", .starlark, .advice, page: PackageResources.missing_return_md,
        .nodes([.defStmt]) { node, context, reporter in
            guard let function = DefStmt(node), let name = function.name, let suite = function.suite,
                !context.alwaysLeaves(suite)
            else { return }
            let exits = FunctionExits(of: function)
            guard exits.withValue != nil, !exits.hasWhile else { return }
            reporter.report(
                name.range, "'\(name.text)' returns a value on some paths only; add 'return None' at its end")
        })
}
