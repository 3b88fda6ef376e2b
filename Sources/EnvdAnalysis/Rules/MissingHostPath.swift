import EnvdSyntax

extension Rule {
    /// A mount of a path that the host does not have.
    static let missingHostPath = Rule(
        "missing-host-path", .files, .warning, page: PackageResources.missing_host_path_md,
        .calls(of: "runtime.mount") { call, context, reporter in
            guard let argument = call.argument("host_path"),
                let path = context.constant("host_path", of: call)?.text, path.hasPrefix("/") || path.hasPrefix("~/"),
                context.project?.hostPathExists(path) == false
            else { return }
            reporter.report(
                argument.value.range, "this machine has no '\(path)', and the environment does not start without it")
        })
}
