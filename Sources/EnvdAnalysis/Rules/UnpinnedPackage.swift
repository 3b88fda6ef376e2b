import EnvdSyntax

extension Rule {
    /// A Python package without a version, so that the same program builds something else tomorrow.
    static let unpinnedPackage = Rule(
        "unpinned-package", .packages, .advice, isOptIn: true, page: PackageResources.unpinned_package_md,
        .calls { call, context, reporter in
            for name in context.texts(of: "PipRequirement", in: call) {
                guard let requirement = Requirement(name.text), requirement.url == nil, requirement.pinnedVersion == nil
                else { continue }
                let problem = requirement.clauses.isEmpty ? "has no version" : "may be one of several versions"
                reporter.report(
                    name.range, "'\(requirement.name)' \(problem), so that a later build may get another; write '=='")
            }
            for name in context.texts(of: "CondaPackage", in: call) {
                guard let spec = CondaSpec(name.text), spec.version.isEmpty else { continue }
                reporter.report(
                    name.range, "'\(spec.name)' has no version, so that a later build may get another; write '='")
            }
        })
}
