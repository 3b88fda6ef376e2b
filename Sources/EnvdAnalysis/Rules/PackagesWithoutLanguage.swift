import EnvdSyntax

extension Rule {
    /// Packages of R or Julia where the language itself is not installed.
    static let packagesWithoutLanguage = Rule(
        "packages-without-language", .api, .warning, page: PackageResources.packages_without_language_md,
        .program(of: "install.r_packages", "install.julia_packages") { context, reporter in
            for (name, language) in [
                ("install.r_packages", "install.r_lang"), ("install.julia_packages", "install.julia"),
            ] {
                for call in context.calls([name], inEveryRun: { run, _ in !run.mayCall(language) }) {
                    reporter.report(
                        call.calleeRange, "'\(name)' does nothing without '\(language)()'",
                        context.insertion(of: "\(language)()", before: call))
                }
            }
        })
}
