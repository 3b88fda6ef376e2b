import EnvdFormat
import EnvdSyntax

/// How a file is laid out as `envd fmt` does it: the edits that remain small, so that cursors, folds and breakpoints
/// stay where they are.
package func formatting(of file: SourceFile) -> FormattingOutcome {
    do throws(FormatError) {
        let edits = try Formatter().edits(for: file)
        return .edits(edits.map { ReplacementEdit(range: $0.range, replacement: $0.replacement) })
    } catch {
        switch error {
        case .syntax: return .unfinished
        case .notEquivalent(let reason): return .refused(reason: reason)
        }
    }
}

package enum FormattingOutcome: Sendable, Hashable {
    /// They refer to the text before all of them, are in its order and do not overlap.
    case edits([ReplacementEdit])
    /// The file has syntax findings, as most files have while they are written.
    case unfinished
    /// The formatter would have changed the program: a mistake of its own, and the file is better left alone.
    case refused(reason: String)
}

/// New text for a part of a file.
package struct ReplacementEdit: Sendable, Hashable {
    /// UTF-8 bytes in the old text.
    package var range: Range<Int>
    package var replacement: [UInt8]
}
