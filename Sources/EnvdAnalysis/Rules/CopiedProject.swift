import EnvdSyntax

extension Rule {
    /// A copy of the whole project.
    static let copiedProject = Rule(
        "copied-project", .performance, .advice, page: PackageResources.copied_project_md,
        .calls { call, context, reporter in
            guard call.name == "io.copy" else { return }
            for path in context.projectPaths(of: call) where [".", "./", "/", ""].contains(path.text) {
                reporter.report(
                    path.range,
                    "this copies the whole project with .git and caches, and every change in it repeats the steps behind it; name what is needed"
                )
            }
        })
}
