import EnvdSyntax

extension Rule {
    /// A function of the API that is named, but not called.
    static let notCalled = Rule(
        "not-called", .api, .warning, page: PackageResources.not_called_md,
        .nodes([.exprStmt]) { node, context, reporter in
            guard let value = ExprStmt(node)?.value, let function = context.function(value) else { return }
            let canBeCalled = function.parameters.allSatisfy { !$0.isRequired }
            let end = value.range.upperBound
            reporter.report(
                Rule.Violation(
                    range: value.range,
                    message: "'\(function.name)' is not called: without parentheses this does nothing",
                    fixes: canBeCalled ? [Fix("Call it", replace: end..<end, with: "()", isSafe: true)] : []))
        })
}
