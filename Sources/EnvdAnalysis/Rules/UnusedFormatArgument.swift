import EnvdSyntax

extension Rule {
    /// A value that `format` gets and its string does not use.
    static let unusedFormatArgument = Rule(
        "unused-format-argument", .starlark, .warning, page: PackageResources.unused_format_argument_md,
        .callees(["format"]) { call, context, reporter in
            guard let given = FormatArguments(call, in: context), given.format.problem == nil else { return }
            for (position, value) in given.positional.enumerated() where !given.format.uses(position: position) {
                reporter.report(value.range, "the format does not use this value")
            }
            for keyword in given.keywords where !given.format.names.contains(keyword.name) {
                reporter.report(keyword.range, "the format does not use '\(keyword.name)'")
            }
        })
}
