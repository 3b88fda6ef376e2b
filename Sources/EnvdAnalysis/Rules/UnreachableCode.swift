import EnvdSyntax

extension Rule {
    /// Statements behind one that always leaves.
    static let unreachableCode = Rule(
        "unreachable-code", .starlark, .warning, page: PackageResources.unreachable_code_md,
        .nodes([.suite]) { node, context, reporter in
            var leaver: SyntaxNode?
            for statement in node.children {
                guard let leaver else {
                    if context.alwaysLeaves(statement) { leaver = statement }
                    continue
                }
                // Those who think that "fail" may come back write a "return" behind it.
                if statement.kind == .returnStmt, leaver.kind == .exprStmt { return }
                let range = statement.range.lowerBound..<max(node.range.upperBound, statement.range.upperBound)
                let fixes =
                    statement.kind == .passStmt
                    ? context.removal(of: statement).map { [Fix(title: "Remove it", edits: [$0], isSafe: true)] } ?? []
                    : []
                let message = "this never runs: \(reason(leaver)) above it"
                return reporter.report(
                    Violation(
                        range: range, message: message, fixes: fixes,
                        related: RelatedPlace(leaver.range, "what always leaves")))
            }
        })
}

private func reason(_ leaver: SyntaxNode) -> String {
    switch leaver.kind {
    case .returnStmt: "there is a 'return'"
    case .breakStmt: "there is a 'break'"
    case .continueStmt: "there is a 'continue'"
    case .exprStmt: "there is a 'fail'"
    default: "every branch leaves"
    }
}
