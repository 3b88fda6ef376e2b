import EnvdFormat
import EnvdSyntax

/// How the statements on the selected lines are laid out; those that the selection only touches are formatted whole.
///
/// Where a top-level statement is indented otherwise than it will be, all of it is formatted: lines of a block move together.
///
/// - Parameter range: UTF-8 bytes.
package func formatting(
    of range: Range<Int>, in file: SourceFile, style: FormattingStyle = FormattingStyle(),
    cache: FormattingCache = FormattingCache()
) -> [ReplacementEdit] {
    DocumentFormatter(file, style: style, cache: cache).edits(in: range).map(ReplacementEdit.init)
}
