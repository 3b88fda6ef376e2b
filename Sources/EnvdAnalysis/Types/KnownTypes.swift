import EnvdSyntax

/// A type that is known of something in a file.
package struct KnownType: Sendable {
    /// The expression, or the name that the file defines.
    package let name: String
    /// UTF-8 bytes in the file.
    package let range: Range<Int>
    package let type: Type
    /// Whether `reveal_type` asks for it.
    package let isRevealed: Bool
}

/// What is known of the names that a file defines at the top level and of what `reveal_type` asks for, in source order.
package func knownTypes(
    in file: SourceFile, dialect: Dialect, environment: NameEnvironment, modules: LoadedModules = LoadedModules()
) -> [KnownType] {
    let checked = CheckedFile(
        file, dialect: dialect, environment: environment, modules: modules, rules: [], infersTypes: true)
    var types: [KnownType] = []
    for record in checked.records {
        let context = RuleContext(record, in: checked)
        let checker = TypeChecker(context)
        checker.check()
        types += checker.revelations.map { range, type in
            KnownType(name: file.node(covering: range)?.text ?? "", range: range, type: type, isRevealed: true)
        }
        for id in context.ownBindings where context.names.bindings[id].scope == 0 {
            let binding = context.names.bindings[id]
            guard let occurrence = binding.occurrences.first, context.isOwn(occurrence.range) else { continue }
            let type = checker.resolved(checker.global(id))
            types.append(
                KnownType(name: context.names.name(of: binding), range: occurrence.range, type: type, isRevealed: false)
            )
        }
    }
    return types.sorted { $0.range.lowerBound < $1.range.lowerBound }
}
