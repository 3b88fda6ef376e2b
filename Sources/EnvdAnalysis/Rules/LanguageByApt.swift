import EnvdSyntax

extension Rule {
    /// A language from the distribution's packages, where envd has a function for it.
    static let languageByApt = Rule(
        "language-by-apt", .packages, .advice, page: PackageResources.language_by_apt_md,
        .program(.taking("AptPackage")) { context, reporter in
            let called = Set(context.calls.map(\.name))
            for name in context.calls.flatMap({ context.texts(of: "AptPackage", in: $0) }) {
                guard let package = AptPackage(name.text), package.version.isEmpty,
                    let function = languagesOfApt[package.name]
                else { continue }
                reporter.report(
                    name.range,
                    called.contains(function)
                        ? "\(function) installs this language already, and this a second one"
                        : "\(function) installs this language in a version of your choice")
            }
        })
}
