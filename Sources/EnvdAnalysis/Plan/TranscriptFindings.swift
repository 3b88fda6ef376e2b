import EnvdLanguage
import EnvdSyntax
import LLB

extension PlannedProgram {
    /// What rules that know nothing of plans find in the calls as they happened, at the places in the program's file that they come from.
    func findingsOfTranscript(_ rules: [Rule]) -> [PlannedFinding] {
        let asked = rules.filter { $0.looksAtCalls && (isComplete || $0.looksAtSingleCalls) }
        guard !asked.isEmpty, !calls.isEmpty else { return [] }
        let findings = lint(
            transcript.file, dialect: .envd, environment: .envd, project: project, rules: asked)
        return findings.compactMap { finding in
            // A rule, not the transcript's own syntax.
            guard let rule = asked.first(where: { $0.code == finding.code }) else { return nil }
            return translated(finding, of: rule)
        }
    }

    private func translated(_ finding: Finding, of rule: Rule) -> PlannedFinding? {
        guard let part = transcript.part(holding: finding.range) else {
            // Something about the program as a whole.
            return buildName.map { PlannedFinding(finding.moved(to: $0)) }
        }
        let call = calls[part.call]
        if !call.isOwn, rule.allowsOverriding { return nil }
        guard let origin = files.origin(of: part, in: call) else { return nil }
        // What `data` and libraries know of hosts is no mistake of the program.
        if finding.code == Rule.missingHostPath.code, origin.literal == nil { return nil }
        var range = origin.range
        let inner = transcript.offsets(of: finding.range, in: part)
        if let literal = origin.literal, let inner { range = literal.source(inner) }
        guard origin.file == run.file else {
            // Where the mistake stands, it is found without running anything.
            let known = files.placesWithoutRun(rule, in: origin.file, project: project)
            let places = [range] + origin.others
            if known.contains(where: { known in places.contains { $0.overlaps(known) || $0 == known } }) { return nil }
            var moved = finding.moved(to: call.calleeRange)
            if let place = files.shownPlace(range, in: origin.file) {
                moved = moved.with(message: "\(moved.message) (\(place))")
            }
            return PlannedFinding(moved, call: call.range)
        }
        return PlannedFinding(
            finding.moved(to: range, fixes: finding.fixes.compactMap { translated($0) }), others: origin.others,
            call: call.range)
    }

    /// A fix of the transcript as one of the file, if all that it changes is written there.
    private func translated(_ fix: Fix) -> Fix? {
        var edits: [SourceEdit] = []
        for edit in fix.edits {
            guard let part = transcript.part(holding: edit.range),
                let inner = transcript.offsets(of: edit.range, in: part),
                let origin = files.origin(of: part, in: calls[part.call]), origin.file == run.file,
                let literal = origin.literal, literal.isExact
            else { return nil }
            let range = literal.source(inner)
            guard file.bytes(in: range) == transcript.file.bytes(in: edit.range),
                literal.escaped(edit.replacement) == edit.replacement
            else { return nil }
            edits.append(SourceEdit(range: range, replacement: edit.replacement))
        }
        // Other calls may get the same value.
        return Fix(title: fix.title, edits: edits.sorted { $0.range.lowerBound < $1.range.lowerBound }, isSafe: false)
    }
}

extension Finding {
    fileprivate func moved(to range: Range<Int>, fixes: [Fix] = []) -> Finding {
        // What is related is a place of the transcript.
        Finding(code: code, severity: severity, range: range, message: message, fixes: fixes)
    }
}

extension Rule {
    /// Whether it looks at calls of the API and what they are given, and not at how that is written.
    var looksAtCalls: Bool {
        switch check {
        case .calls, .program: break
        case .nodes, .callees, .chunk, .types, .suppressions, .plan: return false
        }
        switch group {
        case .api, .shell, .packages, .files, .security, .performance: break
        case .names, .types, .starlark, .deprecated: return false
        }
        return !Rule.aboutWriting.contains(code) && planChecks[code] == nil
    }

    /// Whether it says the same of a call whatever other calls there are.
    fileprivate var looksAtSingleCalls: Bool {
        if case .calls = check { true } else { false }
    }

    /// Whether what it finds is what a program does on purpose with what a library has set.
    fileprivate var allowsOverriding: Bool { code.hasPrefix("overridden-") }

    /// Rules about where calls stand, and about what the transcript does not have.
    private static let aboutWriting: Set<String> = [
        "build-called", "build-parameters", "missing-build", "not-called", "result-of-call", "shadowed-module",
        "top-level-call",
    ]

    /// Whether a dry run may find something by it.
    package var asksPlan: Bool {
        if case .plan = check { return true }
        return looksAtCalls || planChecks[code] != nil
    }
}

/// What rules look for in a plan besides what they find in the text.
let planChecks: [String: @Sendable (PlannedProgram, inout Rule.Reporter) -> Void] = [
    Rule.duplicatePackage.code: reportRepeatedPackages
]
