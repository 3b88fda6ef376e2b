/// Two texts line by line: `- ` before what only the left one has, `+ ` before what only the right one has, and some lines
/// of context.
struct LineComparison {
    private(set) var lines: [String] = []

    private static let context = 2
    private static let maximumLines = 40
    private static let maximumWidth = 160
    /// The table of the longest common subsequence has at most this many cells; beyond them all lines count as changed.
    private static let maximumCells = 1_000_000

    init(_ left: String, _ right: String) {
        let old = Self.split(left)
        let new = Self.split(right)
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }

        var all = old[..<start].map { "  " + $0 }
        all += Self.changes(Array(old[start..<(old.count - end)]), Array(new[start..<(new.count - end)]))
        all += old[(old.count - end)...].map { "  " + $0 }
        lines = Self.abridged(all)
    }

    /// A line break at the end is shown, since it may be all the difference.
    private static func split(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.utf8.count > maximumWidth * 4 ? String(line.prefix(maximumWidth * 4)) + "…" : String(line)
        }
    }

    private static func changes(_ old: [String], _ new: [String]) -> [String] {
        guard old.count * new.count <= maximumCells else { return old.map { "- " + $0 } + new.map { "+ " + $0 } }
        // Lengths of the longest common subsequences of what is left from each pair of lines on.
        let width = new.count + 1
        var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
        for i in old.indices.reversed() {
            for j in new.indices.reversed() {
                lengths[i * width + j] =
                    old[i] == new[j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var result: [String] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, j < new.count, old[i] == new[j] {
                result.append("  " + old[i])
                i += 1
                j += 1
            } else if j == new.count || i < old.count && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                result.append("- " + old[i])
                i += 1
            } else {
                result.append("+ " + new[j])
                j += 1
            }
        }
        return result
    }

    /// The changes with some lines around them, and no more than anybody reads.
    private static func abridged(_ all: [String]) -> [String] {
        var isShown = [Bool](repeating: false, count: all.count)
        for (index, line) in all.enumerated() where !line.hasPrefix("  ") {
            for near in max(0, index - context)...min(all.count - 1, index + context) { isShown[near] = true }
        }
        var result: [String] = []
        for (index, line) in all.enumerated() {
            if isShown[index] {
                result.append(line)
            } else if index == 0 || isShown[index - 1] {
                result.append("  …")
            }
        }
        if result.count <= maximumLines { return result }
        return result.prefix(maximumLines) + ["… and \(result.count - maximumLines) more lines"]
    }
}
