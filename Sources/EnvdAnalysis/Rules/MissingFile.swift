import EnvdSyntax

extension Rule {
    /// A file or directory that the project does not have.
    static let missingFile = Rule(
        "missing-file", .files, .error, page: PackageResources.missing_file_md,
        .calls(.readingProject) { call, context, reporter in
            guard let project = context.project else { return }
            for path in context.projectPaths(of: call) where path.isInside && !path.isPattern {
                guard project.status(path.relative) == .missing else { continue }
                let hint = path.text.hasPrefix("/") ? ", which is where a leading slash begins" : ""
                reporter.report(path.range, "there is no '\(path.text)' in the project\(hint)")
            }
        })
}
