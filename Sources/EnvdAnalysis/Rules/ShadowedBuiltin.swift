extension Rule {
    /// A name of the language that the file gives another meaning.
    static let shadowedBuiltin = Rule(
        "shadowed-builtin", .starlark, .advice, page: PackageResources.shadowed_builtin_md,
        .chunk { context, reporter in
            for id in context.ownBindings where context.isUniversal(context.names.bindings[id].symbol) {
                let binding = context.names.bindings[id]
                guard binding.occurrences[0].kind != .foreign, context.isOwn(binding.occurrences[0].range) else {
                    continue
                }
                let place =
                    switch context.names.scopes[binding.scope].kind {
                    case .file: "file"
                    case .function: "function"
                    case .comprehension: "comprehension"
                    }
                let message =
                    "'\(context.names.name(of: binding))' no longer means the builtin in this \(place); choose another name"
                reporter.report(binding.occurrences[0].range, message)
            }
        })
}
