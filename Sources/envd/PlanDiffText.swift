import EnvdLanguage
import LLB
import Terminal

/// What would be built again, for people: the whole in a sentence, and then the steps that are, below each that is the cause
/// of others those others.
struct PlanDiffText {
    private let difference: PlanDifference
    private let other: String

    init(_ diff: PlanDiff) {
        difference = diff.difference
        other = diff.other.name
    }

    var text: String {
        var sections = [summary + "\n"] + groups
        let more = removed + facts + runtime + everyBuild
        if !more.isEmpty { sections.append(more.map { $0 + "\n" }.joined()) }
        return sections.joined(separator: "\n")
    }

    // MARK: - The whole in a sentence

    var summary: String {
        let all = difference.steps.count
        let uncertain = difference.numbers(.uncertain).count
        let sure = difference.steps.count { $0.state == .rebuilt || $0.state == .new }
        guard let first = difference.steps.first(where: { $0.state != .unchanged }) else {
            let gone = difference.removed.count
            let end =
                gone == 0 ? "" : "; \(Self.count(gone, "step")) of \(shown(other)) \(gone == 1 ? "is" : "are") gone"
            return "Nothing would be rebuilt: \(all == 1 ? "the only step is" : "all \(all) steps are") as in "
                + "\(shown(other))\(end)."
        }
        let whole = "\(sure) of \(Self.count(all, "step"))"
        let amount =
            sure == 0
            ? "No step is sure to be rebuilt, \(uncertain) of \(all) may be"
            : "\(whole) would be rebuilt" + (uncertain == 0 ? "" : " and \(uncertain) may be")
        let start = sure + uncertain > 1 ? ", from step \(first.number) on" : ""
        let causes = Set(difference.steps.filter { $0.state != .unchanged }.map(\.cause))
        let others = causes.count == 1 ? "" : ", among other changes"
        return "\(amount)\(start), because \(cause(difference.steps[first.cause - 1]))\(others)."
    }

    /// The first reason of a step, within a sentence.
    private func cause(_ change: PlanDifference.StepChange) -> String {
        let step = difference.new.steps[change.number - 1]
        switch change.reasons.first {
        case .operation(let value):
            if value.name == "environment", let fact = difference.facts.first(where: { $0.kind == "image" }) {
                return "something else is known of the image \(shown(fact.name))"
            }
            if value.name == "image", let image = value.added.first { return "the image is \(shown(image))" }
            let place = place(step).isEmpty ? "" : " (\(place(step)))"
            return value.name == "action"
                ? "step \(step.number)\(place) does something else"
                : "the \(shown(value.name)) of step \(step.number)\(place) changed"
        case .files(let path, let files):
            guard files.count > 1 else { return "\(shown(files.first?.path.description ?? path)) changed" }
            return path == "." ? "\(files.count) files changed" : "\(files.count) files in \(shown(path)) changed"
        case .unknownFiles(let paths):
            return "step \(step.number) sees \(unknown(paths))"
        case .filteredFiles(let path): return "files in \(shown(path)) changed"
        case .after(let number), .contentOf(let number, _): return "step \(number) is rebuilt"
        case .otherInput(let now, let before):
            if let before, difference.removed.contains(before) {
                return "\(shown(difference.old.steps[before - 1].title)) is gone"
            }
            return "step \(step.number) now comes after step \(now)"
        case .new: return "step \(step.number) is new"
        case nil: return "it changed"
        }
    }

    // MARK: - The steps

