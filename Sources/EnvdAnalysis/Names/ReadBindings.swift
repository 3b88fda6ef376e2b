import EnvdSyntax

extension RuleContext {
    /// For each binding, whether anything reads it; nil where the file has mistakes of syntax, which may hide what reads.
    var readBindings: [Bool]? {
        guard !file.hasDiagnostics else { return nil }
        var isRead = [Bool](repeating: false, count: names.bindings.count)
        for use in names.uses {
            if let binding = use.binding { isRead[binding] = true }
        }
        return isRead
    }

    /// The names that types in the file mention. Types are no values, so name resolution leaves them out.
    var namesInAnnotations: Set<String> {
        var found: Set<String> = []
        for statement in file.statements {
            for node in statement.descendants where node.kind == .typeAnnotation || node.kind == .returnAnnotation {
                for token in node.tokens where token.kind == .identifier { found.insert(token.text) }
            }
        }
        return found
    }

    /// The statement that assigns a variable at a place; nil where a loop or an unpacking gives it its value.
    func plainAssignment(at occurrence: Binding.Occurrence) -> AssignStmt? {
        guard occurrence.kind == .variable, let name = file.node(covering: occurrence.range), name.kind == .nameExpr,
            let assignment = name.parent.flatMap(AssignStmt.init), assignment.target?.node == name
        else { return nil }
        return assignment
    }
}
