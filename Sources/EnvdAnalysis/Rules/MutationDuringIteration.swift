import EnvdSyntax

extension Rule {
    /// A loop that changes the list or dict which it walks over.
    static let mutationDuringIteration = Rule(
        "mutation-during-iteration", .starlark, .error, page: PackageResources.mutation_during_iteration_md,
        .nodes(Mutation.kinds) { node, context, reporter in
            guard let mutation = Mutation(node), let loop = loop(over: mutation.name, around: node),
                isSameValue(mutation.name, loop, context)
            else { return }
            let name = mutation.name
            let copy = context.isFree("list") ? "list(\(name.text))" : "a copy"
            let message = "'\(name.text)' cannot change while a loop walks over it; walk over \(copy)"
            let related = RelatedPlace(loop.target?.range ?? loop.range, "the loop over it")
            guard let iterable = loop.iterable, context.isFree("list") else {
                return reporter.report(mutation.range, message, related: related)
            }
            let fix = Fix("Walk over a copy", replace: iterable.range, with: "list(\(name.text))")
            reporter.report(mutation.range, message, fix, related: related)
        })
}

/// The innermost loop over the name, in the same function.
private func loop(over name: SyntaxToken, around node: SyntaxNode) -> ForStmt? {
    var inner = node
    for ancestor in node.ancestors {
        switch ancestor.kind {
        case .defStmt, .lambdaExpr: return nil
        case .forStmt:
            if let loop = ForStmt(ancestor), loop.suite?.node == inner,
                loop.iterable?.nameToken?.isSpelledLike(name) == true
            {
                return loop
            }
        default: break
        }
        inner = ancestor
    }
    return nil
}

/// Whether the name cannot have become another value within the loop.
private func isSameValue(_ name: SyntaxToken, _ loop: ForStmt, _ context: RuleContext) -> Bool {
    guard let id = context.use(at: name.range)?.binding else { return false }
    return !context.names.bindings[id].occurrences.contains { loop.range.contains($0.range.lowerBound) }
}
