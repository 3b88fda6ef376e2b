import EnvdSyntax

extension Rule {
    /// `else` behind branches that all leave.
    static let uselessElse = Rule(
        "useless-else", .starlark, .advice, isOptIn: true, page: PackageResources.useless_else_md,
        .nodes([.ifStmt]) { node, context, reporter in
            guard let statement = IfStmt(node), let otherwise = statement.elseClause,
                let keyword = otherwise.node.firstToken, context.alwaysLeaves(statement.suite),
                statement.elifClauses.allSatisfy({ context.alwaysLeaves($0.suite) })
            else { return }
            reporter.report(
                keyword.range, "all branches above leave, so what is under 'else' can stand behind the 'if'")
        })
}
