import EnvdSyntax

extension Rule {
    /// A loaded name that the file does not use.
    static let unusedLoad = Rule(
        "unused-load", .starlark, .warning, needsCleanSyntax: true, page: PackageResources.unused_load_md,
        .chunk { context, reporter in
            func isUnused(_ id: Binding.ID) -> Bool {
                let binding = context.names.bindings[id]
                return !context.isRead(id) && binding.occurrences.allSatisfy { $0.kind == .load }
            }
            for id in context.unreadBindings where isUnused(id) {
                let binding = context.names.bindings[id]
                guard !context.isInAnnotation(binding) else { continue }
                for occurrence in context.ownOccurrences(of: id) {
                    guard let item = context.file.node(covering: occurrence.range).flatMap(LoadItem.init),
                        let load = item.node.parent.flatMap(LoadStmt.init)
                    else { continue }
                    let isAlone = load.loadItems.allSatisfy { other in
                        guard let name = boundName(of: other),
                            let id = context.names.binding(of: context.symbol(name), in: binding.scope)
                        else { return false }
                        return isUnused(id)
                    }
                    reporter.report(
                        Violation(
                            range: item.range,
                            message: "'\(context.names.name(of: binding))' is loaded, but nothing uses it",
                            fixes: fixes(item, load, isAlone: isAlone, in: context)))
                }
            }
        })
}

private func boundName(of item: LoadItem) -> String? {
    if let alias = item.alias { return alias.text }
    return item.loadedName
}

private func fixes(_ item: LoadItem, _ load: LoadStmt, isAlone: Bool, in context: RuleContext) -> [Fix] {
    if isAlone {
        // The loaded file then does not run at all, which may show.
        return context.removal(of: load.node).map { [Fix(title: "Remove the load", edits: [$0])] } ?? []
    }
    guard let comma = item.node.firstToken?.previous, comma.kind == .comma else { return [] }
    let range = comma.range.lowerBound..<item.range.upperBound
    guard !context.file.bytes(in: range).contains(UInt8(ascii: "#")) else { return [] }
    return [Fix("Remove it from the load", replace: range, with: "", isSafe: true)]
}
