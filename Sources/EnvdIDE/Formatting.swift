import EnvdFormat
import EnvdSyntax

/// How a file is laid out as `envd fmt` does it: the edits that remain small, so that cursors, folds and breakpoints
/// stay where they are. Statements with syntax findings stay as they are.
///
/// - Parameter cache: the document's, so that what edits did not touch is not formatted again.
package func formatting(
    of file: SourceFile, style: FormattingStyle = FormattingStyle(), cache: FormattingCache = FormattingCache()
) -> [ReplacementEdit] {
    DocumentFormatter(file, style: style, cache: cache).edits().map(ReplacementEdit.init)
}

/// Lays out beforehand what nobody has asked for yet, in a document of which parts were formatted: who formats while typing goes on
/// elsewhere.
///
/// - Parameter isIdle: whether there is still nothing else to do; asked before each top-level statement.
package func prepareFormatting(
    of file: SourceFile, style: FormattingStyle, cache: FormattingCache, while isIdle: () -> Bool
) {
    guard cache.isInUse else { return }
    DocumentFormatter(file, style: style, cache: cache).fillCache(while: isIdle)
}

package typealias FormattingStyle = EnvdFormat.Style
package typealias FormattingCache = EnvdFormat.FormatCache

/// New text for a part of a file. Edits that come together refer to the text before all of them, are in its order and do not
/// overlap.
package struct ReplacementEdit: Sendable, Hashable {
    /// UTF-8 bytes in the old text.
    package var range: Range<Int>
    package var replacement: [UInt8]

    package init(range: Range<Int>, replacement: [UInt8]) {
        self.range = range
        self.replacement = replacement
    }

    init(_ edit: FormatEdit) {
        range = edit.range
        replacement = edit.replacement
    }
}
