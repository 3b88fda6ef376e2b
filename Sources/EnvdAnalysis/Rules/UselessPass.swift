import EnvdSyntax

extension Rule {
    /// `pass` beside other statements.
    static let uselessPass = Rule(
        "useless-pass", .starlark, .advice, page: PackageResources.useless_pass_md,
        .nodes([.passStmt]) { node, context, reporter in
            guard let suite = node.parent, suite.kind == .suite, !suite.children.allSatisfy({ $0 == node }) else {
                return
            }
            // Behind one that leaves it never runs, which is another finding.
            for statement in suite.children {
                if statement == node { break }
                if context.alwaysLeaves(statement) { return }
            }
            let fixes = context.removal(of: node).map { [Fix(title: "Remove it", edits: [$0], isSafe: true)] } ?? []
            reporter.report(
                Violation(
                    range: node.firstToken?.range ?? node.range, message: "'pass' does nothing here", fixes: fixes))
        })
}
