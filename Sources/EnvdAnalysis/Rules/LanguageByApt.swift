import EnvdSyntax

extension Rule {
    /// A language from the distribution's packages, where envd has a function for it.
    static let languageByApt = Rule(
        "language-by-apt", .packages, .advice, page: PackageResources.language_by_apt_md,
        .calls { call, context, reporter in
            for name in context.texts(of: "AptPackage", in: call) {
                guard let package = AptPackage(name.text), package.version.isEmpty,
                    let function = languagesOfApt[package.name]
                else { continue }
                reporter.report(
                    name.range,
                    context.calls(of: function).isEmpty
                        ? "\(function) installs this language in a version of your choice"
                        : "\(function) installs this language already, and this a second one")
            }
        })
}
