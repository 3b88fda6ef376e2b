import EnvdSyntax

extension Rule {
    /// A number that is no port.
    static let portRange = Rule(
        "port-range", .api, .error, page: PackageResources.port_range_md,
        .calls(of: "runtime.expose", "config.jupyter") { call, context, reporter in
            let ports = ["envd_port": 1, "host_port": 0, "port": 0]
            for argument in call.arguments {
                guard let least = ports[argument.parameter.name],
                    let port = context.constant(argument.value)?.integer, !(least...65535).contains(port)
                else { continue }
                reporter.report(
                    argument.value.range, "\(port) is no port: \(argument.parameter.name) is from \(least) to 65535")
            }
        })
}
