/// The lines that have been entered, oldest first, no more than `maximumCount`.
package struct LineHistory: Sendable {
    package private(set) var lines: [String] = []

    package static let maximumCount = 1_000
    /// A line that is longer was pasted, and is not worth keeping.
    package static let maximumLength = 10_000

    /// - Parameter text: a line each, as `text` gives it. What was written by somebody else does no harm.
    package init(_ text: String = "") {
        for line in text.split(separator: "\n") { add(String(line)) }
    }

    package var text: String { lines.map { $0 + "\n" }.joined() }

    /// Adds a line, unless it is blank or the same as the last one.
    package mutating func add(_ line: String) {
        let isBlank = line.allSatisfy(\.isWhitespace)
        guard !isBlank, line != lines.last, line.utf8.count <= Self.maximumLength, !line.contains("\n") else { return }
        lines.append(line)
        if lines.count > Self.maximumCount { lines.removeFirst(lines.count - Self.maximumCount) }
    }

    /// The newest line before `index` that contains the text.
    func search(_ text: String, before index: Int) -> Int? {
        lines[..<min(index, lines.count)].lastIndex { $0.contains(text) }
    }
}
