/// What a chunk is formatted to: its lines without the blank lines between them, which depend on the chunk before.
package struct FormattedChunk: Sendable {
    /// What one logical line, or one comment line, was formatted to.
    struct Block: Sendable {
        struct Flags: OptionSet, Sendable {
            let rawValue: UInt8
            static let isComment = Flags(rawValue: 1 << 0)
            static let isDefinition = Flags(rawValue: 1 << 1)
            static let isDocstring = Flags(rawValue: 1 << 2)
            /// It ends in a colon: a header.
            static let opensBlock = Flags(rawValue: 1 << 3)
            /// It begins with `if`, `for` or `while`.
            static let beginsCompound = Flags(rawValue: 1 << 4)
            /// It is kept as it was, with the blank lines before it.
            static let isVerbatim = Flags(rawValue: 1 << 5)
            /// Nothing but the docstring stands on it.
            static let isSingleLeaf = Flags(rawValue: 1 << 6)
        }

        /// Where its text ends in the chunk's; it begins where the one before ends.
        var end: Int32
        /// Blank lines that the source has before it.
        var blankLines: Int32
        /// Levels of indentation.
        var depth: Int16
        var flags: Flags
    }

    package internal(set) var text: [UInt8] = []
    var blocks: [Block] = []
    /// `# fmt: off` still holds where the chunk ends: the next one is kept as it is until `# fmt: on`.
    package internal(set) var endsVerbatim = false
}

/// What of a whole file bears on how its chunks are formatted.
package struct FileTraits: Sendable, Hashable {
    /// Somewhere a comma stands behind `*args` or `**kwargs` at the end of a call, or of a definition's parameters; black
    /// takes that as a sign that the file is for interpreters that allow it.
    package internal(set) var hasCommaAfterStarInCall = false
    package internal(set) var hasCommaAfterStarInDef = false

    package init() {}

    package mutating func formUnion(_ other: FileTraits) {
        hasCommaAfterStarInCall = hasCommaAfterStarInCall || other.hasCommaAfterStarInCall
        hasCommaAfterStarInDef = hasCommaAfterStarInDef || other.hasCommaAfterStarInDef
    }
}
