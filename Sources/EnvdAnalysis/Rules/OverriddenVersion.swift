import EnvdSyntax

extension Rule {
    /// A version of a Python package that a later call replaces by another.
    static let overriddenVersion = Rule(
        "overridden-version", .packages, .warning, page: PackageResources.overridden_version_md,
        .program { context, reporter in
            for (package, earlier) in context.repeatedPackages
            where conflict(earlier, package) && package.call != earlier.call && package.kind == "PipRequirement" {
                reporter.report(
                    package.range, "this replaces '\(earlier.text)', which an earlier call has installed")
            }
        })
}
