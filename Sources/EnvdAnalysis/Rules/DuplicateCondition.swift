import EnvdSyntax

extension Rule {
    /// A condition that a branch above has asked already.
    static let duplicateCondition = Rule(
        "duplicate-condition", .starlark, .warning, page: PackageResources.duplicate_condition_md,
        .nodes([.ifStmt]) { node, context, reporter in
            guard let statement = IfStmt(node), let first = statement.condition else { return }
            var conditions: [SyntaxNode] = []
            for clause in statement.elifClauses {
                guard let condition = clause.condition?.node else { continue }
                if conditions.isEmpty { conditions.append(first.node) }
                if !context.mayHaveEffects(condition), let same = conditions.first(where: { isSameCode($0, condition) })
                {
                    reporter.report(condition.range, lineOf: RelatedPlace(same.range, "the same condition")) { line in
                        "this branch never runs: line \(line) has the same condition"
                    }
                } else if conditions.count < maximumCount {
                    conditions.append(condition)
                }
            }
        })
}

/// Each condition is compared with those above it, which may not become too many.
private let maximumCount = 32
