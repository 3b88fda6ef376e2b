import EnvdSyntax

extension Rule {
    /// A `load` below other code.
    static let lateLoad = Rule(
        "late-load", .starlark, .advice, page: PackageResources.late_load_md,
        .file { context, reporter in
            var isBelowCode = false
            for (place, statement) in context.file.statements.enumerated() {
                if statement.kind != .loadStmt {
                    // The file's docstring stands above all else.
                    if place > 0 || statement.kind != .exprStmt { isBelowCode = true }
                } else if isBelowCode, let keyword = statement.firstToken {
                    reporter.report(keyword.range, "what a file loads stands at its top, above all other code")
                }
            }
        })
}
