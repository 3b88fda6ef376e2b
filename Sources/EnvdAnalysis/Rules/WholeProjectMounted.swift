import EnvdSyntax

extension Rule {
    /// A requirements file for which the whole project is mounted.
    static let wholeProjectMounted = Rule(
        "whole-project-mounted", .performance, .advice, page: PackageResources.whole_project_mounted_md,
        .calls(of: "install.python_packages") { call, context, reporter in
            guard let project = context.project else { return }
            for path in context.projectPaths(of: call) where path.parameter == "requirements" && path.isInside {
                guard project.status(path.text) == .file, let lines = requirementLines(path.text, project) else {
                    continue
                }
                for line in lines {
                    guard let option = ["-e", "-r", "-c", "--find-links"].first(where: { line.contains($0) }) else {
                        continue
                    }
                    reporter.report(
                        path.range,
                        "for '\(option)' in the line '\(line.prefix(40))' envd mounts the whole project, so that every change in it installs all again"
                    )
                    break
                }
            }
        })
}
