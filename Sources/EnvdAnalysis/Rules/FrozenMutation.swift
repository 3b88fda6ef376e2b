import EnvdSyntax

extension Rule {
    /// A function that changes a list or dict of the top level, which is frozen by the time the function runs.
    static let frozenMutation = Rule(
        "frozen-mutation", .starlark, .error, page: PackageResources.frozen_mutation_md,
        .file { context, reporter in
            let globals = containers(in: context)
            guard !globals.isEmpty, !runsFunctionsWhileLoading(context) else { return }
            for use in context.names.uses {
                guard let id = use.binding, let name = globals[id], isInFunction(use.scope, context),
                    let node = context.file.node(covering: use.range), let mutation = Mutation(of: node)
                else { continue }
                let problem =
                    "'\(use.name)' cannot be changed here: what line \(name.line) makes is frozen once the file has run"
                reporter.report(mutation.range, "\(problem); make it in the function")
            }
        })
}

/// The global variables that are lists and dicts, and stay the same.
private func containers(in context: RuleContext) -> [Binding.ID: (type: StaticType, line: Int)] {
    var found: [Binding.ID: (type: StaticType, line: Int)] = [:]
    for (name, id) in context.names.scopes[0].bindings {
        let binding = context.names.bindings[id]
        guard binding.occurrences.count == 1, binding.name == name,
            let assignment = context.plainAssignment(at: binding.occurrences[0]), assignment.op?.kind == .equal,
            let type = context.staticType(assignment.value), type == .list || type == .dict
        else { continue }
        found[id] = (type, context.file.position(at: binding.occurrences[0].range.lowerBound).line + 1)
    }
    return found
}

/// Whether code outside of all functions reads a function of the file: what that one calls then runs before anything is
/// frozen.
private func runsFunctionsWhileLoading(_ context: RuleContext) -> Bool {
    context.names.uses.contains { use in
        guard let id = use.binding, !isInFunction(use.scope, context) else { return false }
        return context.names.bindings[id].occurrences.contains { $0.kind == .function }
    }
}

/// In a `def`, and in no `lambda` of the top level, which may run at once.
private func isInFunction(_ scope: Scope.ID, _ context: RuleContext) -> Bool {
    var next: Scope.ID? = scope
    while let current = next {
        if context.names.scopes[current].kind == .function { return true }
        next = context.names.scopes[current].parent
    }
    return false
}
