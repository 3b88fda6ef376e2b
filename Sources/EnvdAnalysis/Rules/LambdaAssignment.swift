import EnvdSyntax

extension Rule {
    /// A `lambda` that gets a name, which `def` would give it.
    static let lambdaAssignment = Rule(
        "lambda-assignment", .starlark, .advice, isOptIn: true, page: PackageResources.lambda_assignment_md,
        .nodes([.assignStmt]) { node, _, reporter in
            guard let assignment = AssignStmt(node), case .lambda? = assignment.value?.unwrapped,
                let name = assignment.target?.nameToken
            else { return }
            reporter.report(name.range, "define '\(name.text)' with 'def', so that errors show its name")
        })
}
