import EnvdSyntax

extension Rule {
    /// A development environment whose user is root.
    static let rootOwner = Rule(
        "root-owner", .security, .advice, page: PackageResources.root_owner_md,
        .program(of: "config.owner") { context, reporter in
            for call in context.calls(
                ["config.owner"],
                inEveryRun: { run, index in
                    context.isDevelopment(run) == true
                        && context.constant("uid", of: run.steps[index].call)?.integer == 0
                })
            {
                reporter.report(
                    call.argument("uid")?.value.range ?? call.calleeRange,
                    "0 makes 'envd' another name for root, who then owns the files that are made in the project")
            }
        })
}
