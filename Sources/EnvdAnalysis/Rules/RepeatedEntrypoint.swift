import EnvdSyntax

extension Rule {
    /// Several calls of `config.entrypoint`, whose words become one command line.
    static let repeatedEntrypoint = Rule(
        "repeated-entrypoint", .api, .warning, page: PackageResources.repeated_entrypoint_md,
        .program(of: "config.entrypoint") { context, reporter in
            for call in context.calls(
                ["config.entrypoint"],
                inEveryRun: { run, index in
                    run.steps[..<index].contains { $0.name == "config.entrypoint" && !$0.isConditional }
                })
            {
                reporter.report(
                    call.calleeRange,
                    "this adds words to the entrypoint of the call before; give the whole command to one call")
            }
        })
}
