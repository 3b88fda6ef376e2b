import EnvdSyntax

extension Rule {
    /// A pattern where `io.copy` takes a path.
    static let copyPattern = Rule(
        "copy-pattern", .files, .error, page: PackageResources.copy_pattern_md,
        .calls(of: "io.copy") { call, context, reporter in
            guard let argument = call.argument("source"),
                let source = context.constant("source", of: call)?.text, source.contains("*") || source.contains("?")
            else { return }
            reporter.report(
                argument.value.range,
                "'\(source)' is looked for as it stands: io.copy takes no patterns; copy the directory")
        })
}
