import EnvdSyntax

/// For each binding of a chunk, whether the chunk reads it.
struct ReadBindings {
    let isRead: [Bool]

    init(in context: RuleContext) {
        var isRead = [Bool](filledWith: false, count: context.names.bindings.count)
        for use in context.names.uses {
            if let id = use.binding { isRead[id] = true }
        }
        self.isRead = isRead
    }
}

extension RuleContext {
    /// Whether a type in the file mentions a name. Types are no values, so name resolution leaves them out.
    func isInAnnotation(_ binding: Binding) -> Bool { facts(of: binding.symbol).contains(.isInAnnotation) }

    /// The statement that assigns a variable at a place; nil where a loop or an unpacking gives it its value.
    func plainAssignment(at occurrence: Binding.Occurrence) -> AssignStmt? {
        guard occurrence.kind == .variable, let name = file.node(covering: occurrence.range), name.kind == .nameExpr,
            let assignment = name.parent.flatMap(AssignStmt.init), assignment.target?.node == name
        else { return nil }
        return assignment
    }
}
