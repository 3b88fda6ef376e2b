import EnvdSyntax

/// Formats one chunk: walks its tokens, gathers them into logical lines, and lays those out.
struct ChunkFormatter {
    private let style: Style
    private let text: UnsafeBufferPointer<UInt8>
    private let chunk: FlatChunk
    private let roles: TokenRoles
    private var layout: LineLayout
    private(set) var output = FormattedChunk()

    /// Levels of indentation.
    private var depth = 0
    /// Where the trivia before the next token begins.
    private var triviaStart = 0
    /// Blank lines before the line that is being gathered.
    private var blankLines = 0
    /// Where the first token of the line begins in the source.
    private var lineStart = 0
    private var lineIsDocstring = false
    private var sourceLine: Int32 = 1
    private var nextOpening = 0
    private var nextClosing = 0

    // What `# fmt: off` and `# fmt: skip` keep as it is.
    /// Where the text begins that is kept, and at which depth `# fmt: off` stood.
    private var verbatim: (start: Int, depth: Int)?
    private var isLineStart = true
    /// The end of the line's `# fmt: skip`, if it has one.
    private var skipEnd: Int?

    // Brackets of the logical line, as black counts them.
    private var openBrackets: [Int32] = []
    private var bracketDepth: Int32 = 0
    private var loopDepths: [Int32] = []
    private var lambdaDepths: [Int32] = []

    init(
        _ chunk: FlatChunk, roles: TokenRoles, text: UnsafeBufferPointer<UInt8>, traits: FileTraits, style: Style,
        hasByteOrderMark: Bool, startsVerbatim: Bool
    ) {
        self.style = style
        self.text = text
        self.chunk = chunk
        self.roles = roles
        layout = LineLayout(style: style, text: text)
        layout.allowsCommaAfterStarInCall = traits.hasCommaAfterStarInCall
        layout.allowsCommaAfterStarInDef = traits.hasCommaAfterStarInDef
        triviaStart = hasByteOrderMark ? 3 : 0
        if startsVerbatim { verbatim = (0, 0) }
    }

    /// `# fmt: off` still holds where the chunk ends.
    var endsVerbatim: Bool { verbatim != nil }

    mutating func run() {
        for index in chunk.tokens.indices {
            let token = chunk.tokens[index]
            if verbatim != nil, keep(index, token) { continue }
            switch token.kind {
            case .indent: depth += 1
            case .dedent: closeBlock(at: token)
            case .newline, .semicolon:
                if layout.leaves.isEmpty {
                    // Behind the last `;` of a line.
                    emitCommentLines(upTo: Int(token.start))
                } else {
                    attachTrailingComments(upTo: Int(token.start))
                    flush()
                }
                triviaStart = Int(token.end)
                if token.kind == .newline {
                    sourceLine += 1
                    isLineStart = true
                }
                if roles.flags[index].contains(.endsInlineSuite) { depth -= 1 }
            case .eof: emitCommentLines(upTo: Int(token.start))
            default: append(index)
            }
        }
        if chunk.isEndOfFile { emitCommentLines(upTo: chunk.utf8Count) }
        flush()
        if let start = verbatim?.start { emitVerbatim(start..<chunk.utf8Count) }
    }

    // MARK: - Text that is kept

    /// Moves over a token behind `# fmt: off`.
    ///
    /// - Returns: false where `# fmt: on` stands before it, so that it is formatted.
    private mutating func keep(_ index: Int, _ token: FlatChunk.Token) -> Bool {
        switch token.kind {
        case .indent: depth += 1
        case .dedent: closeBlock(at: token)
        case .newline:
            triviaStart = Int(token.end)
            isLineStart = true
            if roles.flags[index].contains(.endsInlineSuite) { depth -= 1 }
        default:
            if isLineStart {
                blankLines = emitCommentLines(upTo: Int(token.start))
                if verbatim == nil { return false }
            }
            isLineStart = false
            triviaStart = Int(token.end)
            if roles.flags[index].contains(.startsInlineSuite) { depth += 1 }
            while nextOpening < roles.opening.count, Int(roles.opening[nextOpening].token) <= index { nextOpening += 1 }
            while nextClosing < roles.closing.count, Int(roles.closing[nextClosing]) <= index { nextClosing += 1 }
        }
        return true
    }

