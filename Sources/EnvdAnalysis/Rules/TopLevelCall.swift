import EnvdSyntax

extension Rule {
    /// A call of the API outside of every function.
    static let topLevelCall = Rule(
        "top-level-call", .api, .advice, needsCleanSyntax: true, page: PackageResources.top_level_call_md,
        .calls { call, context, reporter in
            guard call.caller == nil, !call.isConditional, call.name != "include", call.name != "data.envd",
                context.hasFunctions
            else { return }
            reporter.report(
                call.calleeRange,
                "this is declared whatever function is built, and by every file that loads this one; move it into 'build'"
            )
        })
}
