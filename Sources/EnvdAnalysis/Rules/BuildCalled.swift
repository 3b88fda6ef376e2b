import EnvdSyntax

extension Rule {
    /// A call of `build` by the program itself.
    static let buildCalled = Rule(
        "build-called", .api, .warning, page: PackageResources.build_called_md,
        .chunk { context, reporter in
            let build = context.symbol("build")
            for use in context.names.uses where use.symbol == build {
                guard let id = use.binding, context.names.bindings[id].scope == 0,
                    context.names.bindings[id].occurrences.contains(where: { $0.kind == .function }),
                    let node = context.file.node(covering: use.range),
                    let call = [node, node.parent].compactMap({ $0 }).compactMap(CallExpr.init).first,
                    call.callee?.range == use.range,
                    call.node.parent?.kind == .exprStmt, let statement = call.node.parent, statement.parent == nil
                else { continue }
                let end = statement.range.upperBound
                reporter.report(
                    call.range, "envd calls build() itself; with this call everything is declared twice",
                    Fix("Remove the call", replace: statement.range.lowerBound..<end, with: "", isSafe: false))
            }
        })
}
