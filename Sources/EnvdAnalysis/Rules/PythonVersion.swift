import EnvdSyntax

extension Rule {
    /// A version of Python that cannot be installed.
    static let pythonVersion = Rule(
        "python-version", .api, .error, page: PackageResources.python_version_md,
        .calls(of: "install.python") { call, context, reporter in
            guard let version = context.constant("version", of: call)?.text,
                let argument = call.argument("version")
            else { return }
            let parts = version.split(separator: ".", omittingEmptySubsequences: false)
            if version.hasPrefix("2") {
                reporter.report(argument.value.range, "envd installs no Python 2; use 3.x")
            } else if !version.isEmpty, version != "3", !version.hasPrefix("3.") {
                reporter.report(
                    argument.value.range,
                    "'\(version)' is no version that envd takes; write it as \"3.11\" or \"3.11.9\"")
            } else if parts.count > 1, parts.contains(where: { $0.isEmpty || $0 == "x" || $0 == "X" }) {
                reporter.report(
                    argument.value.range, "there is no Python '\(version)'; \"3.11\" means its latest bug fix release")
            }
        })
}
