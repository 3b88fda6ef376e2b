import EnvdSyntax

extension Rule {
    /// A program without a function `build`.
    static let missingBuild = Rule(
        "missing-build", .api, .error, needsCleanSyntax: true, page: PackageResources.missing_build_md,
        .program(of: "base") { context, reporter in
            guard context.build == nil, !context.modules.isLoadedByProgram, !context.usesOtherFiles,
                context.functions.isEmpty
            else { return }
            guard let call = context.calls.first(where: { $0.name == "base" && $0.caller == nil }) else { return }
            reporter.report(call.calleeRange, "there is no function 'build'; put these calls into one: def build():")
        })
}
