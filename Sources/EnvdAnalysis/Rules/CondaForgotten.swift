import EnvdSyntax

extension Rule {
    /// conda packages that a later `install.conda` forgets.
    static let condaForgotten = Rule(
        "conda-forgotten", .api, .warning, page: PackageResources.conda_forgotten_md,
        .program(of: "install.conda_packages", "config.conda_channel") { context, reporter in
            for call in context.calls(
                ["install.conda_packages", "config.conda_channel"],
                inEveryRun: { run, index in
                    run.firstPlace(of: "install.conda") ?? .max < index
                        && run.steps[(index + 1)...].contains { $0.name == "install.conda" && !$0.isConditional }
                })
            {
                reporter.report(
                    call.calleeRange, "a later install.conda() forgets this; call install.conda() once, before it")
            }
        })
}
