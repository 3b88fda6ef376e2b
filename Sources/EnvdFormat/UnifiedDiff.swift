/// A difference as `diff -u` prints it.
package struct UnifiedDiff {
    package enum LineKind: Sendable {
        case header, range, context, removed, added
    }

    /// A line of a diff with its line break.
    package typealias Line = (kind: LineKind, text: [UInt8])

    /// Lines around a change.
    private static let contextLines = 3

    /// The lines of the diff, each with its line break; none where the texts are the same.
    package static func lines(
        old: [UInt8], new: [UInt8], oldName: String, newName: String
    ) -> [Line] {
        let difference = LineDifference(old: old, new: new)
        guard !difference.changes.isEmpty else { return [] }
        var out: [Line] = [
            (.header, Array("--- \(oldName)\n".utf8)), (.header, Array("+++ \(newName)\n".utf8)),
        ]
        var start = 0
        while start < difference.changes.count {
            var end = start + 1
            while end < difference.changes.count,
                difference.changes[end].old.lowerBound - difference.changes[end - 1].old.upperBound <= 2 * contextLines
            {
                end += 1
            }
            append(difference.changes[start..<end], of: difference, to: &out)
            start = end
        }
        return out
    }

    private static func append(
        _ changes: ArraySlice<LineDifference.Change>, of difference: LineDifference,
        to out: inout [Line]
    ) {
        guard let first = changes.first, let last = changes.last else { return }
        let before = min(contextLines, first.old.lowerBound)
        let after = min(contextLines, difference.oldLines.count - last.old.upperBound)
        let old = (first.old.lowerBound - before)..<(last.old.upperBound + after)
        let new = (first.new.lowerBound - before)..<(last.new.upperBound + after)
        out.append((.range, Array("@@ -\(numbers(old)) +\(numbers(new)) @@\n".utf8)))
        var line = old.lowerBound
        for change in changes {
            for context in line..<change.old.lowerBound {
                out.append((.context, entry(" ", difference.oldLines[context])))
            }
            for removed in change.old { out.append((.removed, entry("-", difference.oldLines[removed]))) }
            for added in change.new { out.append((.added, entry("+", difference.newLines[added]))) }
            line = change.old.upperBound
        }
        for context in line..<old.upperBound { out.append((.context, entry(" ", difference.oldLines[context]))) }
    }

    /// The first line, from 1, and how many; of no lines, the one before.
    private static func numbers(_ range: Range<Int>) -> String {
        if range.count == 1 { return "\(range.lowerBound + 1)" }
        return "\(range.isEmpty ? range.lowerBound : range.lowerBound + 1),\(range.count)"
    }

    private static func entry(_ sign: Unicode.Scalar, _ line: ArraySlice<UInt8>) -> [UInt8] {
        let text = [UInt8(ascii: sign)] + line
        return text.last == 0x0A ? text : text + Array("\n\\ No newline at end of file\n".utf8)
    }
}
