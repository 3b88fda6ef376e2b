import EnvdLanguage
import PlanRendering

extension PlanDifference.ValueChange {
    /// What went and what came, in lines for people.
    ///
    /// - Parameter isFull: whether all values are shown, and all of them.
    func lines(isFull: Bool) -> [String] {
        ValueChangeText(self, isFull: isFull).lines
    }
}

private struct ValueChangeText {
    private let name: String
    private let removed: [String]
    private let added: [String]
    private let isOrder: Bool
    /// Of a list this many values are shown, each up to so many columns.
    private let maximumValues: Int
    private let maximumWidth: Int

    init(_ change: PlanDifference.ValueChange, isFull: Bool) {
        (name, removed, added, isOrder) = (change.name, change.removed, change.added, change.isOrder)
        (maximumValues, maximumWidth) = isFull ? (.max / 2, .max) : (8, 72)
    }

    var lines: [String] {
        if isOrder { return ["\(name): other order"] }
        if name == "environment" { return environment }
        // One that became another.
        if removed.count == 1, added.count == 1 {
            return ["\(name.onOneLine): \(value(removed[0])) → \(value(added[0]))"]
        }
        let isCommand = name == "command"
        let gone = removed.prefix(maximumValues).map { "- " + value($0) }
        let come = added.prefix(maximumValues).map { "+ " + value($0) }
        let rest = removed.count + added.count - gone.count - come.count
        let values = gone + come + (rest > 0 ? ["and \(rest) more"] : [])
        return isCommand
            ? ["command: " + values.joined(separator: " ")] : values.map { "\(name.onOneLine): \($0)" }
    }

    /// Variables by their names; of search paths only the folders that came and went.
    private var environment: [String] {
        func variables(_ values: [String]) -> [(name: String, value: String)] {
            values.map { text in
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
            }
        }
        let (old, new) = (variables(removed), variables(added))
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
                ? (gone + come).prefix(maximumValues).joined(separator: " ") : "\(value(before)) → \(value(now))"
            lines.append("environment: \(name.onOneLine): \(detail)")
        }
        for (name, _) in old where !new.contains(where: { $0.name == name }) {
            lines.append("environment: - \(value(name))")
        }
        return lines.count > 2 * maximumValues
            ? lines.prefix(2 * maximumValues) + ["and \(lines.count - 2 * maximumValues) variables more"]
            : lines
    }

    private func value(_ text: String) -> String {
        text.isEmpty ? "nothing" : text.onOneLine.shortened(to: maximumWidth)
    }
}
