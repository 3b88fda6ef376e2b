import EnvdSyntax

extension Rule {
    /// `not x in y`, which has an operator of its own.
    static let negatedComparison = Rule(
        "negated-comparison", .starlark, .advice, page: PackageResources.negated_comparison_md,
        .nodes([.unaryExpr]) { node, context, reporter in
            guard let unary = UnaryExpr(node), unary.op?.kind == .notKeyword, let operand = unary.operand,
                case .binary(let binary) = operand.unwrapped, let op = binary.op, let left = binary.left,
                let right = binary.right
            else { return }
            let opposite: String
            switch op.kind {
            case .inKeyword: opposite = "not in"
            case .notKeyword: opposite = "in"
            case .equalEqual: opposite = "!="
            case .notEqual: opposite = "=="
            default: return
            }
            var violation = Violation(range: node.range, message: "write it with '\(opposite)'")
            // Without their parentheses, lines would end too early.
            if !context.file.bytes(in: node.range).contains(where: { $0 == 0x0A || $0 == 0x0D }) {
                let (a, b) = (context.file.text(in: left.range), context.file.text(in: right.range))
                violation.fixes = [
                    Fix("Use '\(opposite)'", replace: node.range, with: "\(a) \(opposite) \(b)", isSafe: true)
                ]
            }
            reporter.report(violation)
        })
}
