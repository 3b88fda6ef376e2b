import EnvdSyntax

extension RuleContext {
    /// The bindings that nothing reads; none where the file has mistakes of syntax, which may hide what reads.
    var unreadBindings: [Binding.ID] {
        guard !file.hasDiagnostics else { return [] }
        return isRead.indices.filter { !isRead[$0] }
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

extension NameResolution {
    /// Whether a scope is that of a function, or within one.
    func isInFunction(_ scope: Scope.ID) -> Bool {
        var next: Scope.ID? = scope
        while let current = next {
            if scopes[current].kind == .function { return true }
            next = scopes[current].parent
        }
        return false
    }
}
