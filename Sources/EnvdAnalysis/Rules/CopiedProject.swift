import EnvdSyntax

extension Rule {
    /// A copy of the whole project.
    static let copiedProject = Rule(
        "copied-project", .performance, .advice, page: PackageResources.copied_project_md,
        .calls(of: "io.copy") { call, context, reporter in
            for path in context.projectPaths(of: call) where [".", "./", "/", ""].contains(path.text) {
                reporter.report(
                    path.range,
                    "this copies the whole project with .git and caches, and every change in it repeats the steps behind it; name what is needed"
                )
            }
        })
}