    /// One for each step that is a cause, with all that are rebuilt for it.
    private var groups: [String] {
        let changed = difference.steps.filter { $0.state != .unchanged }
        let rows = Dictionary(grouping: changed, by: \.cause)
        let numberWidth = String(difference.steps.count).count
        let titleWidth = min(60, changed.map { Self.width(title($0)) }.max() ?? 0)
        let placeWidth = changed.map { Self.width(place(difference.new.steps[$0.number - 1])) }.max() ?? 0
        return rows.keys.sorted().map { cause in
            (rows[cause] ?? []).map { change in
                let step = difference.new.steps[change.number - 1]
                var reasons = reasons(change)
                // What only follows from another step is said in the same line.
                let inline = change.cause != change.number && reasons.count == 1 ? reasons.removeFirst() : ""
                let head = [
                    Self.padded(String(change.number), to: numberWidth, isRight: true),
                    Self.padded(Self.word(change.state), to: 7), Self.padded(step.kind.rawValue, to: 5),
                    Self.padded(Self.shortened(title(change), to: titleWidth), to: titleWidth),
                    Self.padded(place(step), to: placeWidth), inline,
                ]
                return Self.trimmed(head.joined(separator: "  ")) + "\n"
                    + reasons.map { String(repeating: " ", count: numberWidth + 2) + $0 + "\n" }.joined()
            }.joined()
        }
    }

    private static func word(_ state: PlanDifference.State) -> String {
        switch state {
        case .unchanged: ""
        case .rebuilt: "rebuilt"
        case .uncertain: "may be"
        case .new: "new"
        }
    }

    private func title(_ change: PlanDifference.StepChange) -> String {
        shown(difference.new.steps[change.number - 1].title)
    }

    private func place(_ step: PlanSnapshot.Step) -> String {
        step.locations.first.map { shown("\($0.file):\($0.line)") } ?? ""
    }

    private func reasons(_ change: PlanDifference.StepChange) -> [String] {
        var after: [Int] = []
        var lines: [String] = []
        for reason in change.reasons {
            switch reason {
            case .operation(let value): lines += operation(value)
            case .files(_, let files):
                lines += files.prefix(6).map { "\(shown($0.path.description)): \(Self.phrase($0.kind))" }
                if files.count > 6 { lines.append("and \(files.count - 6) files more") }
            case .unknownFiles(let paths): lines.append("it sees \(unknown(paths))")
            case .filteredFiles(let path):
                lines.append("files in \(shown(path)) changed, and patterns choose among them")
            case .after(let step): after.append(step)
            case .contentOf(let step, let paths):
                let what = paths.filter { !$0.isEmpty }.map(shown).joined(separator: ", ")
                lines.append("unless \(what.isEmpty ? "what it uses" : what) of step \(step) is the same")
            case .otherInput(let now, let before): lines.append(otherInput(now, before))
            case .new: continue
            }
        }
        if !after.isEmpty {
            lines.append(
                "after \(after.count == 1 ? "step" : "steps") " + after.map(String.init).joined(separator: ", "))
        }
        return lines
    }

    private func otherInput(_ now: Int, _ before: Int?) -> String {
        guard let before else { return "it is built on step \(now) too" }
        let title = Self.shortened(shown(difference.old.steps[before - 1].title), to: 40)
        let state = difference.removed.contains(before) ? ", which is gone" : ""
        return "built on step \(now) now, and on (\(before)) \(title) before\(state)"
    }

    /// Of a submodule that is not checked out nobody knows more either.
    private func unknown(_ paths: [TreePath]) -> String {
        let names = paths.prefix(3).map { shown($0.description) }.joined(separator: ", ")
        return paths.contains { $0.description.hasSuffix(".git") }
            ? "\(names), which every command of git may change" : "\(names), and what that held is not known"
    }

    private static func phrase(_ kind: PlanDifference.FileChange.Kind) -> String {
        switch kind {
        case .added: "new"
        case .removed: "gone"
        case .content: "other content"
        case .mode: "other permissions"
        case .target: "the link leads elsewhere"
        case .kind: "another kind of file"
        }
    }

    // MARK: - Values

    /// Of a list this many values are shown, each up to so many columns.
    private static let maximumValues = 8
    private static let maximumValueWidth = 72

