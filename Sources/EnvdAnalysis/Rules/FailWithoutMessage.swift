import EnvdSyntax

extension Rule {
    /// `fail()` that does not say why.
    static let failWithoutMessage = Rule(
        "fail-without-message", .starlark, .advice, page: PackageResources.fail_without_message_md,
        .callees(["fail"]) { call, context, reporter in
            guard context.isBuiltin(call.callee, "fail") else { return }
            if call.argumentList?.arguments.first != nil {
                guard let argument = call.soleArgument, case .literal(let literal) = argument,
                    let token = literal.token, token.kind == .string,
                    StringLiteral.value(of: token)?.isEmpty == true
                else { return }
            }
            reporter.report(call.range, "say why it fails: whoever builds this sees only the message")
        })
}
