/// What somebody pressed, as far as it means something to a line editor.
package enum Key: Hashable, Sendable {
    /// A character, which may be made of several scalars when it is pasted.
    case character(Character)
    /// A line that was pasted, or a part of one.
    case paste(String)
    case enter, tab, escape
    case backspace, delete
    case left, right, up, down
    case home, end
    case wordLeft, wordRight
    case deleteWordLeft, deleteWordRight
    case deleteToStart, deleteToEnd
    case yank, transpose
    case searchHistory
    case clearScreen, suspend
    /// Ctrl-C, Ctrl-D, Ctrl-G.
    case interrupt, endOfInput, cancel
}
