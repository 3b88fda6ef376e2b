import EnvdSyntax

extension Rule {
    /// `continue` at the end of a loop, `return` at the end of a function.
    static let redundantJump = Rule(
        "redundant-jump", .starlark, .advice, page: PackageResources.redundant_jump_md,
        .nodes([.forStmt, .defStmt]) { node, context, reporter in
            guard let suite = ForStmt(node)?.suite ?? DefStmt(node)?.suite else { return }
            var last: SyntaxNode?
            var count = 0
            for statement in suite.node.children { (last, count) = (statement, count + 1) }
            // Alone it stands for `pass`.
            guard let last, count > 1 else { return }
            let message: String
            if node.kind == .forStmt, last.kind == .continueStmt {
                message = "the loop goes on without this 'continue'"
            } else if node.kind == .defStmt, last.kind == .returnStmt, ReturnStmt(last)?.value == nil {
                message = "the function ends without this 'return'"
            } else {
                return
            }
            let fixes = context.removal(of: last).map { [Fix(title: "Remove it", edits: [$0], isSafe: true)] } ?? []
            reporter.report(Violation(range: last.firstToken?.range ?? last.range, message: message, fixes: fixes))
        })
}
