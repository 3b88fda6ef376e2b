import EnvdSyntax

extension Rule {
    /// `io.copy` from a path that looks as if it were outside of the project.
    static let copyOutside = Rule(
        "copy-outside", .files, .warning, page: PackageResources.copy_outside_md,
        .calls(of: "io.copy") { call, context, reporter in
            for path in context.projectPaths(of: call) where path.parameter == "source" {
                if !path.isInside, !path.text.hasPrefix("/") {
                    reporter.report(
                        path.range,
                        "'\(path.text)' is looked for in the project all the same: '..' does not lead out of it")
                } else if context.project == nil,
                    systemDirectories.contains(where: { path.text == $0 || path.text.hasPrefix($0 + "/") })
                {
                    reporter.report(
                        path.range,
                        "'\(path.text)' is a path in the project, not on the host; copy the file into the project first"
                    )
                }
            }
        })
}

private let systemDirectories = ["/etc", "/home", "/root", "/usr", "/var", "/opt", "/tmp", "/mnt", "/Users"]
