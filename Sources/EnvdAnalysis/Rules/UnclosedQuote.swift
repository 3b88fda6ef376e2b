import EnvdSyntax

extension Rule {
    /// A quotation, `$(` or `${` in shell commands that never ends.
    static let unclosedQuote = Rule(
        "unclosed-quote", .shell, .error, page: PackageResources.unclosed_quote_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) {
                guard !program.hasUnknownParts, let unclosed = program.unclosed,
                    program.quotation.map({ $0.outcome == .whole && ($0.exposed.isEmpty || $0.isDeliberate) }) ?? true
                else { continue }
                let range = program.source(unclosed.offset..<(unclosed.offset + unclosed.opening.utf8.count))
                reporter.report(
                    range, "this \(unclosed.opening) is never closed, so that the shell refuses the commands")
            }
        })
}
