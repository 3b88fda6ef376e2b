import EnvdSyntax

extension Rule {
    /// A loop that always ends in its first round.
    static let singleRoundLoop = Rule(
        "single-round-loop", .starlark, .warning, page: PackageResources.single_round_loop_md,
        .nodes([.forStmt]) { node, context, reporter in
            guard let loop = ForStmt(node), let keyword = node.firstToken, let suite = loop.suite else { return }
            var count = 0
            var leaver: SyntaxNode?
            for statement in suite.node.children {
                count += 1
                if leaver == nil, context.alwaysLeaves(statement) { leaver = statement }
            }
            // "for key in dict: return key" is how to get at one of many.
            guard let leaver, count > 1, leaver.kind != .continueStmt, leaver.kind != .exprStmt, !goesOn(suite.node)
            else { return }
            let message = "the loop always ends in its first round; is the last statement indented too far?"
            reporter.report(keyword.range, message)
        })
}

/// Whether a `continue` of the loop stands in it: not one of an inner loop.
private func goesOn(_ node: SyntaxNode) -> Bool {
    node.children.contains { child in
        switch child.kind {
        case .continueStmt: true
        case .suite, .ifStmt, .elifClause, .elseClause: goesOn(child)
        default: false
        }
    }
}
