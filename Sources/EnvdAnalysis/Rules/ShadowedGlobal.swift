import EnvdSyntax

extension Rule {
    /// A local variable that is called like a global one, which the assignment does not change.
    static let shadowedGlobal = Rule(
        "shadowed-global", .starlark, .advice, isOptIn: true, page: PackageResources.shadowed_global_md,
        .chunk { context, reporter in
            for binding in context.ownBindings.map({ context.names.bindings[$0] }) where binding.scope != 0 {
                guard context.names.scopes[binding.scope].kind == .function,
                    let first = binding.occurrences.first, first.kind == .variable,
                    let definition = context.global(binding.symbol)?.occurrences.first
                else { continue }
                reporter.report(first.range, lineOf: RelatedPlace(definition.range, "the variable of the file")) {
                    line in
                    "'\(context.names.name(of: binding))' is a variable of this function; the one of line \(line) stays as it is"
                }
            }
        })
}
