extension Rule {
    /// Names that look like digits.
    static let ambiguousName = Rule(
        "ambiguous-name", .starlark, .advice, isOptIn: true, page: PackageResources.ambiguous_name_md,
        .file { context, reporter in
            for binding in context.names.bindings where ["l", "O", "I"].contains(binding.name) {
                reporter.report(
                    binding.occurrences[0].range,
                    "'\(binding.name)' looks like a digit in many fonts; choose another name")
            }
        })
}
