import EnvdSyntax

extension Rule {
    /// A function that calls itself whatever happens.
    static let endlessRecursion = Rule(
        "endless-recursion", .starlark, .error, page: PackageResources.endless_recursion_md,
        .nodes([.defStmt]) { node, context, reporter in
            guard let function = DefStmt(node), let name = function.name, let suite = function.suite else { return }
            for statement in suite.node.children {
                switch statement.kind {
                case .exprStmt, .assignStmt, .returnStmt:
                    if let call = certainCall(of: name, in: statement, context) {
                        reporter.report(call.range, "'\(name.text)' always calls itself, so it never ends")
                        return
                    }
                    if context.alwaysLeaves(statement) { return }
                case .passStmt, .defStmt: continue
                // What has branches may leave, or it is for others to say.
                default: return
                }
            }
        })
}

/// A call of the function that surely runs when the statement does.
private func certainCall(of name: SyntaxToken, in statement: SyntaxNode, _ context: RuleContext) -> SyntaxNode? {
    for node in statement.descendants where node.kind == .callExpr {
        guard let callee = CallExpr(node)?.callee?.nameToken, callee.isSpelledLike(name),
            let binding = context.function(named: callee), binding.occurrences[0].range == name.range
        else { continue }
        let isUncertain = node.ancestors.prefix { $0 != statement }.contains { ancestor in
            switch ancestor.kind {
            case .lambdaExpr, .listComp, .dictComp, .setComp, .generatorExpr, .conditionalExpr, .errorExpr: true
            case .binaryExpr:
                BinaryExpr(ancestor)?.op?.kind == .andKeyword || BinaryExpr(ancestor)?.op?.kind == .orKeyword
            default: false
            }
        }
        if !isUncertain { return node }
    }
    return nil
}
