import EnvdSyntax

extension Rule {
    /// An environment file together with packages or channels.
    static let envFileWithNames = Rule(
        "env-file-with-names", .api, .error, page: PackageResources.env_file_with_names_md,
        .calls(of: "install.conda_packages") { call, context, reporter in
            guard let file = context.constant("env_file", of: call)?.text,
                !file.isEmpty
            else { return }
            for argument in call.arguments where ["name", "channel"].contains(argument.parameter.name) {
                guard let elements = context.constant(argument.value)?.elements, !elements.isEmpty else { continue }
                reporter.report(
                    argument.value.range,
                    "envd refuses '\(argument.parameter.name)' together with 'env_file'; write it in the file")
            }
        })
}
