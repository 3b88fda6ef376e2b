import EnvdLanguage
import LLB
import PlanRendering

/// What would be built again, for people: the whole in a sentence, and then the steps that are, below each that is the cause
/// of others those others.
struct PlanDiffText {
    private let difference: PlanDifference
    private let other: String
    private let style: TerminalStyle
    private let isFull: Bool

    /// - Parameter isFull: whether nothing is left out or shortened.
    init(_ diff: PlanDiff, style: TerminalStyle, isFull: Bool) {
        difference = diff.difference
        other = diff.other.name
        self.style = style
        self.isFull = isFull
    }

    var text: String {
        var sections = [style.bold(summary) + "\n"] + groups
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
                gone == 0
                ? ""
                : "; \(gone) \(gone == 1 ? "step" : "steps") of \(other.onOneLine) \(gone == 1 ? "is" : "are") gone"
            return "Nothing would be rebuilt: \(all == 1 ? "the only step is" : "all \(all) steps are") as in "
                + "\(other.onOneLine)\(end)."
        }
        let whole = "\(sure) of \(all) \(all == 1 ? "step" : "steps")"
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
                return "something else is known of the image \(fact.name.onOneLine)"
            }
            if value.name == "image", let image = value.added.first { return "the image is \(image.onOneLine)" }
            if value.name == "digest" { return "\(Self.title(step)) is another image now" }
            let place = place(step).isEmpty ? "" : " (\(place(step)))"
            return value.name == "action"
                ? "step \(step.number)\(place) does something else"
                : "the \(value.name.onOneLine) of step \(step.number)\(place) changed"
        case .files(let path, let files):
            guard files.count > 1 else { return "\(files.first?.path.description ?? path.onOneLine) changed" }
            return path == "." ? "\(files.count) files changed" : "\(files.count) files in \(path.onOneLine) changed"
        case .unknownFiles(let paths):
            return "step \(step.number) sees \(unknown(paths))"
        case .filteredFiles(let path): return "files in \(path.onOneLine) changed"
        case .after(let number), .contentOf(let number, _): return "step \(number) is rebuilt"
        case .otherInput(let now, let before):
            if let before, difference.removed.contains(before) {
                return "\(Self.title(difference.old.steps[before - 1])) is gone"
            }
            return "step \(step.number) now comes after step \(now)"
        case .otherSettings: return "step \(step.number) has other settings"
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
        let titleWidth = min(
            isFull ? .max : 60, changed.map { Self.title(difference.new.steps[$0.number - 1]).columnCount }.max() ?? 0)
        let placeWidth = changed.map { place(difference.new.steps[$0.number - 1]).columnCount }.max() ?? 0
        return rows.keys.sorted().map { cause in
            (rows[cause] ?? []).map { change in
                let step = difference.new.steps[change.number - 1]
                var reasons = reasons(change)
                // What only follows from another step is said in the same line.
                let inline = change.cause != change.number && reasons.count == 1 ? reasons.removeFirst() : ""
                let number = String(change.number)
                let head = [
                    String(repeating: " ", count: numberWidth - number.utf8.count) + number, word(change.state),
                    step.kind.rawValue.padded(to: 6), Self.title(step).shortened(to: titleWidth).padded(to: titleWidth),
                    place(step).padded(to: inline.isEmpty ? 0 : placeWidth),
                ]
                return (head + (inline.isEmpty ? [] : [inline])).joined(separator: "  ") + "\n"
                    + reasons.map { String(repeating: " ", count: numberWidth + 2) + $0 + "\n" }.joined()
            }.joined()
        }
    }

    private func word(_ state: PlanDifference.State) -> String {
        switch state {
        case .unchanged: "same   "
        case .rebuilt: style.colored("rebuilt", .red)
        case .uncertain: style.colored("may be ", .yellow)
        case .new: style.colored("new    ", .green)
        }
    }

    private static func title(_ step: PlanSnapshot.Step) -> String {
        step.title.split(whereSeparator: \.isWhitespace).joined(separator: " ").onOneLine
    }

    private func place(_ step: PlanSnapshot.Step) -> String {
        step.locations.first.map { ("\($0.file):\($0.line)").onOneLine } ?? ""
    }

    private func reasons(_ change: PlanDifference.StepChange) -> [String] {
        var after: [Int] = []
        var lines: [String] = []
        for reason in change.reasons {
            switch reason {
            case .operation(let value): lines += value.lines(isFull: isFull)
            case .files(_, let files):
                let shown = isFull ? files.count : 6
                lines += files.prefix(shown).map { "\($0.path.description.onOneLine): \(Self.phrase($0.kind))" }
                if files.count > shown { lines.append("and \(files.count - shown) files more") }
            case .unknownFiles(let paths): lines.append("it sees \(unknown(paths))")
            case .filteredFiles(let path):
                lines.append("files in \(path.onOneLine) changed, and patterns choose among them")
            case .after(let step): after.append(step)
            case .contentOf(let step, let paths):
                let what = paths.filter { !$0.isEmpty }.map(\.onOneLine).joined(separator: ", ")
                lines.append("unless \(what.isEmpty ? "what it uses" : what) of step \(step) is the same")
            case .otherInput(let now, let before): lines.append(otherInput(now, before))
            case .otherSettings: lines.append("other settings")
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
        let title = Self.title(difference.old.steps[before - 1]).shortened(to: isFull ? .max : 40)
        let state = difference.removed.contains(before) ? ", which is gone" : ""
        return "built on step \(now) now, and on (\(before)) \(title) before\(state)"
    }

    /// Of a submodule that is not checked out nobody knows more either.
    private func unknown(_ paths: [TreePath]) -> String {
        let names = paths.prefix(3).map { $0.description.onOneLine }.joined(separator: ", ")
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

    // MARK: - What else is to be said

    private var removed: [String] {
        difference.removed.map { number in
            let step = difference.old.steps[number - 1]
            return "gone: (\(number)) \(step.kind.rawValue) \(Self.title(step).shortened(to: isFull ? .max : 60))"
        }
    }

    private var facts: [String] {
        difference.facts.flatMap { fact in
            fact.change.lines(isFull: isFull).map { "known of the \(fact.kind) \($0)" }
        }
    }

    private var runtime: [String] {
        difference.runtime.flatMap { $0.lines(isFull: isFull) }.map { "when it runs: \($0)" }
    }

    private var everyBuild: [String] {
        difference.new.steps.filter(\.isNeverCached).map {
            "step \($0.number) and what is built on it run in every build, whether anything changed or not"
        }
    }
}
