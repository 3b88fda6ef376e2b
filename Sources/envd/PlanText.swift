import EnvdLanguage
import LLB
import PlanRendering

/// A plan for people: the steps under the lines that ask for them, what can run at the same time, how the environment runs, and
/// what was assumed.
struct PlanText {
    let presentation: PlanPresentation
    let style: TerminalStyle
    /// Columns of a line.
    let width: Int
    /// Whether nothing is left out or shortened.
    let isFull: Bool

    var text: String {
        var steps = PlanStepsText(self)
        let lines = steps.lines()
        let hint = steps.isShortened ? [style.dim("Long commands are shortened; --full shows all of them.")] : []
        let sections = [heading, lines, parallelism, environment, facts, hint]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var heading: [String] {
        let kind = presentation.plan.runtime.isDevelopment ? "a development environment" : "an image"
        let title = "\(presentation.program) builds \(kind)".onOneLine
        return title.wrapped(to: width).map(style.bold) + presentation.summary.wrapped(to: width).map(style.dim)
    }

    // MARK: - What can run at the same time

    /// Nobody reads more of these.
    private static let maximumBranches = 24

    private var parallelism: [String] {
        let steps = presentation.steps
        let branches = presentation.graph.branches
        guard !branches.isEmpty else { return [] }
        let numbers = { (indices: [Int]) in numberRanges(indices.map { steps[$0].number }) }
        var rows = [
            ("longest chain", "\(numbers(presentation.longestChain)): \(presentation.longestChain.count) steps")
        ]
        let shown = isFull ? branches.count : min(branches.count, PlanText.maximumBranches)
        for branch in branches.prefix(shown) {
            let start = branch.needs.isEmpty ? "at once" : "after \(numbers(branch.needs))"
            let end = branch.users.isEmpty ? "" : ", for \(numbers(branch.users))"
            rows.append(("beside it", "\(numbers(branch.steps)): \(start)\(end)"))
        }
        if shown < branches.count { rows.append(("", "and \(branches.count - shown) more such branches")) }
        return [style.bold("What can run at the same time")] + table(rows)
    }

    // MARK: - The environment

    private var environment: [String] {
        let rows = RuntimeDescription(presentation.plan.runtime).lines.map { ($0.name, $0.text) }
        return rows.isEmpty ? [] : [style.bold("The environment")] + table(rows)
    }

    private var facts: [String] {
        let rows = presentation.plan.facts.map { ($0.subject.kind, "\($0.subject.name): \($0.origin.text)") }
        return rows.isEmpty ? [] : [style.bold("It depends on")] + table(rows)
    }

    /// Names, and texts that are wrapped beside them. A name that was the last one too is not repeated.
    private func table(_ rows: [(name: String, text: String)]) -> [String] {
        let nameWidth = rows.map(\.name.columnCount).max() ?? 0
        var lines: [String] = []
        for (index, row) in rows.enumerated() {
            let name = index > 0 && rows[index - 1].name == row.name ? "" : row.name
            for (place, piece) in row.text.onOneLine.wrapped(to: width - nameWidth - 4).enumerated() {
                lines.append("  \(style.dim((place == 0 ? name : "").padded(to: nameWidth)))  \(piece)")
            }
        }
        return lines
    }
}
