import EnvdSyntax

extension Rule {
    /// A key, token or password in the program.
    static let secretInSource = Rule(
        "secret-in-source", .security, .warning, page: PackageResources.secret_in_source_md,
        .nodes([.literalExpr]) { node, context, reporter in
            guard let token = node.firstToken, token.kind == .string, let bytes = StringLiteral.value(of: token.bytes),
                bytes.count >= 16, let (_, what) = SecretPattern.first(in: bytes)
            else { return }
            reporter.report(
                token.range,
                "this holds \(what), which everybody who has the program or the image can read; withdraw it")
        })
}
