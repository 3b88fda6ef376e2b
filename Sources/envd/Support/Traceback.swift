import EnvdSyntax
import Starlark

/// The calls that led to an error, as Python shows them: outermost first, each with its source line.
struct Traceback {
    /// Without the inside of `assert` and of envd's API, which the user's own line is about.
    private let stack: [StackFrame]
    private let sources: [String: SourceFile]

    /// Nobody reads thousands of lines of a runaway recursion: this many calls are shown at either end.
    private static let shownAtEnds = 20
    /// And this many of the same call in a row.
    private static let shownRepetitions = 3

    /// - Parameter sources: files by the names that frames use; frames of others are shown without their line.
    init(_ stack: [StackFrame], sources: [String: SourceFile] = [:]) {
        self.sources = sources
        var shown: [StackFrame] = []
        var isHidden = false
        for frame in stack {
            if frame.range == nil {
                // What is called from a hidden place is hidden too.
                isHidden = isHidden || frame.function.hasPrefix("assert.")
            } else {
                isHidden = frame.file.hasPrefix("@")
            }
            if !isHidden { shown.append(frame) }
        }
        self.stack = shown
    }

    /// `FILE:LINE:COLUMN: `, of the innermost call in a file; empty if there is none.
    var place: String {
        stack.last { $0.range != nil }.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
    }

    /// Several lines without a line break at the end.
    var text: String {
        guard !stack.isEmpty else { return "" }
        var lines: [String] = []
        var repetitions = 0
        var calls: [[String]] = []
        for (index, frame) in stack.enumerated() {
            repetitions = index > 0 && stack[index - 1] == frame ? repetitions + 1 : 0
            let isLast = index + 1 == stack.count || stack[index + 1] != frame
            if repetitions < Self.shownRepetitions {
                calls.append(call(frame))
            } else if isLast {
                let count = repetitions - Self.shownRepetitions + 1
                calls.append(["  … the same call \(count) more \(count == 1 ? "time" : "times") …"])
            }
        }
        let end = Self.shownAtEnds
        for (index, call) in calls.enumerated() {
            if calls.count > 2 * end, (end..<calls.count - end).contains(index) {
                if index == end { lines.append("  … \(calls.count - 2 * end) more calls …") }
            } else {
                lines += call
            }
        }
        return (["Traceback (most recent call last):"] + lines).joined(separator: "\n")
    }

    private func call(_ frame: StackFrame) -> [String] {
        guard let range = frame.range else { return ["  \(frame.file): in \(frame.function)"] }
        let line = "  \(frame.file):\(frame.line):\(frame.column): in \(frame.function)"
        return [line] + (sources[frame.file].map { Self.excerpt($0, range) } ?? [])
    }

    private static func excerpt(_ source: SourceFile, _ range: Range<Int>) -> [String] {
        let excerpt = SourceExcerpt(file: source, range: range)
        let line = Substring(excerpt.text)
        let indentation = line.prefix { $0 == " " }.count
        var lines = ["    \(line.dropFirst(indentation))"]
        // A mark under the whole line says nothing.
        let isWholeLine = excerpt.markStart <= indentation && excerpt.markWidth >= line.count - indentation
        if !isWholeLine, excerpt.markStart >= indentation {
            let blanks = String(repeating: " ", count: 4 + excerpt.markStart - indentation)
            lines.append(blanks + String(repeating: "^", count: excerpt.markWidth))
        }
        return lines
    }
}
