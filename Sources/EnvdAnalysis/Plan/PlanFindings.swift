import EnvdLanguage
import EnvdSyntax
import LLB

/// What a dry run of a program shows that its text alone does not: part of what `lint` has to say of the program's file.
///
/// To make it takes as long as the program runs, so it is apart from `lint`: whoever has no time to wait shows first what `lint` finds
/// without it, and then what it finds with it.
package struct PlanFindings: Sendable {
    /// Each place and rule once, without regard to comments that silence findings, and to what `lint` finds anyway. Some are of rules
    /// that were not asked, for those who have to know of them.
    let findings: [PlannedFinding]

    /// - Parameters:
    ///   - file: the program that was run.
    ///   - rules: those to ask. Others than those of the plan see the calls as they happened.
    package init(of file: SourceFile, _ run: DryRun, project: ProjectView? = nil, rules: [Rule] = defaultRules) {
        let program = PlannedProgram(file, run, project: project)
        let asked = Set(rules.map(\.code))
        // Comments that name a rule may silence something that it would find.
        let named = Set(Suppressions(in: file)?.entries.joined().map(\.code) ?? [])
        let hasErrors = run.error != nil || !run.findings.isEmpty
        let rules = allRules.filter { rule in
            asked.contains(rule.code) || named.contains(rule.code) || hasErrors && rule.severity == .error
        }
        var found = program.findingsOfTranscript(rules)
        for rule in rules {
            var reporter = Rule.Reporter()
            if case .plan(let check) = rule.check { check(program, &reporter) }
            planChecks[rule.code]?(program, &reporter)
            found += reporter.violations.map { PlannedFinding(rule.finding($0)) }
        }
        findings = onePerPlace(found)
    }

    /// The findings to add to others about the same file: those that say something else.
    ///
    /// - Parameters:
    ///   - syntax: what is wrong with the file's syntax, of which other errors may be a consequence.
    ///   - find: what further rules find in the file.
    func beside(_ others: [Finding], _ syntax: [Finding], _ find: ([Rule]) -> [Finding]) -> [Finding] {
        let byCode = Dictionary(grouping: others, by: \.code)
        let ranges = byCode.mapValues { Set($0.map(\.range)) }
        let new = findings.filter { planned in
            guard let known = ranges[planned.finding.code] else { return true }
            // Most of what is known stands in the very same place.
            if known.contains(planned.finding.range) { return false }
            return !known.contains { place in
                overlap(place, planned.finding.range) || planned.others.contains { overlap(place, $0) }
            }
        }.map(\.finding)
        guard new.contains(where: { $0.code == Rule.evaluationError.code }) else { return new }
        // Why a call fails is said by the rule that knows better, also where nobody wants to hear that.
        let known = Set(byCode.keys)
        let more = find(allRules.filter { $0.severity == .error && !known.contains($0.code) })
        func isReason(_ finding: Finding) -> Bool {
            // The real envd loads what stands outside, and so nothing fails there.
            finding.code == Rule.loadOutside.code
                || finding.severity == .error && finding.code != Rule.evaluationError.code
        }
        let reasons =
            (others + syntax + new + more).filter(isReason).map(\.range)
            + findings.filter { isReason($0.finding) }.compactMap(\.call)
        return new.filter { finding in
            finding.code != Rule.evaluationError.code || !reasons.contains { overlap($0, finding.range) }
        }
    }

    /// Whether a file is a program, so that there is something to run: it has a function `build` at its top level, and no mistakes in
    /// its syntax, after which nothing runs.
    package static func isProgram(_ file: SourceFile) -> Bool {
        guard !file.hasDiagnostics else { return false }
        return file.statements.contains { DefStmt($0)?.name?.text == "build" }
    }
}

/// What is known of a program's plan when findings are asked for.
package enum PlanKnowledge: Sendable {
    /// Nobody makes one, as if there were no such thing.
    case notAsked
    /// Nothing: there is none yet, or there could be one. A comment that silences what only a plan can show is of no less use for that.
    case unknown
    case known(PlanFindings)

    /// Whether a rule that has found nothing has nothing to find.
    func isEnough(for rule: Rule, in file: SourceFile) -> Bool {
        switch self {
        case .known: true
        case .notAsked: if case .plan = rule.check { false } else { true }
        case .unknown: !rule.asksPlan || !PlanFindings.isProgram(file)
        }
    }
}

/// What a plan shows about a place.
struct PlannedFinding {
    let finding: Finding
    /// Further places where the same may have been said: one mistake is one finding.
    let others: [Range<Int>]
    /// The call that gets the value that is found wrong: it may stand elsewhere, and fails because of that.
    let call: Range<Int>?

    init(_ finding: Finding, others: [Range<Int>] = [], call: Range<Int>? = nil) {
        self.finding = finding
        self.others = others
        self.call = call
    }
}

private func overlap(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    a.lowerBound < b.upperBound && b.lowerBound < a.upperBound || a == b
}

/// The first of the findings of each rule and place; loops come to the same line many times.
private func onePerPlace(_ findings: [PlannedFinding]) -> [PlannedFinding] {
    struct Place: Hashable {
        let code: String
        let range: Range<Int>
    }
    var order: [Place] = []
    var found: [Place: (first: PlannedFinding, messages: Set<String>)] = [:]
    for planned in findings {
        let place = Place(code: planned.finding.code, range: planned.finding.range)
        if found[place] == nil {
            order.append(place)
            found[place] = (planned, [])
        }
        found[place]?.messages.insert(planned.finding.message)
    }
    return order.compactMap { place in
        guard let (planned, messages) = found[place] else { return nil }
        guard messages.count > 1 else { return planned }
        let finding = planned.finding.with(
            message: "\(planned.finding.message) (and \(messages.count - 1) more like this)")
        return PlannedFinding(finding, others: planned.others, call: planned.call)
    }
}
