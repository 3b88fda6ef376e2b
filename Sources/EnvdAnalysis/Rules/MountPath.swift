import EnvdSyntax

extension Rule {
    /// A mount whose path Docker refuses.
    static let mountPath = Rule(
        "mount-path", .api, .error, page: PackageResources.mount_path_md,
        .calls(of: "runtime.mount") { call, context, reporter in
            guard !call.isOpen else { return }
            if let host = context.constant("host_path", of: call)?.text, let argument = call.argument("host_path"),
                !host.hasPrefix("/"), host != "~", !host.hasPrefix("~/")
            {
                reporter.report(
                    argument.value.range,
                    "a mount needs an absolute path of the host, or one that begins with '~/'; the project is mounted anyway"
                )
            }
            guard let argument = call.argument("envd_path") else {
                reporter.report(call.calleeRange, "'runtime.mount' needs envd_path: where to see it in the environment")
                return
            }
            guard let target = context.constant("envd_path", of: call)?.text else { return }
            if target == "/" {
                reporter.report(argument.value.range, "nothing can be mounted over the root directory")
            } else if !target.hasPrefix("/"), target != "~", !target.hasPrefix("~/") {
                reporter.report(argument.value.range, "envd_path must be absolute, or begin with '~/' for /home/envd")
            }
        })
}
