import EnvdSyntax

/// Everything that there is to say about a file, in the order of the source.
package func lint(
    _ file: SourceFile, dialect: Dialect, environment: NameEnvironment, project: ProjectView? = nil,
    rules: [Rule] = defaultRules
) -> [Finding] {
    let syntax = file.diagnostics + file.dialectDiagnostics(dialect)
    var findings = syntax.map { diagnostic in
        Finding(code: diagnostic.code.name, severity: .error, range: diagnostic.range, message: diagnostic.message)
    }
    let context = RuleContext(file: file, dialect: dialect, environment: environment, project: project)
    findings += violations(of: rules, in: context)
    return findings.sorted {
        ($0.range.lowerBound, $0.range.upperBound, $0.code) < ($1.range.lowerBound, $1.range.upperBound, $1.code)
    }
}

/// Asks all rules in one walk over the tree: what a rule costs is what it looks at, not what the file holds.
private func violations(of rules: [Rule], in context: RuleContext) -> [Finding] {
    var reporters = [Rule.Reporter](repeating: Rule.Reporter(), count: rules.count)
    // Taken out of the rules once: for each node of the file it would cost more than most checks do.
    var checksByKind = [[NodeCheck]](repeating: [], count: 256)
    for (index, rule) in rules.enumerated() {
        switch rule.check {
        case .nodes(let kinds, let check):
            for kind in kinds { checksByKind[Int(kind.rawValue)].append(NodeCheck(rule: index, check: check)) }
        case .calls(let check): for call in context.calls { check(call, context, &reporters[index]) }
        case .file(let check): check(context, &reporters[index])
        }
    }
    for statement in context.file.statements {
        for node in statement.descendants {
            for check in checksByKind[Int(node.kind.rawValue)] { check.check(node, context, &reporters[check.rule]) }
        }
    }
    return zip(rules, reporters).flatMap { rule, reporter in reporter.violations.map(rule.finding) }
}

/// What a rule asks of a node.
private struct NodeCheck {
    /// The rule's place.
    let rule: Int
    let check: @Sendable (SyntaxNode, RuleContext, inout Rule.Reporter) -> Void
}