    /// The comments at the end of a block, where `# fmt: off` ends too.
    private mutating func closeBlock(at token: FlatChunk.Token) {
        emitCommentLines(upTo: Int(token.start))
        if let kept = verbatim, depth == kept.depth { endVerbatim(at: Int(token.start)) }
        depth -= 1
        triviaStart = Int(token.end)
    }

    private mutating func endVerbatim(at end: Int) {
        guard let start = verbatim?.start else { return }
        verbatim = nil
        guard start <= end else { return }
        emitVerbatim(start..<end)
    }

    private mutating func emitVerbatim(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        output.text.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
        if output.text.last != 0x0A, chunk.isEndOfFile || range.upperBound < chunk.utf8Count {
            output.text.append(0x0A)
        }
        endBlock(blankLines: 0, flags: [.isComment, .isVerbatim])
    }

    // MARK: - Tokens

    private mutating func append(_ index: Int) {
        let token = chunk.tokens[index]
        if roles.flags[index].contains(.startsInlineSuite) {
            attachTrailingComments(upTo: Int(token.start))
            flush()
            depth += 1
        }
        if layout.leaves.isEmpty {
            if verbatim == nil, isLineStart || triviaStart < Int(token.start) {
                let blank = emitCommentLines(upTo: Int(token.start))
                if verbatim != nil, keep(index, token) { return }
                blankLines = max(blank, blankLines)
            }
            isLineStart = false
            lineStart = Int(token.start)
        } else {
            appendComments(upTo: Int(token.start))
        }
        triviaStart = Int(token.end)

        let flags = roles.flags[index]
        if flags.contains(.deleted) { return }
        var hasSpace = !flags.contains(.noSpaceBefore)
        if index > 0 {
            var before = index - 1
            while before > 0, roles.flags[before].contains(.deleted) { before -= 1 }
            if roles.flags[before].contains(.noSpaceAfter) { hasSpace = false }
        }
        while nextOpening < roles.opening.count, Int(roles.opening[nextOpening].token) == index {
            appendInserted(opening: true, roles.opening[nextOpening].kind, hasSpace: hasSpace)
            hasSpace = false
            nextOpening += 1
        }
        appendLeaf(index, token, flags, hasSpace: hasSpace)
        while nextClosing < roles.closing.count, Int(roles.closing[nextClosing]) == index {
            appendInserted(opening: false, .optional, hasSpace: false)
            nextClosing += 1
        }
    }

    private mutating func appendLeaf(
        _ index: Int, _ token: FlatChunk.Token, _ flags: TokenRoles.Flags, hasSpace: Bool
    ) {
        var leaf = Leaf(
            kind: token.kind, flags: [], roles: flags, priority: roles.priority[index], start: token.start,
            end: token.end, columns: token.end - token.start, characters: token.end - token.start)
        leaf.line = sourceLine
        if hasSpace { leaf.flags.insert(.hasSpace) }
        if flags.contains(.commaOfTargets) { leaf.priority = 0 }
        let source = UnsafeBufferPointer(rebasing: text[Int(token.start)..<Int(token.end)])
        switch token.kind {
        case .leftParen, .rightParen:
            if flags.contains(.hidden) { leaf.flags.formUnion([.invisible, .optional]) }
        case .string, .bytes:
            let isDocstring = flags.contains(.docstring)
            if isDocstring { lineIsDocstring = true }
            if isDocstring, let own = Docstring.normalized(Array(source), indentation: 4 * depth, style: style) {
                setOwnText(own, of: &leaf)
            } else if let own = StringText.normalized(source) {
                setOwnText(own, of: &leaf)
            } else {
                measure(source, of: &leaf)
            }
            sourceLine += Int32(source.count { $0 == 0x0A })
        case .integer, .float:
            if let own = NumberText.normalized(source) { setOwnText(own, of: &leaf) }
        case .identifier: measure(source, of: &leaf)
        default: break
        }
        place(leaf)
    }

    private mutating func setOwnText(_ bytes: [UInt8], of leaf: inout Leaf) {
        leaf.start = Int32(layout.ownText.count)
        layout.ownText.append(contentsOf: bytes)
        leaf.end = Int32(layout.ownText.count)
        leaf.flags.insert(.ownText)
        bytes.withUnsafeBufferPointer { measure($0, of: &leaf) }
    }

    private func measure(_ bytes: UnsafeBufferPointer<UInt8>, of leaf: inout Leaf) {
        let (columns, characters) = DisplayWidth.measure(bytes)
        leaf.columns = Int32(columns)
        leaf.characters = Int32(characters)
        if leaf.kind == .string || leaf.kind == .bytes, bytes.contains(0x0A) {
            leaf.flags.insert(.multiline)
            if StringText.isTripleQuoted(bytes) { leaf.flags.insert(.multilineString) }
        }
    }

