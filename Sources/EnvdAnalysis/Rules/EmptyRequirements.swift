import EnvdSyntax

extension Rule {
    /// A requirements file without a requirement.
    static let emptyRequirements = Rule(
        "empty-requirements", .files, .error, page: PackageResources.empty_requirements_md,
        .calls(of: "install.python_packages") { call, context, reporter in
            guard let project = context.project else { return }
            for path in context.projectPaths(of: call) where path.parameter == "requirements" && path.isInside {
                guard project.status(path.text) == .file, let lines = requirementLines(path.text, project),
                    lines.allSatisfy({ $0.isEmpty })
                else { continue }
                reporter.report(
                    path.range, "'\(path.text)' names no package, and pip fails if it is given none; leave it out")
            }
        })
}
