import EnvdSyntax

extension Rule {
    /// The result of a call that has none.
    static let resultOfCall = Rule(
        "result-of-call", .api, .warning, page: PackageResources.result_of_call_md,
        .calls { call, context, reporter in
            guard call.name != "include", call.name != "data.envd", let parent = call.call.node.parent else { return }
            let isUsed: Bool
            switch parent.kind {
            case .assignStmt, .dotExpr, .binaryExpr, .indexExpr, .keywordArgument: isUsed = true
            case .argumentList: isUsed = true
            default: isUsed = false
            }
            if parent.kind == .binaryExpr, let op = BinaryExpr(parent)?.op?.kind, op == .andKeyword || op == .orKeyword
            {
                return
            }
            if isUsed {
                reporter.report(
                    call.range, "'\(call.name)' returns None: it declares what is wanted, and gives nothing back")
            }
        })
}
