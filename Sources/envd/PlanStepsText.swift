import EnvdLanguage
import LLB
import PlanRendering

/// The steps of a plan for people, in the order of the build, under the calls that caused them.
///
///     build.envd:23  install.apt_packages(name=system_tools)
///       called from build.envd:16  packages()
///
///       18  run     apt-get install build-essential htop tmux
///                   $ apt-get update && apt-get install -y --no-install-recommends build-essential htop tmux
struct PlanStepsText {
    private let presentation: PlanPresentation
    private let style: TerminalStyle
    private let width: Int
    private let isFull: Bool
    private let numberWidth: Int
    private let kindWidth: Int
    /// Whether a command or a detail has been shown in part only; known once the lines are made.
    private(set) var isShortened = false

    /// Of a command and of its details this many lines are shown.
    private static let maximumLines = 3

    init(_ text: PlanText) {
        presentation = text.presentation
        style = text.style
        width = text.width
        isFull = text.isFull
        numberWidth = String(presentation.steps.last?.number ?? 0).count
        kindWidth = presentation.steps.map(\.kind.rawValue.count).max() ?? 0
    }

    mutating func lines() -> [String] {
        var lines: [String] = []
        for group in presentation.groups {
            if !lines.isEmpty { lines.append("") }
            lines += heading(group)
            for part in group.parts {
                for call in part.via { lines.append(way("via", call)) }
                for index in part.steps { lines += step(index) }
            }
        }
        return lines
    }

    // MARK: - Groups

    private func heading(_ group: StepGroup) -> [String] {
        guard let call = group.call else { return [style.bold("asked for by no line")] }
        let place = "\(call.file):\(call.line)".onOneLine
        let text = presentation.plan.call(at: call).onOneLine
        let room = max(20, width - place.columnCount - 2)
        let lines = isFull ? text.wrapped(to: room) : [text.shortened(to: room)]
        let indentation = String(repeating: " ", count: place.columnCount + 2)
        return [style.colored(place, .cyan, bold: true) + "  " + style.bold(lines[0])]
            + lines.dropFirst().map { indentation + style.bold($0) }
            + group.callers.reversed().map { way("called from", $0) }
    }

    private func way(_ word: String, _ call: SourceLocation) -> String {
        let text = "  \(word) \(call.file):\(call.line)  \(presentation.plan.call(at: call))".onOneLine
        return style.dim(isFull ? text : text.shortened(to: width))
    }

    // MARK: - Steps

    private mutating func step(_ index: Int) -> [String] {
        let step = presentation.steps[index]
        let description = StepDescription(step)
        let number = String(step.number)
        let kind = style.colored(step.kind.rawValue.padded(to: kindWidth), step.kind.family.color)
        let start = "  " + String(repeating: " ", count: numberWidth - number.count) + number + "  \(kind)  "
        let column = numberWidth + kindWidth + 6
        let indentation = String(repeating: " ", count: column)

        let note = self.note(index)
        let room = max(20, width - column - (note.isEmpty ? 0 : note.columnCount + 2))
        let title = description.title.onOneLine
        var titleLines = isFull ? title.wrapped(to: room) : [title.shortened(to: room)]
        if !note.isEmpty { titleLines[0] = titleLines[0].padded(to: room) + "  " + style.dim(note) }
        var lines = [start + titleLines[0]] + titleLines.dropFirst().map { indentation + $0 }

        lines += command(description, width: width - column).map { indentation + style.dim($0) }
        let details = description.details.filter { isFull || !$0.isMinor }
        let nameWidth = details.map(\.name.columnCount).max() ?? 0
        for (place, detail) in details.enumerated() {
            let isRepeated = place > 0 && details[place - 1].name == detail.name
            let name = (isRepeated ? "" : detail.name).padded(to: nameWidth)
            for (line, piece) in shown(detail.text.onOneLine, width: width - column - nameWidth - 2).enumerated() {
                let name = line == 0 ? name : "".padded(to: nameWidth)
                lines.append(indentation + style.dim("\(name)  \(piece)"))
            }
        }
        if isFull {
            for location in step.locations.dropFirst() {
                lines.append(indentation + way("also for", location).dropFirst(2))
            }
        }
        return lines
    }

    /// What the order of the steps does not show: that it can start earlier than after the one before it, or that it needs
    /// more than that.
    private func note(_ index: Int) -> String {
        let needs = presentation.graph.needs[index]
        if needs.isEmpty { return index == 0 ? "" : "at once" }
        if needs == [index - 1] { return "" }
        let numbers = numberRanges(needs.map { presentation.steps[$0].number })
        return "after \(numbers)".shortened(to: max(12, width / 3))
    }

    private mutating func command(_ description: StepDescription, width: Int) -> [String] {
        guard let command = description.command, !description.isTitleTheCommand else { return [] }
        var lines: [String] = []
        for line in command.lines {
            for (place, piece) in line.onOneLine.wrapped(to: max(20, width - 6)).enumerated() {
                lines.append((lines.isEmpty ? "$ " : place == 0 ? "  " : "      ") + piece)
            }
        }
        return cut(lines)
    }

    private mutating func shown(_ text: String, width: Int) -> [String] {
        cut(text.wrapped(to: max(20, width)))
    }

    private mutating func cut(_ lines: [String]) -> [String] {
        // One line more takes no more room than to say that there is one.
        guard !isFull, lines.count > PlanStepsText.maximumLines + 1 else { return lines }
        isShortened = true
        return lines.prefix(PlanStepsText.maximumLines)
            + ["… \(lines.count - PlanStepsText.maximumLines) more lines"]
    }
}

extension PlanStep.Kind.Family {
    fileprivate var color: TerminalStyle.Color {
        switch self {
        case .source: .blue
        case .process: .green
        case .files: .yellow
        case .combination: .magenta
        }
    }
}
