import EnvdSyntax

extension Rule {
    /// A secret among the variables of `runtime.environ`, which become part of the image.
    static let secretInEnvironment = Rule(
        "secret-in-environment", .security, .warning, page: PackageResources.secret_in_environment_md,
        .calls(.taking("dict[str, str]")) { call, context, reporter in
            for argument in call.arguments where argument.parameter.type == "dict[str, str]" {
                for (key, value) in context.constant(argument.value)?.entries ?? [] {
                    guard let name = key.text, let text = value.text, SecretPattern.isSecretName(name),
                        SecretPattern.isRandom(text), SecretPattern.first(in: Array(text.utf8)) == nil
                    else { continue }
                    reporter.report(
                        value.range,
                        "the value of \(name) becomes part of the image for everybody to read; mount a file with it instead"
                    )
                }
            }
        })
}
