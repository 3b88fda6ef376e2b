import EnvdSyntax

extension Rule {
    /// `x in ("a")`, where a tuple was meant.
    static let stringMembership = Rule(
        "string-membership", .starlark, .warning, page: PackageResources.string_membership_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node), let op = binary.op?.kind, op == .inKeyword || op == .notKeyword,
                case .paren(let paren)? = binary.right, case .literal(let literal)? = paren.inner,
                let token = literal.token, token.kind == .string
            else { return }
            let text = token.text
            let end = token.range.upperBound..<token.range.upperBound
            reporter.report(
                paren.range, "(\(text)) is a string, so this looks for a part of it; a tuple is (\(text),)",
                Fix("Make it a tuple", replace: end, with: ","))
        })
}
