import EnvdSyntax

extension Rule {
    /// A statement where it has no meaning: `return` outside a function, `break` outside a loop, `load` inside anything.
    static let misplacedStatement = Rule(
        "misplaced-statement", .names, .error, page: PackageResources.misplaced_statement_md,
        .nodes([.returnStmt, .breakStmt, .continueStmt, .loadStmt]) { node, _, reporter in
            guard let keyword = node.firstToken, let problem = problem(of: node) else { return }
            reporter.report(keyword.range, problem)
        })
}

private func problem(of node: SyntaxNode) -> String? {
    switch node.kind {
    case .returnStmt:
        return node.ancestors.contains { $0.kind == .defStmt } ? nil : "'return' outside of a function"
    case .breakStmt, .continueStmt:
        let loop = node.ancestors.first { [.forStmt, .whileStmt, .defStmt].contains($0.kind) }
        guard loop == nil || loop?.kind == .defStmt else { return nil }
        return "'\(node.kind == .breakStmt ? "break" : "continue")' outside of a loop"
    case .loadStmt:
        for ancestor in node.ancestors {
            switch ancestor.kind {
            case .defStmt: return "'load' inside a function; it belongs at the top level of the file"
            case .forStmt, .whileStmt: return "'load' inside a loop; it belongs at the top level of the file"
            case .ifStmt: return "'load' inside a condition; it belongs at the top level of the file"
            default: continue
            }
        }
        return nil
    default: return nil
    }
}
