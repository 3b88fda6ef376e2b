import EnvdSyntax

extension Rule {
    /// `fail()` that does not say why.
    static let failWithoutMessage = Rule(
        "fail-without-message", .starlark, .advice, page: PackageResources.fail_without_message_md,
        .nodes([.callExpr]) { node, context, reporter in
            guard let call = CallExpr(node), context.isBuiltin(call.callee, "fail") else { return }
            if call.argumentList?.arguments.first != nil {
                guard let argument = call.soleArgument, case .literal(let literal) = argument,
                    let token = literal.token, token.kind == .string,
                    StringLiteral.value(of: token)?.isEmpty == true
                else { return }
            }
            reporter.report(node.range, "say why it fails: whoever builds this sees only the message")
        })
}
