import EnvdFormat
import EnvdSyntax

/// What is laid out while somebody types: after Enter the statement that ended, after a closing bracket what it encloses.
///
/// The line of the cursor is touched only behind a bracket that ends a statement, and never where that would take away what
/// has just been typed.
///
/// - Parameters:
///   - character: what was typed, one of `formattingTriggers`.
///   - offset: where the cursor stands now, in UTF-8 bytes.
package func formatting(
    afterTyping character: String, before offset: Int, in file: SourceFile,
    style: FormattingStyle = FormattingStyle(), cache: FormattingCache = FormattingCache()
) -> [ReplacementEdit] {
    let formatter = DocumentFormatter(file, style: style, cache: cache)
    let edits =
        switch character {
        case "\n": formatter.edits(afterLineBreakBefore: offset)
        case ")", "]", "}": formatter.edits(afterBracketBefore: offset)
        default: [FormatEdit]()
        }
    return edits.map(ReplacementEdit.init)
}

/// What has to be typed for `formatting(afterTyping:…)` to have something to do.
package let formattingTriggers = ["\n", ")", "]", "}"]
