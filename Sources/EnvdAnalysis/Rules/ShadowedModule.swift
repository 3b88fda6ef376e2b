import EnvdSyntax

extension Rule {
    /// A name of the program that hides a module of the API which it uses.
    static let shadowedModule = Rule(
        "shadowed-module", .api, .error, page: PackageResources.shadowed_module_md,
        .file { context, reporter in
            let modules = context.environment.modules
            for (name, id) in context.names.scopes[0].bindings {
                guard let members = modules[name], let first = context.names.bindings[id].occurrences.first,
                    isUsed(id, members, context)
                else { continue }
                reporter.report(
                    first.range,
                    "'\(name)' hides envd's module of that name in the whole file, and \(name).… fails; choose another name"
                )
            }
        })
}

/// Whether the name is used as if it were the module.
private func isUsed(_ id: Binding.ID, _ members: Set<String>, _ context: RuleContext) -> Bool {
    // What is loaded or made by a call may well have such members.
    let kinds = context.names.bindings[id].occurrences.map(\.kind)
    guard kinds.allSatisfy({ $0 == .function }) else { return false }
    return context.names.uses.contains { use in
        guard use.binding == id, let node = context.file.node(covering: use.range) else { return false }
        let dot = [node, node.parent].compactMap { $0 }.compactMap(DotExpr.init).first
        return dot?.base?.range == use.range && dot?.name.map { members.contains($0.text) } == true
    }
}
