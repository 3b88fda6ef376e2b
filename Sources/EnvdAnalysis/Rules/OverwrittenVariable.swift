import EnvdSyntax

extension Rule {
    /// A value that the next statement replaces.
    static let overwrittenVariable = Rule(
        "overwritten-variable", .starlark, .warning, page: PackageResources.overwritten_variable_md,
        .nodes([.suite]) { node, _, reporter in
            var previous: SyntaxToken?
            for statement in node.children {
                guard statement.kind == .assignStmt, let assignment = AssignStmt(statement),
                    assignment.op?.kind == .equal, let name = assignment.target?.nameToken
                else {
                    previous = nil
                    continue
                }
                if let previous, previous.isSpelledLike(name), let value = assignment.value,
                    !mayRead(name, value.node, statement)
                {
                    reporter.report(
                        previous.range,
                        "'\(name.text)' gets another value in the next statement, and nothing reads this one",
                        related: RelatedPlace(name.range, "the other value"))
                }
                previous = name
            }
        })
}

/// Whether computing the value may look at the variable: by its name, or in a function that knows it.
private func mayRead(_ name: SyntaxToken, _ value: SyntaxNode, _ statement: SyntaxNode) -> Bool {
    var calls = false
    for node in value.descendants {
        if node.kind == .callExpr { calls = true }
        if node.kind == .nameExpr, NameExpr(node)?.name?.isSpelledLike(name) == true { return true }
    }
    guard calls, let function = statement.ancestors.first(where: { $0.kind == .defStmt }) else { return false }
    return function.descendants.dropFirst().contains { $0.kind == .defStmt || $0.kind == .lambdaExpr }
}
