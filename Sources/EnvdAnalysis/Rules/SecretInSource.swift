import EnvdSyntax

extension Rule {
    /// A key, token or password in the program.
    static let secretInSource = Rule(
        "secret-in-source", .security, .warning, page: PackageResources.secret_in_source_md,
        .nodes([.literalExpr]) { node, context, reporter in
            // With its quotes; a value is never longer than what is written.
            guard let token = node.firstToken, token.kind == .string,
                token.range.count >= SecretPattern.minimumLength + 2, token.withBytes(SecretPattern.mayBe),
                let bytes = StringLiteral.value(of: token),
                let (_, what) = SecretPattern.first(in: bytes)
            else { return }
            reporter.report(
                token.range,
                "this holds \(what), which everybody who has the program or the image can read; withdraw it")
        })
}
