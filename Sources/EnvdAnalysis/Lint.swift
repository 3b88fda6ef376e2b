import EnvdSyntax

/// Everything that there is to say about a file, in the order of the source, but what its comments silence.
///
/// - Parameter plan: what running it has shown.
package func lint(
    _ file: SourceFile, dialect: Dialect, environment: NameEnvironment, project: ProjectView? = nil,
    modules: LoadedModules = LoadedModules(), rules: [Rule] = defaultRules, plan: PlanKnowledge = .notAsked
) -> [Finding] {
    lint(
        file, dialect: dialect, environment: environment, project: project, modules: modules, rules: RuleSet(rules),
        plan: plan)
}

/// The same with rules that have been arranged before, for whoever checks many files.
package func lint(
    _ file: SourceFile, dialect: Dialect, environment: NameEnvironment, project: ProjectView?, modules: LoadedModules,
    rules: RuleSet, plan: PlanKnowledge
) -> [Finding] {
    CheckedFile(
        file, dialect: dialect, environment: environment, project: project, modules: modules, rules: rules
    ).findings(plan)
}

extension CheckedFile {
    /// Everything that there is to say about the file, in the order of the source, but what its comments silence.
    package var findings: [Finding] { findings(.notAsked) }

    /// The same, with what running it has shown.
    package func findings(_ plan: PlanKnowledge) -> [Finding] {
        let found = collected()
        let syntax = found.syntax
        var violations = withoutSecondThoughts(found)
        var unasked: [Finding] = []
        if case .known(let plan) = plan {
            let asked = Set(rules.rules.map(\.code))
            let new = plan.beside(violations, syntax) { wanted in
                // What was asked has been found.
                let codes = Set(wanted.map(\.code))
                return found.violations.filter { codes.contains($0.code) }
                    + self.violations(of: wanted.filter { !asked.contains($0.code) })
            }
            violations += new.filter { asked.contains($0.code) }
            unasked = new.filter { !asked.contains($0.code) }
        }
        if names.suppressionCount > 0 { violations = unsuppressed(violations, plan, unasked) }
        return (syntax.isEmpty ? violations : violations + syntax).inOrder
    }

    /// What other rules find.
    private func violations(of rules: [Rule]) -> [Finding] {
        guard !rules.isEmpty else { return [] }
        return CheckedFile(
            file, dialect: dialect, environment: environment, project: project, modules: modules, rules: rules
        ).collected().violations
    }

    // MARK: - Suppression

    /// Findings without those that a comment silences, and with what there is to say of such comments.
    ///
    /// - Parameter unasked: findings of a plan by rules that nobody selects.
    private func unsuppressed(_ findings: [Finding], _ plan: PlanKnowledge, _ unasked: [Finding]) -> [Finding] {
        guard let suppressions = Suppressions(in: file) else { return findings }
        var used: Set<Suppressions.Key> = []
        func isSilenced(_ finding: Finding) -> Bool {
            let keys = suppressions.keys(for: finding)
            used.formUnion(keys)
            return !keys.isEmpty
        }
        let kept = findings.filter { !isSilenced($0) }
        guard rules.rules.contains(where: { $0.code == Rule.unusedSuppression.code }) else { return kept }

        // Whether a comment is of use does not depend on the rules that somebody selects.
        let asked = Set(rules.rules.map(\.code))
        let named = Set(suppressions.entries.joined().map(\.code))
        let others = allRules.filter { named.contains($0.code) && !asked.contains($0.code) }
        for finding in violations(of: others) + unasked { _ = isSilenced(finding) }
        let judged = (rules.rules + others).filter { rule in
            guard plan.isEnough(for: rule, in: file) else { return false }
            let looksAtLoads = names.loadCount > 0 && rule.group.looksAtLoads
            return project != nil || rule.group.looksAtNothingButTheFile && !looksAtLoads
        }
        let known = asked.union(allRules.map(\.code)).sorted()
        let violations = suppressions.violations(
            in: file, used: used, judged: Set(judged.map(\.code)), known: known)
        return kept + violations.map(Rule.unusedSuppression.finding)
    }
}

extension Finding {
    /// The order of the source; at one place that of the rules' names and of what is said.
    func precedes(_ other: Finding) -> Bool {
        if range.lowerBound != other.range.lowerBound { return range.lowerBound < other.range.lowerBound }
        if range.upperBound != other.range.upperBound { return range.upperBound < other.range.upperBound }
        if code != other.code { return code < other.code }
        return message < other.message
    }
}

extension [Finding] {
    /// Each once, in the order of the source.
    fileprivate var inOrder: [Finding] {
        withUnsafeBufferPointer { findings in
            // Of a file that is edited most come in order: those of a chunk are, and so are the chunks.
            if findings.indices.dropFirst().allSatisfy({ findings[$0 - 1].precedes(findings[$0]) }) { return self }
            // Numbers are moved about in place of findings.
            var order = findings.indices.map { (range: findings[$0].range, index: $0) }
            order.sort { a, b in
                if a.range.lowerBound != b.range.lowerBound { return a.range.lowerBound < b.range.lowerBound }
                if a.range.upperBound != b.range.upperBound { return a.range.upperBound < b.range.upperBound }
                return findings[a.index].precedes(findings[b.index])
            }
            // What two calls have in common is wrong in both, and said once.
            var sorted: [Finding] = []
            sorted.reserveCapacity(order.count)
            for (place, entry) in order.enumerated() {
                if place > 0, order[place - 1].range == entry.range,
                    findings[order[place - 1].index] == findings[entry.index]
                {
                    continue
                }
                sorted.append(findings[entry.index])
            }
            return sorted
        }
    }
}

// MARK: - One mistake, one finding

/// Findings without what the checker says of types where another error stands: a rule that looks for one kind of mistake says more
/// about it, and what follows from broken code is no mistake of its own.
private func withoutSecondThoughts(_ found: CheckedFile.Collected) -> [Finding] {
    let findings = found.violations
    guard !found.ofTypes.isEmpty else { return findings }
    var others = found.syntax.map(\.range) + found.errors
    guard !others.isEmpty else { return findings }
    others.sort { $0.lowerBound < $1.lowerBound }
    // The furthest end of all that begin before: where it is behind a place, something covers the place.
    var ends: [Int] = []
    for range in others { ends.append(max(range.upperBound, ends.last ?? 0)) }
    func isSecond(_ finding: Finding) -> Bool {
        var (low, high) = (0, others.count)
        while low < high {
            let middle = (low + high) / 2
            if others[middle].lowerBound < finding.range.upperBound { low = middle + 1 } else { high = middle }
        }
        return low > 0 && ends[low - 1] > finding.range.lowerBound
    }
    let second = found.ofTypes.filter { isSecond(findings[$0]) }
    guard !second.isEmpty else { return findings }
    var kept: [Finding] = []
    kept.reserveCapacity(findings.count - second.count)
    var start = 0
    for place in second {
        kept += findings[start..<place]
        start = place + 1
    }
    return kept + findings[start...]
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
