import EnvdSyntax

extension Rule {
    /// conda packages or channels before `install.conda`.
    static let condaOrder = Rule(
        "conda-order", .api, .error, page: PackageResources.conda_order_md,
        .program(of: "install.conda_packages", "config.conda_channel") { context, reporter in
            for call in context.calls(
                ["install.conda_packages", "config.conda_channel"],
                inEveryRun: { run, index in run.firstPlace(of: "install.conda") ?? .max > index })
            {
                let isLater = context.runs.contains { $0.mayCall("install.conda") }
                let problem = isLater ? "comes before install.conda()" : "needs install.conda() first"
                reporter.report(
                    call.calleeRange, "'\(call.name)' \(problem); envd refuses it",
                    context.insertion(of: "install.conda()", before: call))
            }
        })
}
