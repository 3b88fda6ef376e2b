/// What one logical line, or one comment line, was formatted to.
struct Block: Sendable {
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt16
        static let isComment = Flags(rawValue: 1 << 0)
        static let isDefinition = Flags(rawValue: 1 << 1)
        static let isDocstring = Flags(rawValue: 1 << 2)
        /// It ends in a colon: a header.
        static let opensBlock = Flags(rawValue: 1 << 3)
        /// It begins with `if`, `for` or `while`.
        static let beginsCompound = Flags(rawValue: 1 << 4)
        /// A directive keeps it as it was.
        static let isVerbatim = Flags(rawValue: 1 << 5)
        /// Nothing but the docstring stands on it.
        static let isSingleLeaf = Flags(rawValue: 1 << 6)
        /// It goes on from the chunk before, with the blank lines between them.
        static let continuesVerbatim = Flags(rawValue: 1 << 7)
        /// A comment that ends what `# fmt: off` keeps.
        static let endsVerbatim = Flags(rawValue: 1 << 8)
    }

    /// Where its text ends in that of all blocks; it begins where the one before ends.
    var end: Int
    /// Where it stood, from its first to its last token or comment: UTF-8 bytes from the beginning of its chunk.
    var sourceStart: Int32
    var sourceEnd: Int32
    /// Blank lines that the source has before it.
    var blankLines: Int32
    /// Levels of indentation.
    var depth: Int16
    var flags: Flags
}

/// What chunks were formatted to: lines without the blank lines between them, which depend on what stands before.
struct FormattedText: Sendable {
    var text: [UInt8] = []
    var blocks: [Block] = []

    mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        blocks.removeAll(keepingCapacity: true)
    }
}
