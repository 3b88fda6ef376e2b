/// A word of a shell command, with its quotes.
struct ShellWord: Sendable, Hashable {
    /// UTF-8 bytes in the text that was read.
    let range: Range<Int>
    /// As it is written.
    let raw: String
    /// What the shell makes of it; nil where that depends on variables or on other commands.
    let value: String?
    /// Whether any of it stands between quotes or behind a backslash.
    let isQuoted: Bool

    /// Its value, or else how it is written.
    var text: String { value ?? raw }
}

/// What stands between words.
struct ShellOperator: Sendable, Hashable {
    let range: Range<Int>
    let text: String

    /// `>`, `2>&1`, `<<EOF`: it takes the next word as its operand.
    var isRedirection: Bool { text.contains { $0 == "<" || $0 == ">" } }
}

enum ShellToken: Sendable, Hashable {
    case word(ShellWord)
    /// An operator, or the end of a line.
    case `operator`(ShellOperator)

    var range: Range<Int> {
        switch self {
        case .word(let word): word.range
        case .operator(let op): op.range
        }
    }
}

/// A `$NAME`, `${NAME…}` or `$1` that the shell replaces.
struct ShellExpansion: Sendable, Hashable {
    let range: Range<Int>
    let name: String
    /// `:-`, `-` or the like behind the name, so that an unset variable is no failure.
    let hasDefault: Bool
}

/// A quotation that never ends.
struct ShellUnclosedQuotation: Sendable, Hashable {
    /// UTF-8 bytes: where it begins.
    let offset: Int
    /// `'`, `"`, `` ` ``, `$(` or `${`.
    let opening: String
}
