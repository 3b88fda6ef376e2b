import EnvdSyntax

extension Rule {
    /// A branch that only passes.
    static let emptyBranch = Rule(
        "empty-branch", .starlark, .advice, page: PackageResources.empty_branch_md,
        .nodes([.ifStmt]) { node, context, reporter in
            guard let statement = IfStmt(node), let keyword = node.firstToken else { return }
            if let clause = statement.elseClause {
                if let suite = clause.suite, isEmpty(suite, context), let word = clause.node.firstToken {
                    return reporter.report(word.range, "this 'else' does nothing and can go")
                }
            } else if let suite = statement.suite, isEmpty(suite, context), statement.elifClauses.first == nil {
                return reporter.report(keyword.range, "this 'if' does nothing, whatever its condition is")
            }
            guard let suite = statement.suite, isEmpty(suite, context), statement.elseClause != nil,
                statement.elifClauses.first == nil
            else { return }
            reporter.report(keyword.range, "only 'else' does something; turn the condition around")
        })
}

/// Only `pass`, and no comment that says why.
private func isEmpty(_ suite: Suite, _ context: RuleContext) -> Bool {
    guard suite.node.children.allSatisfy({ $0.kind == .passStmt }), suite.statements.first != nil else { return false }
    guard let header = suite.node.firstToken, let last = suite.node.lastToken else { return false }
    let range = header.leadingTriviaRange.lowerBound..<max(last.range.upperBound, header.range.upperBound)
    return !context.file.bytes(in: range).contains(UInt8(ascii: "#"))
}
