import EnvdSyntax

extension Rule {
    /// A file or directory that the project does not have.
    static let missingFile = Rule(
        "missing-file", .files, .error, page: PackageResources.missing_file_md,
        .calls { call, context, reporter in
            guard let project = context.project else { return }
            for path in context.projectPaths(of: call) {
                guard path.isInside, project.status(path.relative) == .missing else { continue }
                reporter.report(path.range, "there is no '\(path.text)' in the project")
            }
        })
}
