import EnvdSyntax

extension Rule {
    /// A port of the environment that is exposed again, which replaces the first time.
    static let overriddenPort = Rule(
        "overridden-port", .api, .warning, page: PackageResources.overridden_port_md,
        .file { context, reporter in
            for call in context.calls(
                ["runtime.expose"],
                inEveryRun: { run, index in
                    let call = run.steps[index].call
                    guard let port = context.constant("envd_port", of: call)?.integer else { return false }
                    return run.steps[(index + 1)...].contains { later in
                        later.name == call.name && !later.isConditional && later.call.range != call.range
                            && context.constant("envd_port", of: later.call)?.integer == port
                            && later.call.call.node.text != call.call.node.text
                    }
                })
            {
                reporter.report(
                    call.argument("envd_port")?.value.range ?? call.calleeRange,
                    "this port is exposed again later, and envd opens only the last one")
            }
        })
}
