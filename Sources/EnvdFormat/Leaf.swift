import EnvdSyntax

/// One thing that stands on a line: a token, a comment on a line of its own, or a parenthesis that is there only if the
/// line is split at it.
struct Leaf {
    struct Flags: OptionSet {
        let rawValue: UInt16
        /// A parenthesis without text, until a split makes it visible.
        static let invisible = Flags(rawValue: 1 << 0)
        static let standaloneComment = Flags(rawValue: 1 << 1)
        /// The text has a line break in it: a string.
        static let multiline = Flags(rawValue: 1 << 2)
        /// A triple-quoted string of several lines.
        static let multilineString = Flags(rawValue: 1 << 3)
        /// The text stands in the layout's own buffer, not in the chunk.
        static let ownText = Flags(rawValue: 1 << 4)
        static let hasSpace = Flags(rawValue: 1 << 5)
        /// The closing one of parentheses around a single leaf.
        static let enclosesOneLeaf = Flags(rawValue: 1 << 6)
        /// An optional parenthesis, seen or not.
        static let optional = Flags(rawValue: 1 << 7)
        /// Text that a directive keeps; a standalone comment, as far as splits are concerned.
        static let kept = Flags(rawValue: 1 << 8)
    }

    var kind: SyntaxKind
    var flags: Flags
    var roles: TokenRoles.Flags = []
    /// The priority of a split before this leaf, or behind it where it is a comma.
    var priority: UInt8 = 0
    /// Where the text stands, in UTF-8 bytes.
    var start: Int32
    var end: Int32
    /// Columns and characters of the text; of a text with line breaks those of all lines together.
    var columns: Int32
    var characters: Int32
    /// Brackets (and loop targets, and lambda parameters) open around it on its logical line.
    var depth: Int32 = 0
    /// The same for the line that black put it on last, be it only to try whether that line would do: black counts commas by
    /// that.
    var markedDepth: Int32 = 0
    /// The bracket that this one closes or is closed by; -1 for none.
    var partner: Int32 = -1
    /// The first of the comments that follow it, in the layout's list; -1 for none.
    var comment: Int32 = -1
    /// The source line, from 1; 0 for what the formatter made.
    var line: Int32 = 0

    @inline(__always) var isVisible: Bool { !flags.contains(.invisible) }
    @inline(__always) var isStandaloneComment: Bool { flags.contains(.standaloneComment) }
    @inline(__always) var isComma: Bool { kind == .comma }

    @inline(__always) var opens: Bool { kind == .leftParen || kind == .leftBracket || kind == .leftBrace }
    @inline(__always) var closes: Bool { kind == .rightParen || kind == .rightBracket || kind == .rightBrace }

    /// Columns that it takes, without the blank before it.
    @inline(__always) var width: Int { isVisible ? Int(columns) : 0 }
    /// Characters with the blank before it, as black counts when it looks for brackets to split at.
    @inline(__always) var length: Int {
        (isVisible ? Int(characters) : 0) + (flags.contains(.hasSpace) ? 1 : 0)
    }
}

/// A comment that follows a leaf on its line.
struct TrailingComment {
    var start: Int32
    var end: Int32
    var columns: Int32
    var characters: Int32
    var hasOwnText: Bool
    var isType: Bool
    var isTypeIgnore: Bool
    /// The next comment behind the same leaf, -1 for none.
    var next: Int32 = -1
}

/// A line that is to be printed or split further: a run of leaves.
struct Line {
    /// Places in the layout's order of leaves.
    var range: Range<Int>
    /// Levels of indentation.
    var depth: Int
    /// It stands between brackets of another line, so that it may be split at operators and commas.
    var isInsideBrackets = false
    /// It is the content of brackets and must be split further even if it fits.
    var mustSplit = false
    /// Which leaves count as marked: black looks for commas and operators only there.
    var marking = Marking.all
    /// The blank before its first leaf is printed too.
    var keepsSpace = false
    /// The place behind which it gets a comma, -1 for none.
    var comma = -1

    enum Marking {
        case all
        /// Only those between brackets that open and close on the line.
        case insideMatchingBrackets
        case none
    }
}
