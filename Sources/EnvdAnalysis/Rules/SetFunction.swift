import EnvdSyntax

extension Rule {
    /// `set`, which Starlark has and envd switches off.
    static let setFunction = Rule(code: "set-function", severity: .error) { context in
        guard !context.dialect.contains(.set) else { return [] }
        return context.names.uses.filter { $0.binding == nil && $0.name == "set" }.map { use in
            Violation(
                range: use.range, message: "envd has no sets: use a list, or a dict with the elements as its keys")
        }
    }
}
