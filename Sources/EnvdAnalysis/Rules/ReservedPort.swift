import EnvdSyntax

extension Rule {
    /// A port of the environment that envd uses itself.
    static let reservedPort = Rule(
        "reserved-port", .api, .warning, page: PackageResources.reserved_port_md,
        .program(of: "runtime.expose") { context, reporter in
            for (port, service, isThere) in [
                (2222, "the SSH server, which envd needs to attach", { context.isDevelopment($0) == true }),
                (8888, "Jupyter, whose port config.jupyter sets", { $0.mayCall("config.jupyter") }),
                (8787, "RStudio Server, which envd exposes by itself", { $0.mayCall("config.rstudio_server") }),
            ] as [(Int, String, (ProgramRun) -> Bool)] {
                let calls = context.calls(["runtime.expose"]) { run, index in
                    isThere(run) && context.constant("envd_port", of: run.steps[index].call)?.integer == port
                }
                for call in calls {
                    reporter.report(
                        call.argument("envd_port")?.value.range ?? call.calleeRange,
                        "port \(port) is that of \(service)")
                }
            }
        })
}
