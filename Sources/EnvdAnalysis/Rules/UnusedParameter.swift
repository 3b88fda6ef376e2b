import EnvdSyntax

extension Rule {
    /// A parameter that its function does not read.
    static let unusedParameter = Rule(
        "unused-parameter", .starlark, .advice, isOptIn: true, needsCleanSyntax: true,
        page: PackageResources.unused_parameter_md,
        .chunk { context, reporter in
            lazy var callbacks = callbacks(in: context)
            for id in context.unreadBindings {
                let binding = context.names.bindings[id]
                guard !context.names.name(of: binding).hasPrefix("_"), binding.occurrences.count == 1,
                    binding.occurrences[0].kind == .parameter,
                    let parameter = context.file.node(covering: binding.occurrences[0].range),
                    let function = parameter.parent?.parent.flatMap(DefStmt.init), doesSomething(function, context),
                    let name = function.name?.text, let outer = context.names.scopes[binding.scope].parent,
                    let id = context.names.lookUp(context.symbol(name), from: outer), !callbacks.contains(id),
                    context.names.bindings[id].scope != 0
                        || !context.facts(of: context.names.bindings[id].symbol).contains(.isValue)
                else { continue }
                reporter.report(
                    binding.occurrences[0].range,
                    "'\(name)' does not read its parameter '\(context.names.name(of: binding))'")
            }
        })
}

/// A function that only documents, passes or fails stands for one that is still to be written.
private func doesSomething(_ function: DefStmt, _ context: RuleContext) -> Bool {
    guard let suite = function.suite else { return false }
    return suite.node.children.contains { statement in
        if statement.kind == .passStmt { return false }
        guard let value = ExprStmt(statement)?.value else { return true }
        if case .literal = value { return false }
        return !context.isFail(value)
    }
}

/// The functions that somebody in the chunk gets as a value, who then decides what they are called with.
private func callbacks(in context: RuleContext) -> Set<Binding.ID> {
    var found: Set<Binding.ID> = []
    for use in context.names.uses {
        guard let id = use.binding, context.names.bindings[id].occurrences[0].kind == .function,
            let node = context.file.node(covering: use.range)
        else { continue }
        if node.parent.flatMap(CallExpr.init)?.callee?.node != node { found.insert(id) }
    }
    return found
}