    private mutating func appendInserted(opening: Bool, _ kind: TokenRoles.Insertion, hasSpace: Bool) {
        let start = Int32(layout.ownText.count)
        layout.ownText.append(UInt8(ascii: opening ? "(" : ")"))
        var leaf = Leaf(
            kind: opening ? .leftParen : .rightParen, flags: [.ownText, .optional], start: start, end: start + 1,
            columns: 1, characters: 1)
        if hasSpace { leaf.flags.insert(.hasSpace) }
        if kind != .visible { leaf.flags.insert(.invisible) }
        if kind != .aroundConditional { leaf.roles.insert(.atomBracket) }
        place(leaf)
    }

    /// Puts a leaf at the end of the line, with its depth and its partner.
    private mutating func place(_ leaf: Leaf) {
        var leaf = leaf
        let index = Int32(layout.leaves.count)
        if leaf.roles.contains(.loopIn), loopDepths.last == bracketDepth {
            bracketDepth -= 1
            loopDepths.removeLast()
        }
        if leaf.roles.contains(.lambdaColon), lambdaDepths.last == bracketDepth {
            bracketDepth -= 1
            lambdaDepths.removeLast()
        }
        if leaf.closes, let opening = openBrackets.popLast() {
            bracketDepth -= 1
            leaf.partner = opening
            layout.leaves[Int(opening)].partner = index
            if leaf.flags.contains(.optional), layout.leaves[Int(opening)].flags.contains(.invisible) {
                // The other one may have been put for something else that begins at the same place.
                leaf.flags.insert(.invisible)
                if index - opening <= 2 { leaf.flags.insert(.enclosesOneLeaf) }
            } else if leaf.flags.contains(.optional), !layout.leaves[Int(opening)].flags.contains(.invisible) {
                leaf.flags.remove(.invisible)
            }
            if layout.leaves[Int(opening)].roles.contains(.atomBracket) { leaf.roles.insert(.atomBracket) }
        }
        leaf.depth = bracketDepth
        if leaf.kind == .dot { leaf.priority = SplitPriority.dot }
        if leaf.opens {
            openBrackets.append(index)
            bracketDepth += 1
        }
        layout.leaves.append(leaf)
        layout.order.append(index)
        if leaf.kind == .lambdaKeyword {
            bracketDepth += 1
            lambdaDepths.append(bracketDepth)
        } else if leaf.kind == .forKeyword {
            bracketDepth += 1
            loopDepths.append(bracketDepth)
        }
    }

    // MARK: - Comments

    /// Comments inside a line: on the line of the token before, or on lines of their own inside brackets.
    private mutating func appendComments(upTo end: Int) {
        var isOwnLine = false
        forEachTrivia(upTo: end) { formatter, piece in
            switch piece {
            case .lineBreak:
                isOwnLine = true
                formatter.sourceLine += 1
            case .lineJoin: formatter.sourceLine += 1
            case .comment(let range):
                if isOwnLine, !formatter.openBrackets.isEmpty {
                    formatter.appendStandalone(range)
                } else {
                    formatter.attach(range)
                }
            }
        }
    }

    private mutating func attachTrailingComments(upTo end: Int) {
        forEachTrivia(upTo: end) { formatter, piece in
            guard case .comment(let range) = piece else { return }
            if Directive.contains(any: Directive.skip, in: Array(formatter.text[range])) {
                formatter.skipEnd = range.upperBound
            }
            formatter.attach(range)
        }
    }

    private mutating func attach(_ range: Range<Int>) {
        let comment = Int32(layout.comments.count)
        layout.comments.append(makeComment(range))
        layout.attach(comment: comment, toLineFrom: 0, to: layout.order.count)
    }

    private mutating func makeComment(_ range: Range<Int>) -> TrailingComment {
        let bytes = CommentText.normalized(ArraySlice(text[range]))
        let start = Int32(layout.ownText.count)
        layout.ownText.append(contentsOf: bytes)
        let (columns, characters) = bytes.withUnsafeBufferPointer { DisplayWidth.measure($0) }
        return TrailingComment(
            start: start, end: Int32(layout.ownText.count), columns: Int32(columns), characters: Int32(characters),
            isType: CommentText.isType(in: bytes), isTypeIgnore: CommentText.isTypeIgnore(in: bytes))
    }

