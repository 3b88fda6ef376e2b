import EnvdSyntax

extension Rule {
    /// A name of the API that the file gives another meaning.
    static let shadowedAPI = Rule(
        "shadowed-api", .starlark, .warning, page: PackageResources.shadowed_api_md,
        .chunk { context, reporter in
            var locals: Set<Binding.ID> = []
            for id in context.ownBindings where context.isPredeclared(context.names.bindings[id].symbol) {
                let binding = context.names.bindings[id]
                if binding.occurrences[0].kind == .foreign { continue }
                if binding.scope != 0 {
                    if context.isModule(binding.symbol) { locals.insert(id) }
                } else if context.isOwn(binding.occurrences[0].range) {
                    let message =
                        "'\(context.names.name(of: binding))' no longer means envd's in this file; choose another name"
                    reporter.report(binding.occurrences[0].range, message)
                }
            }
            guard !locals.isEmpty else { return }
            for use in context.names.uses {
                guard let id = use.binding, locals.contains(id), let member = member(of: use, in: context) else {
                    continue
                }
                locals.remove(id)
                reporter.report(
                    context.names.bindings[id].occurrences[0].range,
                    "'\(context.names.name(of: use))' no longer means envd's in this function, which uses '\(context.names.name(of: use)).\(member)'"
                )
            }
        })
}

/// What the function takes of the variable, if the module of that name has it.
private func member(of use: NameUse, in context: RuleContext) -> String? {
    guard let node = context.file.node(covering: use.range), let dot = node.parent.flatMap(DotExpr.init),
        dot.base?.node == node, let name = dot.name?.text,
        context.environment.modules[context.names.name(of: use)]?.contains(name) == true
    else { return nil }
    return name
}
