import EnvdSyntax

extension Rule {
    /// A directory where a file is needed.
    static let directoryForFile = Rule(
        "directory-for-file", .files, .error, page: PackageResources.directory_for_file_md,
        .calls(.readingProject) { call, context, reporter in
            guard let project = context.project else { return }
            for path in context.projectPaths(of: call)
            where path.parameter == "requirements" || path.parameter == "env_file" {
                guard path.isInside, project.status(path.text) == .directory else { continue }
                reporter.report(path.range, "'\(path.text)' is a directory; name the file in it")
            }
        })
}
