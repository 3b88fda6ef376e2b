import EnvdSyntax

extension Rule {
    /// A `~` that nobody replaces by a home directory.
    static let unexpandedTilde = Rule(
        "unexpanded-tilde", .api, .warning, page: PackageResources.unexpanded_tilde_md,
        .calls(of: "io.copy", "runtime.environ") { call, context, reporter in
            switch call.name {
            case "io.copy": findTildes("target", call, context, &reporter)
            case "runtime.environ": findTildes("extra_path", call, context, &reporter)
            default: return
            }
        })
}

private func findTildes(_ name: String, _ call: APICall, _ context: RuleContext, _ reporter: inout Rule.Reporter) {
    for (text, range) in context.constant(name, of: call)?.texts ?? [] where text == "~" || text.hasPrefix("~/") {
        let path = "/home/envd" + text.dropFirst()
        // A name that is assigned elsewhere may have other uses.
        let isHere = call.range.contains(range.lowerBound) && !path.contains("\"") && !path.contains("\\")
        let fixes = isHere ? [Fix("Replace with \"\(path)\"", replace: range, with: "\"\(path)\"")] : []
        reporter.report(
            Rule.Violation(
                range: range, message: "'~' stays as it is here, a directory of that name; write \(path)", fixes: fixes)
        )
    }
}
