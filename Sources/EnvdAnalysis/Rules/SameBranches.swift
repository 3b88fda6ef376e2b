import EnvdSyntax

extension Rule {
    /// A choice between equal things.
    static let sameBranches = Rule(
        "same-branches", .starlark, .warning, page: PackageResources.same_branches_md,
        .nodes([.ifStmt, .conditionalExpr]) { node, _, reporter in
            if let conditional = ConditionalExpr(node) {
                guard let then = conditional.then?.node, let otherwise = conditional.otherwise?.node,
                    isSameCode(then, otherwise)
                else { return }
                return reporter.report(node.range, "both values are the same, so the condition decides nothing")
            }
            guard let statement = IfStmt(node), let suite = statement.suite?.node,
                let otherwise = statement.elseClause?.suite?.node, isSameCode(suite, otherwise),
                statement.elifClauses.allSatisfy({ $0.suite.map { isSameCode(suite, $0.node) } ?? false }),
                let keyword = node.firstToken
            else { return }
            reporter.report(keyword.range, "all branches do the same, so the condition decides nothing")
        })
}
