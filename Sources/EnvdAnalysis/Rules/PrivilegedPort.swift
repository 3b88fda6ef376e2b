import EnvdSyntax

extension Rule {
    /// A port of the host that ordinary users may not open.
    static let privilegedPort = Rule(
        "privileged-port", .api, .advice, page: PackageResources.privileged_port_md,
        .calls(of: "runtime.expose", "config.jupyter") { call, context, reporter in
            let name = call.name == "runtime.expose" ? "host_port" : "port"
            guard let argument = call.argument(name), let port = context.constant(name, of: call)?.integer,
                (1..<1024).contains(port)
            else { return }
            reporter.report(
                argument.value.range,
                "ports below 1024 need special rights on many hosts; use a higher one, or 0 for any that is free")
        })
}
