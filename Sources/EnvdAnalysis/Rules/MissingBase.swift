import EnvdSyntax

extension Rule {
    /// A program that never chooses an image.
    static let missingBase = Rule(
        "missing-base", .api, .advice, page: PackageResources.missing_base_md,
        .program { context, reporter in
            guard let build = context.build, let name = build.name, let run = context.runs.first, !run.steps.isEmpty,
                !run.mayCall("base")
            else { return }
            reporter.report(
                name.range,
                "base() is never called, so this is ubuntu:22.04 without development tools; say so, or base(dev=True)")
        })
}
