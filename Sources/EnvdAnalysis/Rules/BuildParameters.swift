import EnvdSyntax

extension Rule {
    /// A `build` that cannot be called without arguments.
    static let buildParameters = Rule(
        "build-parameters", .api, .error, page: PackageResources.build_parameters_md,
        .program { context, reporter in
            for parameter in context.build?.parameterList?.parameters.map({ $0 }) ?? [] {
                guard parameter.prefix == nil, parameter.defaultValue == nil, let name = parameter.name else {
                    continue
                }
                reporter.report(name.range, "envd calls build() without arguments; give '\(name.text)' a default value")
            }
        })
}
