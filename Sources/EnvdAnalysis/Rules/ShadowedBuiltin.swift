extension Rule {
    /// A name of the language that the file gives another meaning.
    static let shadowedBuiltin = Rule(
        "shadowed-builtin", .starlark, .advice, page: PackageResources.shadowed_builtin_md,
        .file { context, reporter in
            guard !context.hiddenBuiltins.isEmpty else { return }
            for binding in context.names.bindings where context.hiddenBuiltins.contains(binding.name) {
                guard binding.occurrences[0].kind != .foreign else { continue }
                let place =
                    switch context.names.scopes[binding.scope].kind {
                    case .file: "file"
                    case .function: "function"
                    case .comprehension: "comprehension"
                    }
                let message = "'\(binding.name)' no longer means the builtin in this \(place); choose another name"
                reporter.report(binding.occurrences[0].range, message)
            }
        })
}
