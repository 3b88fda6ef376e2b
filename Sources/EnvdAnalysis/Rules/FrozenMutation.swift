import EnvdSyntax

extension Rule {
    /// A function that changes a list or dict of the top level, which is frozen by the time the function runs.
    static let frozenMutation = Rule(
        "frozen-mutation", .starlark, .error, page: PackageResources.frozen_mutation_md,
        .nodes(Mutation.kinds) { node, context, reporter in
            guard let mutation = Mutation(node), let use = context.use(at: mutation.name.range), let id = use.binding
            else { return }
            if let file = file(ofLoadedContainer: id, in: context) {
                return reporter.report(
                    mutation.range,
                    "'\(context.names.name(of: use))' cannot be changed: what '\(file)' makes is frozen once that file has run; make another"
                )
            }
            guard !context.runsFunctionsWhileLoading, context.names.isInFunction(use.scope),
                let container = place(ofGlobalContainer: id, in: context)
            else { return }
            reporter.report(mutation.range, lineOf: RelatedPlace(container, "made here")) { line in
                "'\(context.names.name(of: use))' cannot be changed here: what line \(line) makes is frozen once the file has run; "
                    + "make it in the function"
            }
        })
}

/// The name of the file that a name is loaded from, if that is a list or a dict.
private func file(ofLoadedContainer id: Binding.ID, in context: RuleContext) -> String? {
    let binding = context.names.bindings[id]
    guard binding.occurrences.count == 1, binding.occurrences[0].kind == .load,
        let item = context.file.node(covering: binding.occurrences[0].range).flatMap(LoadItem.init),
        let name = item.loadedName, let path = item.node.parent.flatMap(LoadStmt.init)?.path,
        let module = context.modules.interface(loadedFrom: path)
    else { return nil }
    switch module.exports[name]?.type {
    case .list, .dict: return module.name.onOneLine
    default: return nil
    }
}

/// Where a global variable gets its value, if that is a list or dict and it stays the same.
private func place(ofGlobalContainer id: Binding.ID, in context: RuleContext) -> Range<Int>? {
    let binding = context.names.bindings[id]
    guard binding.scope == 0, binding.occurrences.count == 1,
        let assignment = context.plainAssignment(at: binding.occurrences[0]), assignment.op?.kind == .equal,
        let type = context.staticType(assignment.value), type == .list || type == .dict
    else { return nil }
    return assignment.range
}
