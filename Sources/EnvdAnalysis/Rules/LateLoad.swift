import EnvdSyntax

extension Rule {
    /// A `load` below other code.
    static let lateLoad = Rule(
        "late-load", .starlark, .advice, page: PackageResources.late_load_md,
        .program { context, reporter in
            for (load, isBelowCode) in context.loads where isBelowCode {
                guard let keyword = load.node.firstToken else { continue }
                reporter.report(keyword.range, "what a file loads stands at its top, above all other code")
            }
        })
}
