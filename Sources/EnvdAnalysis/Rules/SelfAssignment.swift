import EnvdSyntax

extension Rule {
    /// An assignment of something to itself.
    static let selfAssignment = Rule(
        "self-assignment", .starlark, .warning, page: PackageResources.self_assignment_md,
        .nodes([.assignStmt]) { node, context, reporter in
            guard let assignment = AssignStmt(node), assignment.op?.kind == .equal, let target = assignment.target,
                let value = assignment.value, isSameCode(target.node, value.node), !target.node.mayCall,
                // At the top level it is an error of another kind.
                node.parent != nil
            else { return }
            let text = context.file.text(in: target.range)
            let fixes =
                target.nameToken == nil
                ? [] : context.removal(of: node).map { [Fix(title: "Remove it", edits: [$0], isSafe: true)] } ?? []
            reporter.report(
                Violation(range: node.range, message: "'\(text)' is assigned to itself", fixes: fixes))
        })
}
