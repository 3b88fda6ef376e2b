import EnvdSyntax

extension Rule {
    /// `continue` at the end of a loop, `return` at the end of a function.
    static let redundantJump = Rule(
        "redundant-jump", .starlark, .advice, page: PackageResources.redundant_jump_md,
        .nodes([.continueStmt, .returnStmt]) { node, context, reporter in
            if ReturnStmt(node)?.value != nil { return }
            let isContinue = node.kind == .continueStmt
            guard endsRound(node, of: isContinue ? .forStmt : .defStmt) else { return }
            let message =
                isContinue
                ? "the loop goes on without this 'continue'" : "the function ends without this 'return'"
            let fixes = context.removal(of: node).map { [Fix(title: "Remove it", edits: [$0], isSafe: true)] } ?? []
            reporter.report(Violation(range: node.firstToken?.range ?? node.range, message: message, fixes: fixes))
        })
}

/// Whether a statement is the last of a loop or function, but not its only one.
private func endsRound(_ statement: SyntaxNode, of kind: SyntaxKind) -> Bool {
    guard let suite = statement.parent, suite.kind == .suite, suite.parent?.kind == kind else { return false }
    // The loop's `else` is a suite of its own, in a clause.
    var (last, count) = (statement, 0)
    for child in suite.children { (last, count) = (child, count + 1) }
    return last == statement && count > 1
}
