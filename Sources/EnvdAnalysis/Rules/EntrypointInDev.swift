import EnvdSyntax

extension Rule {
    /// `config.entrypoint` in a development environment.
    static let entrypointInDev = Rule(
        "entrypoint-in-dev", .api, .error, page: PackageResources.entrypoint_in_dev_md,
        .program(of: "config.entrypoint") { context, reporter in
            for call in context.calls(
                ["config.entrypoint"], inEveryRun: { run, _ in context.isDevelopment(run) == true })
            {
                reporter.report(
                    call.calleeRange,
                    "a development environment has its own entrypoint; use runtime.init or runtime.daemon, or base() without dev"
                )
            }
        })
}
