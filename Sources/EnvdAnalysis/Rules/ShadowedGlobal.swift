import EnvdSyntax

extension Rule {
    /// A local variable that is called like a global one, which the assignment does not change.
    static let shadowedGlobal = Rule(
        "shadowed-global", .starlark, .advice, isOptIn: true, page: PackageResources.shadowed_global_md,
        .file { context, reporter in
            let globals = context.names.scopes[0].bindings
            for binding in context.names.bindings where binding.scope != 0 {
                guard context.names.scopes[binding.scope].kind == .function,
                    let first = binding.occurrences.first, first.kind == .variable,
                    let global = globals[binding.name],
                    let definition = context.names.bindings[global].occurrences.first
                else { continue }
                let line = context.file.position(at: definition.range.lowerBound).line + 1
                let message = "'\(binding.name)' is a variable of this function; the one of line \(line) stays as it is"
                reporter.report(first.range, message)
            }
        })
}