    private func operation(_ change: PlanDifference.ValueChange) -> [String] {
        if change.isOrder { return ["\(change.name): other order"] }
        if change.name == "environment" { return environment(change) }
        // One that became another.
        if change.removed.count == 1, change.added.count == 1 {
            return ["\(shown(change.name)): \(value(change.removed[0])) → \(value(change.added[0]))"]
        }
        let isCommand = change.name == "command"
        let removed = change.removed.prefix(Self.maximumValues).map { "- " + value($0) }
        let added = change.added.prefix(Self.maximumValues).map { "+ " + value($0) }
        let rest = change.removed.count + change.added.count - removed.count - added.count
        let values = removed + added + (rest > 0 ? ["and \(rest) more"] : [])
        return isCommand
            ? ["command: " + values.joined(separator: " ")] : values.map { "\(shown(change.name)): \($0)" }
    }

    /// Variables by their names; of search paths only the folders that came and went.
    private func environment(_ change: PlanDifference.ValueChange) -> [String] {
        func variables(_ values: [String]) -> [(name: String, value: String)] {
            values.map { text in
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
            }
        }
        let (old, new) = (variables(change.removed), variables(change.added))
        var lines: [String] = []
        for (name, now) in new {
            guard let before = old.first(where: { $0.name == name })?.value else {
                lines.append("environment: + \(value("\(name)=\(now)"))")
                continue
            }
            let (left, right) = (before.split(separator: ":"), now.split(separator: ":"))
            let gone = left.filter { !right.contains($0) }.map { "- " + value(String($0)) }
            let come = right.filter { !left.contains($0) }.map { "+ " + value(String($0)) }
            let isPath = left.count > 1 || right.count > 1
            let detail =
                isPath && !(gone + come).isEmpty
                ? (gone + come).prefix(Self.maximumValues).joined(separator: " ") : "\(value(before)) → \(value(now))"
            lines.append("environment: \(shown(name)): \(detail)")
        }
        for (name, _) in old where !new.contains(where: { $0.name == name }) {
            lines.append("environment: - \(value(name))")
        }
        return lines.count > 2 * Self.maximumValues
            ? lines.prefix(2 * Self.maximumValues) + ["and \(lines.count - 2 * Self.maximumValues) variables more"]
            : lines
    }

    private func value(_ text: String) -> String {
        text.isEmpty ? "nothing" : Self.shortened(shown(text), to: Self.maximumValueWidth)
    }

    // MARK: - What else is to be said

    private var removed: [String] {
        difference.removed.map { number in
            let step = difference.old.steps[number - 1]
            return "gone: (\(number)) \(step.kind.rawValue) \(Self.shortened(shown(step.title), to: 60))"
        }
    }

    private var facts: [String] {
        difference.facts.flatMap { fact in
            operation(fact.change).map { "known of the \(fact.kind) \($0)" }
        }
    }

    private var runtime: [String] {
        difference.runtime.flatMap { operation($0) }.map { "when it runs: \($0)" }
    }

    private var everyBuild: [String] {
        difference.new.steps.filter(\.isNeverCached).map {
            "step \($0.number) and what is built on it run in every build, whether anything changed or not"
        }
    }

    // MARK: - Layout

    /// On one line, and nothing in it that a terminal would obey.
    private func shown(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).map { word in
            String(String.UnicodeScalarView(word.unicodeScalars.map { $0.disturbsTerminal ? "\u{FFFD}" : $0 }))
        }.joined(separator: " ")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + $1.columnWidth }
    }

    private static func shortened(_ text: String, to width: Int) -> String {
        guard self.width(text) > width else { return text }
        var kept = ""
        var used = 0
        for scalar in text.unicodeScalars {
            used += scalar.columnWidth
            if used > width - 1 { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }

    private static func padded(_ text: String, to width: Int, isRight: Bool = false) -> String {
        let padding = String(repeating: " ", count: max(0, width - self.width(text)))
        return isRight ? padding + text : text + padding
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
