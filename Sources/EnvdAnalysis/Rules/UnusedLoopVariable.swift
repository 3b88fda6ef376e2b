import EnvdSyntax

extension Rule {
    /// A loop variable that the loop does not read.
    static let unusedLoopVariable = Rule(
        "unused-loop-variable", .starlark, .advice, isOptIn: true, needsCleanSyntax: true,
        page: PackageResources.unused_loop_variable_md,
        .chunk { context, reporter in
            for id in context.unreadBindings {
                let binding = context.names.bindings[id]
                let name = context.names.name(of: binding)
                guard !name.hasPrefix("_"), binding.occurrences[0].kind == .variable else { continue }
                for occurrence in context.ownOccurrences(of: id)
                where isLoopTarget(occurrence, in: context) {
                    let fix = Fix("Call it '_\(name)'", replace: occurrence.range, with: "_\(name)")
                    reporter.report(occurrence.range, "the loop does not read '\(name)'; call it '_\(name)'", fix)
                }
            }
        })
}

private func isLoopTarget(_ occurrence: Binding.Occurrence, in context: RuleContext) -> Bool {
    guard var node = context.file.node(covering: occurrence.range) else { return false }
    while let parent = node.parent {
        switch parent.kind {
        case .tupleExpr, .parenExpr, .listExpr: node = parent
        case .forStmt: return ForStmt(parent)?.target?.node == node
        case .compFor: return CompFor(parent)?.target?.node == node
        default: return false
        }
    }
    return false
}
