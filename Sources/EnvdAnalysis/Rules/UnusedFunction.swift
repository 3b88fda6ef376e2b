import EnvdSyntax

extension Rule {
    /// A private function, or one inside another, that nothing uses.
    static let unusedFunction = Rule(
        "unused-function", .starlark, .warning, needsCleanSyntax: true, page: PackageResources.unused_function_md,
        .chunk { context, reporter in
            for binding in context.unreadBindings.map({ context.names.bindings[$0] }) {
                guard binding.occurrences.count == 1, binding.occurrences[0].kind == .function,
                    binding.scope != 0 || context.names.name(of: binding).hasPrefix("_")
                else { continue }
                let place = binding.scope == 0 ? "begins with '_', so only this file could call it" : "is never called"
                let message =
                    "'\(context.names.name(of: binding))' \(place)\(binding.scope == 0 ? ", and it does not" : "")"
                reporter.report(binding.occurrences[0].range, message)
            }
        })
}
