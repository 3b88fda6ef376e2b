import EnvdSyntax

/// Everything that there is to say about a file, in the order of the source, but what its comments silence.
package func lint(
    _ file: SourceFile, dialect: Dialect, environment: NameEnvironment, project: ProjectView? = nil,
    modules: LoadedModules = LoadedModules(), rules: [Rule] = defaultRules
) -> [Finding] {
    let syntax = file.diagnostics + file.dialectDiagnostics(dialect)
    var findings = syntax.map { diagnostic in
        Finding(code: diagnostic.code.name, severity: .error, range: diagnostic.range, message: diagnostic.message)
    }
    let context = RuleContext(
        file: file, dialect: dialect, environment: environment, project: project, modules: modules)
    let violations = withoutSecondThoughts(violations(of: rules, in: context), beside: findings)
    findings += unsuppressed(violations, in: context, rules: rules)
    return findings.sorted {
        ($0.range.lowerBound, $0.range.upperBound, $0.code) < ($1.range.lowerBound, $1.range.upperBound, $1.code)
    }
}

/// Asks all rules in one walk over the tree: what a rule costs is what it looks at, not what the file holds.
private func violations(of rules: [Rule], in context: RuleContext) -> [Finding] {
    var reporters = [Rule.Reporter](repeating: Rule.Reporter(), count: rules.count)
    var typed: [String: Int] = [:]
    // Taken out of the rules once: for each node of the file it would cost more than most checks do.
    var checksByKind = [[NodeCheck]](repeating: [], count: 256)
    for (index, rule) in rules.enumerated() {
        switch rule.check {
        case .nodes(let kinds, let check):
            for kind in kinds { checksByKind[Int(kind.rawValue)].append(NodeCheck(rule: index, check: check)) }
        case .calls(let check): for call in context.calls { check(call, context, &reporters[index]) }
        case .file(let check): check(context, &reporters[index])
        case .types: typed[rule.code] = index
        }
    }
    if !typed.isEmpty {
        let checker = TypeChecker(context, .envd)
        checker.check()
        for report in checker.reports {
            guard let index = typed[report.code] else { continue }
            reporters[index].report(
                Rule.Violation(range: report.range, message: report.message, fixes: report.fixes))
        }
    }
    for statement in context.file.statements {
        for node in statement.descendants {
            for check in checksByKind[Int(node.kind.rawValue)] { check.check(node, context, &reporters[check.rule]) }
        }
    }
    return zip(rules, reporters).flatMap { rule, reporter in reporter.violations.map(rule.finding) }
}

// MARK: - One mistake, one finding

/// Findings without what the checker says of types where another error stands: a rule that looks for one kind of mistake says more
/// about it, and what follows from broken code is no mistake of its own.
private func withoutSecondThoughts(_ findings: [Finding], beside syntax: [Finding]) -> [Finding] {
    let ofTypes = Set(allRules.filter { $0.group == .types }.map(\.code))
    let others = (findings.filter { $0.severity == .error && !ofTypes.contains($0.code) } + syntax).map(\.range)
        .sorted { $0.lowerBound < $1.lowerBound }
    guard !others.isEmpty else { return findings }
    // The furthest end of all that begin before: where it is behind a place, something covers the place.
    var ends: [Int] = []
    for range in others { ends.append(max(range.upperBound, ends.last ?? 0)) }
    return findings.filter { finding in
        guard ofTypes.contains(finding.code) else { return true }
        var (low, high) = (0, others.count)
        while low < high {
            let middle = (low + high) / 2
            if others[middle].lowerBound < finding.range.upperBound { low = middle + 1 } else { high = middle }
        }
        return low == 0 || ends[low - 1] <= finding.range.lowerBound
    }
}

// MARK: - Suppression

/// Findings without those that a comment silences, and with what there is to say of such comments.
private func unsuppressed(_ findings: [Finding], in context: RuleContext, rules: [Rule]) -> [Finding] {
    guard let suppressions = Suppressions(in: context.file) else { return findings }
    var used: Set<Suppressions.Key> = []
    func isSilenced(_ finding: Finding) -> Bool {
        let keys = suppressions.keys(for: finding)
        used.formUnion(keys)
        return !keys.isEmpty
    }
    let kept = findings.filter { !isSilenced($0) }
    guard rules.contains(where: { $0.code == Rule.unusedSuppression.code }) else { return kept }

    // Whether a comment is of use does not depend on the rules that somebody selects.
    let asked = Set(rules.map(\.code))
    let named = Set(suppressions.entries.joined().map(\.code))
    let others = allRules.filter { named.contains($0.code) && !asked.contains($0.code) }
    for finding in violations(of: others, in: context) { _ = isSilenced(finding) }
    let loadsNothing = !context.file.statements.contains { $0.kind == .loadStmt }
    let judged = (rules + others).filter { rule in
        context.project != nil || rule.group.looksAtNothingButTheFile && (loadsNothing || !rule.group.looksAtLoads)
    }
    let known = asked.union(allRules.map(\.code)).sorted()
    let violations = suppressions.violations(
        in: context.file, used: used, judged: Set(judged.map(\.code)), known: known)
    return kept + violations.map(Rule.unusedSuppression.finding)
}

extension Rule.Group {
    /// Its rules find the same whether or not the project is known.
    fileprivate var looksAtNothingButTheFile: Bool {
        switch self {
        case .names, .types, .starlark, .api, .shell, .deprecated: true
        case .packages, .files, .security, .performance: false
        }
    }

    /// What its rules find depends on what the file loads.
    fileprivate var looksAtLoads: Bool { self == .names || self == .types }
}

/// What a rule asks of a node.
private struct NodeCheck {
    /// The rule's place.
    let rule: Int
    let check: @Sendable (SyntaxNode, RuleContext, inout Rule.Reporter) -> Void
}
