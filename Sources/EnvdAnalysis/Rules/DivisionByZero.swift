import EnvdSyntax

extension Rule {
    /// A division by a zero that stands there.
    static let divisionByZero = Rule(
        "division-by-zero", .starlark, .error, page: PackageResources.division_by_zero_md,
        .nodes([.binaryExpr, .assignStmt]) { node, context, reporter in
            let binary = BinaryExpr(node)
            switch binary?.op?.kind ?? AssignStmt(node)?.op?.kind {
            case .slash, .slashSlash, .slashEqual, .slashSlashEqual: break
            // Of a string it is a format.
            case .percent:
                guard let type = context.staticType(binary?.left), type.isNumber else { return }
            default: return
            }
            let right = binary?.right ?? AssignStmt(node)?.value
            guard case .literal(let literal)? = right?.unwrapped, let token = literal.token,
                token.kind == .integer || token.kind == .float, isZero(token)
            else { return }
            reporter.report(node.range, "this divides by zero")
        })
}

private func isZero(_ token: SyntaxToken) -> Bool {
    token.kind == .float
        ? NumberLiteral.float(token.text) == 0
        : NumberLiteral.integer(token.text)?.digits.allSatisfy { $0 == "0" } ?? false
}
