import EnvdSyntax

extension Rule {
    /// A variable of a function, or a private one of the file, that nothing reads.
    static let unusedVariable = Rule(
        "unused-variable", .starlark, .warning, needsCleanSyntax: true, page: PackageResources.unused_variable_md,
        .chunk { context, reporter in
            for binding in context.unreadBindings.map({ context.names.bindings[$0] }) {
                guard isWatched(binding, in: context) else { continue }
                let assignments = binding.occurrences.map(context.plainAssignment)
                guard let first = assignments.first ?? nil, !assignments.contains(where: { $0 == nil }),
                    !context.isInAnnotation(binding), context.isOwn(binding.occurrences[0].range)
                else { continue }
                let message = "'\(context.names.name(of: binding))' gets a value that nothing reads"
                var violation = Violation(range: binding.occurrences[0].range, message: message)
                if assignments.count == 1 {
                    violation.fixes = fix(of: first, context.names.name(of: binding), in: context)
                }
                reporter.report(violation)
            }
        })
}

/// Globals that others can load are used by whoever loads them; a local variable that begins with an underscore is declared
/// to be of no use.
private func isWatched(_ binding: Binding, in context: RuleContext) -> Bool {
    switch context.names.scopes[binding.scope].kind {
    case .file: context.names.name(of: binding).hasPrefix("_")
    case .function: !context.names.name(of: binding).hasPrefix("_")
    case .comprehension: false
    }
}

private func fix(of assignment: AssignStmt, _ name: String, in context: RuleContext) -> [Fix] {
    guard let target = assignment.target, let value = assignment.value else { return [] }
    if value.node.mayCall {
        return [Fix("Keep the call alone", replace: target.range.lowerBound..<value.range.lowerBound, with: "")]
    }
    return context.removal(of: assignment.node).map { [Fix(title: "Remove '\(name)'", edits: [$0])] } ?? []
}
