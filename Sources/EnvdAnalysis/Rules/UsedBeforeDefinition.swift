extension Rule {
    /// A variable that is read before anything can have given it a value.
    ///
    /// Starlark gives a name one meaning in the whole of a function or file, so the reading is an error when it runs even
    /// if a variable of that name exists further out. Reported only where the order is certain: in the scope of the
    /// variable itself, and in no loop that could have come around to it.
    static let usedBeforeDefinition = Rule(
        "used-before-definition", .names, .error, page: PackageResources.used_before_definition_md,
        .chunk { context, reporter in
            let names = context.names
            for use in names.uses {
                guard let id = use.binding else { continue }
                let mayHaveValue = names.bindings[id].occurrences.contains { occurrence in
                    occurrence.effect <= use.range.lowerBound || use.loop?.contains(occurrence.range.lowerBound) == true
                }
                guard !mayHaveValue, names.runsInOrder(use, with: names.bindings[id]) else { continue }
                reporter.report(use.range, "'\(names.name(of: use))' is used before it is defined")
            }
        })
}

extension NameResolution {
    /// Whether the use runs in the same pass over the code as the binding: no function between them that could be called
    /// later.
    fileprivate func runsInOrder(_ use: NameUse, with binding: Binding) -> Bool {
        var scope = use.scope
        while scope != binding.scope {
            guard scopes[scope].kind == .comprehension, let parent = scopes[scope].parent else { return false }
            scope = parent
        }
        return scopes[scope].kind != .comprehension
    }
}
