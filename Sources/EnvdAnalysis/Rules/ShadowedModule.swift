import EnvdSyntax

extension Rule {
    /// A name of the program that hides a module of the API which it uses.
    static let shadowedModule = Rule(
        "shadowed-module", .api, .error, page: PackageResources.shadowed_module_md,
        .chunk { context, reporter in
            var seen: Set<Binding.ID> = []
            for index in context.names.uses.indices where context.isModule(context.names.uses[index].symbol) {
                let use = context.names.uses[index]
                guard let id = use.binding, let members = context.environment.modules[context.names.name(of: use)],
                    isFunction(context.names.bindings[id]), isModule(use, members, context), seen.insert(id).inserted
                else { continue }
                reporter.report(
                    context.names.bindings[id].occurrences[0].range,
                    "'\(context.names.name(of: use))' hides envd's module of that name in the whole file, and \(context.names.name(of: use)).… fails; choose another name"
                )
            }
        })
}

/// Whether the name of the top level means a function only. What is loaded or made by a call may well have such members.
private func isFunction(_ binding: Binding) -> Bool {
    binding.scope == 0 && binding.occurrences.allSatisfy { $0.kind == .function }
}

/// Whether a use takes the name for the module.
private func isModule(_ use: NameUse, _ members: Set<String>, _ context: RuleContext) -> Bool {
    guard let node = context.file.node(covering: use.range) else { return false }
    let dot = [node, node.parent].compactMap { $0 }.compactMap(DotExpr.init).first
    return dot?.base?.range == use.range && dot?.name.map { members.contains($0.text) } == true
}