    private mutating func appendStandalone(_ range: Range<Int>) {
        let comment = makeComment(range)
        let leaf = Leaf(
            kind: .unknown, flags: [.standaloneComment, .ownText], start: comment.start, end: comment.end,
            columns: comment.columns, characters: comment.characters)
        place(leaf)
    }

    /// Comment lines between statements.
    ///
    /// - Returns: the blank lines behind the last of them.
    @discardableResult
    private mutating func emitCommentLines(upTo end: Int) -> Int {
        var blank = 0
        var isBlank = true
        var hasJoin = false
        forEachTrivia(upTo: end) { formatter, piece in
            switch piece {
            case .lineBreak:
                formatter.sourceLine += 1
                if isBlank { blank += 1 }
                isBlank = true
            case .lineJoin:
                formatter.sourceLine += 1
                hasJoin = true
            case .comment(let range):
                isBlank = false
                hasJoin = false
                let bytes = CommentText.normalized(ArraySlice(formatter.text[range]))
                if formatter.verbatim != nil {
                    guard Directive.contains(any: Directive.on, in: bytes) else { return }
                    formatter.endVerbatim(at: formatter.lineStart(of: range.lowerBound))
                    blank = 0
                }
                formatter.output.text.append(contentsOf: repeatElement(0x20, count: 4 * formatter.depth))
                formatter.output.text.append(contentsOf: bytes)
                formatter.output.text.append(0x0A)
                formatter.endBlock(blankLines: blank, flags: .isComment)
                blank = 0
                if Directive.contains(any: Directive.off, in: bytes) {
                    formatter.verbatim = (min(range.upperBound + 1, formatter.text.count), formatter.depth)
                }
            }
        }
        triviaStart = end
        return hasJoin ? 0 : blank
    }

    private func lineStart(of place: Int) -> Int {
        var start = place
        while start > 0, text[start - 1] != 0x0A { start -= 1 }
        return start
    }

    private enum TriviaPiece {
        case lineBreak, lineJoin
        case comment(Range<Int>)
    }

    @inline(__always)
    private mutating func forEachTrivia(upTo end: Int, _ body: (inout Self, TriviaPiece) -> Void) {
        var at = triviaStart
        while at < end {
            switch text[at] {
            case 0x0A:
                body(&self, .lineBreak)
                at += 1
            case UInt8(ascii: "\\"):
                body(&self, .lineJoin)
                at += 2
            case UInt8(ascii: "#"):
                let start = at
                while at < end, text[at] != 0x0A { at += 1 }
                body(&self, .comment(start..<at))
            default: at += 1
            }
        }
    }

    // MARK: - Lines

    /// Ends the logical line: lays it out and prints it.
    private mutating func flush() {
        guard !layout.leaves.isEmpty else { return }
        let first = layout.leaves[0]
        var flags: FormattedChunk.Block.Flags = []
        if first.kind == .defKeyword { flags.insert(.isDefinition) }
        if [.ifKeyword, .forKeyword, .whileKeyword].contains(first.kind) { flags.insert(.beginsCompound) }
        if lineIsDocstring {
            flags.insert(.isDocstring)
            if layout.leaves.count == 1 { flags.insert(.isSingleLeaf) }
        }
        if layout.leaves.last?.kind == .colon { flags.insert(.opensBlock) }
        if let end = skipEnd {
            output.text.append(contentsOf: repeatElement(0x20, count: 4 * depth))
            output.text.append(contentsOf: UnsafeBufferPointer(rebasing: text[lineStart..<end]))
            output.text.append(0x0A)
            skipEnd = nil
        } else {
            layout.transform(Line(range: 0..<layout.order.count, depth: depth))
            for line in layout.result { layout.print(line, into: &output.text) }
        }
        endBlock(blankLines: blankLines, flags: flags)
        layout.reset()
        blankLines = 0
        lineIsDocstring = false
        openBrackets.removeAll(keepingCapacity: true)
        loopDepths.removeAll(keepingCapacity: true)
        lambdaDepths.removeAll(keepingCapacity: true)
        bracketDepth = 0
    }

    private mutating func endBlock(blankLines: Int, flags: FormattedChunk.Block.Flags) {
        output.blocks.append(
            FormattedChunk.Block(
                end: Int32(output.text.count), blankLines: Int32(blankLines), depth: Int16(depth), flags: flags))
    }
}
