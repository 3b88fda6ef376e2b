import EnvdSyntax

extension Rule {
    /// Two versions of one package in one call, which cannot both be installed.
    static let conflictingVersions = Rule(
        "conflicting-versions", .packages, .error, page: PackageResources.conflicting_versions_md,
        .program { context, reporter in
            for (package, earlier) in context.repeatedPackages
            where conflict(earlier, package) && (package.call == earlier.call || package.kind != "PipRequirement") {
                reporter.report(
                    package.range, "'\(package.text)' cannot be installed together with '\(earlier.text)'",
                    related: RelatedPlace(earlier.range, "the other version"))
            }
        })
}
