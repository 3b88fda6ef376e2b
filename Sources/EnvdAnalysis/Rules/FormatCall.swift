import EnvdSyntax

extension Rule {
    /// A call of `format` that does not fit its string.
    static let formatCall = Rule(
        "format-call", .starlark, .error, page: PackageResources.format_call_md,
        .callees(["format"]) { call, context, reporter in
            guard let given = FormatArguments(call, in: context) else { return }
            if let problem = given.format.problem {
                return reporter.report(given.base.range, "the format cannot work: \(problem)")
            }
            guard !given.isOpen else { return }
            let count = given.format.positionalCount
            if given.positional.count < count {
                let values = "\(count) \(count == 1 ? "value" : "values")"
                reporter.report(call.range, "the format takes \(values) and gets \(given.positional.count)")
            } else if let missing = given.format.names.first(where: { name in
                !given.keywords.contains { $0.name == name }
            }) {
                reporter.report(call.range, "the format wants '\(missing)', which the call does not give")
            }
        })
}
