import EnvdSyntax
import Starlark
import StarlarkTesting

/// The calls that led to an error, as Python shows them: outermost first, each with its source line.
struct Traceback {
    /// Without the inside of `assert`, which is no news to anybody.
    private let stack: [StackFrame]
    private let sources: [String: SourceFile]

    /// Nobody reads thousands of lines of a runaway recursion: this many calls are shown at either end.
    private static let shownAtEnds = 20

    /// - Parameter sources: files by the names that frames use; frames of others are shown without their line.
    init(_ stack: [StackFrame], sources: [String: SourceFile] = [:]) {
        self.stack = stack.filter { frame in
            let isAssertion = frame.range == nil && frame.function.hasPrefix("assert.")
            return !isAssertion && frame.file != AssertLibrary.fileName
        }
        self.sources = sources
    }

    /// `FILE:LINE:COLUMN: `, of the innermost call in a file; empty if there is none.
    var place: String {
        stack.last { $0.range != nil }.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
    }

    /// Several lines without a line break at the end.
    var text: String {
        guard !stack.isEmpty else { return "" }
        var lines = ["Traceback (most recent call last):"]
        let end = Self.shownAtEnds
        for (index, frame) in stack.enumerated() {
            if stack.count > 2 * end, (end..<stack.count - end).contains(index) {
                if index == end { lines.append("  … \(stack.count - 2 * end) more calls …") }
                continue
            }
            guard let range = frame.range else {
                lines.append("  \(frame.file): in \(frame.function)")
                continue
            }
            lines.append("  \(frame.file):\(frame.line):\(frame.column): in \(frame.function)")
            if let source = sources[frame.file] { lines += Self.excerpt(source, range) }
        }
        return lines.joined(separator: "\n")
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
