extension Rule {
    /// Names that look like digits.
    static let ambiguousName = Rule(
        "ambiguous-name", .starlark, .advice, isOptIn: true, page: PackageResources.ambiguous_name_md,
        .chunk { context, reporter in
            for id in context.ownBindings {
                let binding = context.names.bindings[id]
                guard ["l", "O", "I"].contains(context.names.name(of: binding)),
                    context.isOwn(binding.occurrences[0].range)
                else {
                    continue
                }
                reporter.report(
                    binding.occurrences[0].range,
                    "'\(context.names.name(of: binding))' looks like a digit in many fonts; choose another name")
            }
        })
}
