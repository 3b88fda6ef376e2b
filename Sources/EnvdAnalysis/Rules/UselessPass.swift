import EnvdSyntax

extension Rule {
    /// `pass` beside other statements.
    static let uselessPass = Rule(
        "useless-pass", .starlark, .advice, page: PackageResources.useless_pass_md,
        .nodes([.suite]) { suite, context, reporter in
            var isFirst = true
            // A `pass` that comes first is useless if anything follows.
            var first: SyntaxNode?
            for statement in suite.children {
                if let pass = first { report(pass, context, &reporter) }
                first = nil
                if statement.kind == .passStmt {
                    if isFirst { first = statement } else { report(statement, context, &reporter) }
                } else if context.alwaysLeaves(statement) {
                    // What follows never runs, which is another finding.
                    return
                }
                isFirst = false
            }
        })
}

private func report(_ pass: SyntaxNode, _ context: RuleContext, _ reporter: inout Rule.Reporter) {
    let fixes = context.removal(of: pass).map { [Fix(title: "Remove it", edits: [$0], isSafe: true)] } ?? []
    let range = pass.firstToken?.range ?? pass.range
    reporter.report(Rule.Violation(range: range, message: "'pass' does nothing here", fixes: fixes))
}
