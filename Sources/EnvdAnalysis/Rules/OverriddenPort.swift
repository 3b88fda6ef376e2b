import EnvdSyntax

extension Rule {
    /// A port of the environment that is exposed again, which replaces the first time.
    static let overriddenPort = Rule(
        "overridden-port", .api, .warning, page: PackageResources.overridden_port_md,
        .program(of: "runtime.expose") { context, reporter in
            let calls = context.calls(
                "runtime.expose",
                overriddenBy: { call in
                    context.constant("envd_port", of: call)?.integer.map { (String($0), call.call.node.text) }
                })
            for call in calls {
                reporter.report(
                    call.argument("envd_port")?.value.range ?? call.calleeRange,
                    "this port is exposed again later, and envd opens only the last one")
            }
        })
}
