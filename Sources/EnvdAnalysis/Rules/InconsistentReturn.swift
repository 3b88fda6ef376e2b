import EnvdSyntax

extension Rule {
    /// `return` alone in a function that returns values elsewhere.
    static let inconsistentReturn = Rule(
        "inconsistent-return", .starlark, .advice, page: PackageResources.inconsistent_return_md,
        .nodes([.defStmt]) { node, context, reporter in
            guard let function = DefStmt(node) else { return }
            let exits = FunctionExits(of: function)
            guard exits.withValue != nil else { return }
            for exit in exits.bare {
                let fix = Fix(
                    "Return None", replace: exit.firstToken?.range ?? exit.range, with: "return None", isSafe: true)
                reporter.report(
                    exit.firstToken?.range ?? exit.range,
                    "this returns None where other paths return a value; write 'return None'", fix)
            }
        })
}
