import EnvdSyntax

extension Rule {
    /// A path that leaves the project.
    static let pathOutside = Rule(
        "path-outside", .files, .error, page: PackageResources.path_outside_md,
        .calls(.readingProject) { call, context, reporter in
            for path in context.projectPaths(of: call) where path.parameter != "source" {
                let isOutside = !path.isInside || context.project?.status(path.text) == .outside
                guard isOutside, !path.text.hasPrefix("~") else { continue }
                reporter.report(path.range, "'\(path.text)' is outside of the project; the build sees nothing else")
            }
        })
}
