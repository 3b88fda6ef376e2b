import EnvdSyntax

extension Rule {
    /// An empty string among names of packages.
    static let emptyPackageName = Rule(
        "empty-package-name", .packages, .warning, page: PackageResources.empty_package_name_md,
        .calls { call, context, reporter in
            for argument in call.arguments where call.name.hasPrefix("install.") && argument.parameter.name == "name" {
                for name in context.constant(argument.value)?.texts ?? [] where name.text.allSatisfy(\.isWhitespace) {
                    reporter.report(name.range, "the name is empty")
                }
            }
        })
}
