import EnvdSyntax

extension Rule {
    /// A function that changes the list or dict which is a parameter's default.
    static let mutableDefault = Rule(
        "mutable-default", .starlark, .warning, page: PackageResources.mutable_default_md,
        .nodes(Mutation.kinds) { node, context, reporter in
            guard let mutation = Mutation(node), let id = context.use(at: mutation.name.range)?.binding else { return }
            let binding = context.names.bindings[id]
            guard binding.occurrences.count == 1, binding.occurrences[0].kind == .parameter,
                let parameter = context.file.node(covering: binding.occurrences[0].range).flatMap(Parameter.init),
                let type = context.staticType(parameter.defaultValue?.value), type == .list || type == .dict
            else { return }
            let isGlobal = parameter.node.ancestors.allSatisfy { $0.kind == .parameterList || $0.parent == nil }
            let fate = isGlobal ? "is frozen once the file has run" : "is the same in all calls"
            reporter.report(
                mutation.range,
                "'\(context.names.name(of: binding))' is changed, but its default \(fate); make None the default and the \(type.rawValue) here"
            )
        })
}
