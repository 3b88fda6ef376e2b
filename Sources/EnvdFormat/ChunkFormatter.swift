import EnvdSyntax

/// Formats one chunk after another: walks a chunk's tokens, gathers them into logical lines, and lays those out.
///
/// All memory is used again for the next chunk.
struct ChunkFormatter: ~Copyable {
    private let style: Style
    private let trust: DirectiveTrust
    private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var chunk: FlatChunk
    private var roles: TokenRoles
    private var layout: LineLayout
    /// The lines of all chunks so far, and the blocks that they form.
    private(set) var output = Scratch<UInt8>(capacity: 1 << 16)
    private(set) var blocks = Scratch<Block>(capacity: 1024)
    /// Nothing but ASCII stands in the chunk, so that bytes are columns.
    private var isASCII = false

    /// Formatting the result of the chunk again would change nothing, as far as can be said without doing it.
    private(set) var isSettled = true

    /// Levels of indentation.
    private var depth = 0
    /// Where the trivia before the next token begins.
    private var triviaStart = 0
    /// Blank lines before the line that is being gathered.
    private var blankLines = 0
    /// Where the first token of the line begins in the source, and where its last token or comment ends.
    private var lineStart = 0
    private var lineEnd = 0
    private var lineIsDocstring = false
    private var sourceLine: Int32 = 1
    private var nextOpening = 0
    private var nextClosing = 0

    // What directives keep as it is.
    /// A comment of the chunk is a directive.
    private var hasDirective = false
    private var kept = KeptText()
    private var nextKept = 0
    /// The line that is gathered begins with text that is kept.
    private var lineIsKept: Block.Flags = []
    private var isLineStart = true
    /// The last line has opened brackets that are closed in text that is kept: for black the line does not end there.
    private var lastLineIsOpen = false

    // Brackets of the logical line, as black counts them.
    private var openBrackets = Scratch<Int32>(capacity: 64)
    private var bracketDepth: Int32 = 0
    private var loopDepths = Scratch<Int32>(capacity: 16)
    private var lambdaDepths = Scratch<Int32>(capacity: 16)

    init(style: Style, traits: FileTraits, first chunk: Chunk, trust: DirectiveTrust = .checked) {
        self.style = style
        self.trust = trust
        self.chunk = FlatChunk(chunk)
        roles = TokenRoles(self.chunk)
        layout = LineLayout(style: style)
        layout.traits = traits
    }

    /// What directives have left where the chunk ends.
    var stateAfter: DirectiveState { lastLineIsOpen ? kept.stateAfter.union(.isOpen) : kept.stateAfter }

    /// What `output` and `blocks` hold, as a value of its own.
    var formatted: FormattedText { FormattedText(text: Array(output.elements), blocks: Array(blocks.elements)) }

    mutating func removeOutput() {
        output.removeAll()
        blocks.removeAll()
    }

    /// Takes blocks over that are known to stay as they are.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ block: Block) {
        output.append(contentsOf: text)
        var block = block
        block.end = output.count
        blocks.append(block)
    }

    /// Formats a chunk without findings, its line breaks LF.
    ///
    /// - Parameter stateBefore: the `stateAfter` of the chunk before.
    mutating func format(_ chunk: Chunk, isFirstInFile: Bool, stateBefore: DirectiveState) {
        withExtendedLifetime(chunk) {
            let (start, block) = (output.count, blocks.count)
            begin(FlatChunk(chunk), isFirstInFile: isFirstInFile)
            if !stateBefore.contains(.isOff) {
                run()
                // Nearly no chunk has a directive, so that nobody looks for one before.
                if !hasDirective { return }
                output.truncate(to: start)
                blocks.truncate(to: block)
                begin(self.chunk, isFirstInFile: isFirstInFile)
            }
            let place = DirectiveTrust.Place(isFirstInFile: isFirstInFile, stateBefore: stateBefore)
            kept = KeptText(self.chunk, place)
            if trust == .checked, !DirectiveTrust.holds(for: chunk, place, style: style, traits: layout.traits) {
                kept = KeptText(wholeOf: self.chunk, place, stateAfter: kept.stateAfter)
            }
            roles.heed(kept)
            lastLineIsOpen = stateBefore.contains(.isOpen)
            run()
            isSettled = false
        }
    }

    private mutating func begin(_ chunk: FlatChunk, isFirstInFile: Bool) {
        self.chunk = chunk
        text = chunk.text
        layout.text = text
        isASCII = DisplayWidth.isASCII(text)
        roles.mark(chunk, isFirstInFile: isFirstInFile)
        let hasByteOrderMark = isFirstInFile && text.starts(with: [0xEF, 0xBB, 0xBF])
        triviaStart = hasByteOrderMark ? 3 : 0
        hasDirective = false
        kept = KeptText()
        nextKept = 0
        lineIsKept = []
        isSettled = !hasByteOrderMark
        depth = 0
        blankLines = 0
        lineIsDocstring = false
        sourceLine = 1
        nextOpening = 0
        nextClosing = 0
        isLineStart = true
        lastLineIsOpen = false
    }

    private mutating func run() {
        var index = 0
        while index < chunk.tokenCount {
            if nextKept < kept.runs.count, kept.runs[nextKept].first <= index {
                let run = kept.runs[nextKept]
                nextKept += 1
                appendKept(run)
                index = max(index, run.last + 1)
            } else {
                take(index)
                index += 1
            }
        }
        if nextKept < kept.runs.count { appendKept(kept.runs[nextKept]) }
        if chunk.isEndOfFile { emitCommentLines(upTo: text.count) }
        flush()
    }

    private mutating func take(_ index: Int) {
        switch chunk.kind(ofToken: index) {
        case .indent: depth += 1
        case .dedent:
            emitCommentLines(upTo: chunk.start(ofToken: index))
            depth -= 1
            triviaStart = max(triviaStart, chunk.end(ofToken: index))
        case .newline, .semicolon:
            if layout.leaves.isEmpty {
                // Behind the last `;` of a line.
                emitCommentLines(upTo: chunk.start(ofToken: index))
            } else {
                attachTrailingComments(upTo: chunk.start(ofToken: index))
                flush()
            }
            triviaStart = chunk.end(ofToken: index)
            if chunk.kind(ofToken: index) == .newline {
                sourceLine += 1
                isLineStart = true
            } else {
                isSettled = false
            }
            if roles.flags[index].contains(.endsInlineSuite) {
                depth -= 1
                isSettled = false
            }
        case .eof: emitCommentLines(upTo: chunk.start(ofToken: index))
        default: append(index)
        }
    }

    // MARK: - Text that is kept

    /// Puts text that a directive keeps where its tokens would stand: in brackets as part of the line, else on lines of
    /// its own.
    private mutating func appendKept(_ run: KeptText.Run) {
        appendLeading(run)
        let startsSuite = !run.isCommentsAlone && roles.flags[run.first].contains(.startsInlineSuite)
        if openBrackets.isEmpty, startsSuite || !(layout.leaves.isEmpty || opensParentheses(run)) { flush() }
        if startsSuite { depth += 1 }
        let isStatement = layout.leaves.isEmpty
        let isWholeLine =
            !run.isCommentsAlone
            && (chunk.kind(ofToken: run.last) == .newline || chunk.kind(ofToken: run.last) == .dedent)
        let joinsOpenLine = lastLineIsOpen && isWholeLine
        if isStatement {
            if joinsOpenLine { blankLines = 0 }
            lineIsKept = run.isCommentsAlone ? .isComment : [.isComment, .isVerbatim]
            // Black looks for the directive in all of the comments at once, where `# fmt: on; note` is none.
            if run.isCommentsAlone, Directive.contains(any: Directive.on, in: run.text.flatMap { text[$0] }) {
                lineIsKept.insert(.endsVerbatim)
            }
            if run.isContinuation { lineIsKept.insert(.continuesVerbatim) }
            if run.isWholeChunk { lineIsKept.remove(.isComment) }
            lineStart = run.text.first?.lowerBound ?? run.leadingEnd
        }
        let closings = placeOpenings(in: run)
        placeKeptLeaf(run)
        for _ in 0..<closings { appendInserted(opening: false, .optional, hasSpace: false) }
        lineEnd = max(lineStart, run.text.last?.upperBound ?? run.end)
        isLineStart = false
        triviaStart = run.end
        if run.isCommentsAlone {
            if openBrackets.isEmpty {
                flush()
                isLineStart = true
            }
            return
        }
        // Where it ends on a line, what follows belongs to that line.
        let levels = levels(in: run)
        if isWholeLine || run.endsLine || levels != 0 { flush() }
        depth += levels
        if isWholeLine { isLineStart = true }
        if joinsOpenLine { lastLineIsOpen = true }
    }

    /// By how many levels what follows text that is kept is indented further than its beginning.
    private func levels(in run: KeptText.Run) -> Int {
        var levels = 0
        for token in run.first...run.last {
            switch chunk.kind(ofToken: token) {
            case .indent: levels += 1
            case .dedent: levels -= 1
            default:
                if roles.flags[token].contains(.startsInlineSuite), token > run.first { levels += 1 }
                if roles.flags[token].contains(.endsInlineSuite) { levels -= 1 }
            }
        }
        return levels
    }

    private mutating func appendLeading(_ run: KeptText.Run) {
        let end = max(triviaStart, run.leadingEnd)
        if layout.leaves.isEmpty {
            if run.blankLines != nil {
                while triviaStart < end, Blanks.isASCIIBlank(text[triviaStart]) { triviaStart += 1 }
            }
            let blank = run.isContinuation ? 0 : emitCommentLines(upTo: end)
            blankLines = run.blankLines ?? max(blank, blankLines)
        } else if openBrackets.isEmpty {
            attachTrailingComments(upTo: end)
        } else {
            appendComments(upTo: end)
        }
        triviaStart = end
    }

    /// Whether optional parentheses begin with text that is kept.
    private func opensParentheses(_ run: KeptText.Run) -> Bool {
        nextOpening < roles.opening.count && Int(roles.opening[nextOpening].token) == run.first
            && !run.isCommentsAlone
    }

    /// Puts the optional parentheses that begin with text that is kept and end behind it. Of those that begin further inside,
    /// only what is left of their content is in parentheses, so that they open behind the text.
    ///
    /// - Returns: how many of those that began before end in it.
    private mutating func placeOpenings(in run: KeptText.Run) -> Int {
        guard !run.isCommentsAlone else { return 0 }
        var (opened, closings) = ([(token: Int32, kind: TokenRoles.Insertion)](), 0)
        for token in run.first...run.last {
            while nextOpening < roles.opening.count, Int(roles.opening[nextOpening].token) <= token {
                opened.append(roles.opening[nextOpening])
                nextOpening += 1
            }
            while nextClosing < roles.closing.count, Int(roles.closing[nextClosing]) <= token {
                if opened.popLast() == nil { closings += 1 }
                nextClosing += 1
            }
        }
        let isBefore = opened.prefix { Int($0.token) <= run.first }
        for opening in isBefore { appendInserted(opening: true, opening.kind, hasSpace: false) }
        let behind = opened.dropFirst(isBefore.count)
        nextOpening -= behind.count
        roles.open(behind.map(\.kind), before: run.last + 1, from: nextOpening)
        return closings
    }

    private mutating func placeKeptLeaf(_ run: KeptText.Run) {
        let start = layout.ownText.count
        for range in run.text where range.lowerBound < range.upperBound {
            layout.ownText.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
        }
        if layout.ownText.count > start, layout.ownText.last == 0x0A { layout.ownText.removeLast() }
        let bytes = UnsafeBufferPointer(rebasing: layout.ownText.elements[start...])
        let (columns, characters) = DisplayWidth.measure(bytes)
        var leaf = Leaf(
            kind: .unknown, flags: [.standaloneComment, .ownText], start: Int32(start),
            end: Int32(layout.ownText.count),
            columns: Int32(columns), characters: Int32(characters))
        if !run.isCommentsAlone {
            leaf.flags.insert(.kept)
            if endsBeforeValue(run) { leaf.roles.insert(.precedesValue) }
        }
        let breaks = bytes.count { $0 == 0x0A }
        if breaks > 0 { leaf.flags.insert(.multiline) }
        sourceLine += Int32(breaks)
        layout.has.insert(.standaloneComment)
        place(leaf)
    }

    /// Whether a comma, or what else an element begins behind, is the last in the text outside brackets.
    private func endsBeforeValue(_ run: KeptText.Run) -> Bool {
        var depth = 0
        for token in (run.first...run.last).reversed() {
            switch chunk.kind(ofToken: token) {
            case .rightParen, .rightBracket, .rightBrace: depth += 1
            case .leftParen, .leftBracket, .leftBrace: depth -= 1
            case .comma where depth == 0: return true
            default: if depth == 0, roles.flags[token].contains(.precedesValue) { return true }
            }
        }
        return false
    }

    // MARK: - Tokens

    private mutating func append(_ index: Int) {
        let start = chunk.start(ofToken: index)
        let flags = roles.flags[index]
        if flags.contains(.startsInlineSuite) {
            attachTrailingComments(upTo: start)
            flush()
            depth += 1
            isSettled = false
        }
        if layout.leaves.isEmpty {
            if isLineStart || triviaStart < start { blankLines = max(emitCommentLines(upTo: start), blankLines) }
            isLineStart = false
            lineStart = start
        } else {
            appendComments(upTo: start)
        }
        let end = chunk.end(ofToken: index)
        triviaStart = end
        lineEnd = end

        if flags.contains(.deleted) {
            isSettled = false
            return
        }
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
        appendLeaf(index, start..<end, flags, hasSpace: hasSpace)
        while nextClosing < roles.closing.count, Int(roles.closing[nextClosing]) == index {
            appendInserted(opening: false, .optional, hasSpace: false)
            nextClosing += 1
        }
    }

    @inline(__always)
    private mutating func appendLeaf(_ index: Int, _ range: Range<Int>, _ flags: TokenRoles.Flags, hasSpace: Bool) {
        let kind = chunk.kind(ofToken: index)
        let length = Int32(truncatingIfNeeded: range.count)
        var leaf = Leaf(
            kind: kind, flags: hasSpace ? .hasSpace : [], roles: flags, priority: roles.priority[index],
            start: Int32(truncatingIfNeeded: range.lowerBound), end: Int32(truncatingIfNeeded: range.upperBound),
            columns: length, characters: length)
        leaf.line = sourceLine
        if flags.contains(.commaOfTargets) { leaf.priority = 0 }
        switch kind {
        case .leftParen, .rightParen:
            if flags.contains(.hidden) {
                leaf.flags.formUnion([.invisible, .optional])
                isSettled = false
            }
        case .string, .bytes: setString(&leaf, UnsafeBufferPointer(rebasing: text[range]))
        case .integer, .float:
            if let own = NumberText.normalized(UnsafeBufferPointer(rebasing: text[range])) {
                setOwnText(own, of: &leaf)
            }
        case .identifier:
            if !isASCII { measure(UnsafeBufferPointer(rebasing: text[range]), of: &leaf) }
        default: break
        }
        if leaf.closes, flags.contains(.explodesOnComma), kept.runs.isEmpty || !endsTupleOfOne(leaf) {
            if style.heedsMagicTrailingComma {
                if layout.leaves.last.isComma { layout.has.insert(.magicTrailingComma) }
            } else if layout.leaves.last.isComma {
                removeTrailingComma()
            }
        }
        place(leaf)
    }

    /// Whether a parenthesis closes a tuple of which text that is kept has left no comma but the last: it is one of a single
    /// element for black, whose comma has to stay.
    private func endsTupleOfOne(_ leaf: Leaf) -> Bool {
        guard leaf.kind == .rightParen, !openBrackets.isEmpty else { return false }
        let commas = (Int(openBrackets.last)..<layout.leaves.count).filter {
            layout.leaves[$0].isComma && layout.leaves[$0].depth == bracketDepth
        }
        return commas.count == 1 && !layout.leaves[commas[0]].roles.contains(.commaOfArguments)
    }

    /// Takes the comma away that stands last; its comments go to the leaf before.
    private mutating func removeTrailingComma() {
        let comma = layout.leaves.last
        layout.leaves.removeLast()
        layout.order.removeLast()
        layout.columns -= 1
        isSettled = false
        guard comma.comment >= 0 else { return }
        if !layout.leaves.last.isStandaloneComment {
            layout.append(comment: comma.comment, to: layout.leaves.count - 1)
            return
        }
        var next = comma.comment
        while next >= 0 {
            let comment = layout.comments[Int(next)]
            place(standalone: comment)
            next = comment.next
        }
    }

    private mutating func setString(_ leaf: inout Leaf, _ source: UnsafeBufferPointer<UInt8>) {
        let isDocstring = leaf.roles.contains(.docstring)
        if isDocstring { lineIsDocstring = true }
        if isDocstring, !Docstring.isNormalized(source, indentation: 4 * depth, style: style) {
            isSettled = false
            if let own = Docstring.normalized(Array(source), indentation: 4 * depth, style: style) {
                setOwnText(own, of: &leaf)
            } else {
                setText(&leaf, source)
            }
        } else {
            setText(&leaf, source)
        }
        sourceLine += Int32(source.count { $0 == 0x0A })
    }

    private mutating func setText(_ leaf: inout Leaf, _ source: UnsafeBufferPointer<UInt8>) {
        let start = layout.ownText.count
        switch StringText.normalize(source, style: style, into: &layout.ownText) {
        case .unchanged: measure(source, of: &leaf)
        case .quotesSwapped: useOwnText(from: start, of: &leaf)
        case .rewritten:
            isSettled = false
            useOwnText(from: start, of: &leaf)
        }
    }

    private mutating func setOwnText(_ bytes: [UInt8], of leaf: inout Leaf) {
        let start = layout.ownText.count
        bytes.withUnsafeBufferPointer { layout.ownText.append(contentsOf: $0) }
        useOwnText(from: start, of: &leaf)
    }

    private func useOwnText(from start: Int, of leaf: inout Leaf) {
        leaf.start = Int32(start)
        leaf.end = Int32(layout.ownText.count)
        leaf.flags.insert(.ownText)
        measure(UnsafeBufferPointer(rebasing: layout.ownText.elements[start...]), of: &leaf)
    }

    private func measure(_ bytes: UnsafeBufferPointer<UInt8>, of leaf: inout Leaf) {
        let (columns, characters) = isASCII ? (bytes.count, bytes.count) : DisplayWidth.measure(bytes)
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
        if kind == .visible { isSettled = false } else { leaf.flags.insert(.invisible) }
        if kind != .aroundConditional { leaf.roles.insert(.atomBracket) }
        place(leaf)
    }

    /// Puts a leaf at the end of the line, with its depth and its partner.
    private mutating func place(_ leaf: Leaf) {
        var leaf = leaf
        let index = Int32(layout.leaves.count)
        if leaf.roles.contains(.loopIn), !loopDepths.isEmpty, loopDepths.last == bracketDepth {
            bracketDepth -= 1
            loopDepths.removeLast()
        }
        if leaf.roles.contains(.lambdaColon), !lambdaDepths.isEmpty, lambdaDepths.last == bracketDepth {
            bracketDepth -= 1
            lambdaDepths.removeLast()
        }
        if leaf.closes, !openBrackets.isEmpty {
            let opening = openBrackets.last
            openBrackets.removeLast()
            bracketDepth -= 1
            leaf.partner = opening
            layout.leaves[Int(opening)].partner = index
            if leaf.flags.contains(.optional), layout.leaves[Int(opening)].flags.contains(.invisible) {
                // The other one may have been put for something else that begins at the same place.
                leaf.flags.insert(.invisible)
                if index - opening <= 2 { leaf.flags.insert(.enclosesOneLeaf) }
            } else if leaf.flags.contains(.optional), layout.leaves[Int(opening)].flags.contains(.optional) {
                // Not where it closes a bracket of the source, the end of which is kept.
                leaf.flags.remove(.invisible)
            }
            if layout.leaves[Int(opening)].roles.contains(.atomBracket) { leaf.roles.insert(.atomBracket) }
        }
        leaf.depth = bracketDepth
        leaf.markedDepth = bracketDepth
        if leaf.kind == .dot { leaf.priority = SplitPriority.dot }
        if leaf.opens {
            openBrackets.append(index)
            bracketDepth += 1
        }
        if leaf.flags.contains(.multiline) { layout.has.insert(.multiline) }
        layout.columns &+= leaf.width &+ (leaf.flags.contains(.hasSpace) && index > 0 ? 1 : 0)
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
    @inline(__always)
    private mutating func appendComments(upTo end: Int) {
        if triviaStart == end || (triviaStart &+ 1 == end && text[triviaStart] == 0x20) { return }
        appendCommentsOfGap(upTo: end)
    }

    private mutating func appendCommentsOfGap(upTo end: Int) {
        var isOwnLine = false
        forEachTrivia(upTo: end) { formatter, piece in
            formatter.isSettled = false
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
            formatter.attach(range)
            formatter.lineEnd = range.upperBound
        }
    }

    private mutating func attach(_ range: Range<Int>) {
        let comment = Int32(layout.comments.count)
        layout.comments.append(makeComment(range))
        layout.columns += 2 + Int(layout.comments.last.columns)
        layout.attach(comment: comment, toLineFrom: 0, to: layout.order.count)
    }

    private mutating func makeComment(_ range: Range<Int>) -> TrailingComment {
        let source = UnsafeBufferPointer(rebasing: text[range])
        if Directive.mayBe(source) { hasDirective = true }
        if CommentText.isNormalized(source) {
            let (columns, characters) = isASCII ? (source.count, source.count) : DisplayWidth.measure(source)
            return TrailingComment(
                start: Int32(range.lowerBound), end: Int32(range.upperBound), columns: Int32(columns),
                characters: Int32(characters), hasOwnText: false, isType: false, isTypeIgnore: false)
        }
        let bytes = CommentText.normalized(ArraySlice(source))
        let start = Int32(layout.ownText.count)
        bytes.withUnsafeBufferPointer { layout.ownText.append(contentsOf: $0) }
        let (columns, characters) = bytes.withUnsafeBufferPointer { DisplayWidth.measure($0) }
        let isType = CommentText.isType(in: bytes)
        if isType {
            layout.has.insert(.typeComment)
            isSettled = false
        }
        return TrailingComment(
            start: start, end: Int32(layout.ownText.count), columns: Int32(columns), characters: Int32(characters),
            hasOwnText: true, isType: isType, isTypeIgnore: CommentText.isTypeIgnore(in: bytes))
    }

    private mutating func appendStandalone(_ range: Range<Int>) {
        place(standalone: makeComment(range))
    }

    private mutating func place(standalone comment: TrailingComment) {
        layout.has.insert(.standaloneComment)
        place(
            Leaf(
                kind: .unknown, flags: comment.hasOwnText ? [.standaloneComment, .ownText] : .standaloneComment,
                start: comment.start, end: comment.end, columns: comment.columns, characters: comment.characters))
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
                formatter.isSettled = false
                hasJoin = true
            case .comment(let range):
                isBlank = false
                hasJoin = false
                formatter.emitComment(range, &blank)
            }
        }
        triviaStart = end
        return hasJoin ? 0 : blank
    }

    private mutating func emitComment(_ range: Range<Int>, _ blank: inout Int) {
        let source = UnsafeBufferPointer(rebasing: text[range])
        let isDirective = Directive.mayBe(source)
        if isDirective { hasDirective = true }
        lastLineIsOpen = false
        output.append(repeating: 0x20, count: 4 * depth)
        var flags: Block.Flags = .isComment
        if CommentText.isNormalized(source), !isDirective {
            output.append(contentsOf: source)
        } else {
            let bytes = CommentText.normalized(ArraySlice(source))
            bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) }
            if isDirective, Directive.contains(any: Directive.on, in: bytes) { flags.insert(.endsVerbatim) }
        }
        output.append(0x0A)
        endBlock(range, blankLines: blank, flags: flags)
        blank = 0
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
        var flags: Block.Flags = []
        switch first.kind {
        case .defKeyword: flags.insert(.isDefinition)
        case .ifKeyword, .forKeyword, .whileKeyword: flags.insert(.beginsCompound)
        default: break
        }
        if lineIsDocstring {
            flags.insert(.isDocstring)
            if layout.leaves.count == 1 { flags.insert(.isSingleLeaf) }
        }
        if layout.leaves.last.kind == .colon { flags.insert(.opensBlock) }
        if layout.leaves.count == 1 { flags.formUnion(lineIsKept) }
        lineIsKept = []
        let line = Line(range: 0..<layout.order.count, depth: depth)
        if layout.has.isEmpty, 4 * depth + layout.columns <= style.lineLength {
            // Nearly all lines.
            layout.print(line, into: &output)
            if layout.comments.count > 1 { isSettled = false }
        } else {
            layout.transform(line)
            for index in 0..<layout.result.count { layout.print(layout.result[index], into: &output) }
            if layout.result.count > 1 || layout.comments.count > 1 { isSettled = false }
        }
        endBlock(lineStart..<lineEnd, blankLines: blankLines, flags: flags)
        layout.reset()
        blankLines = 0
        lineIsDocstring = false
        lastLineIsOpen = !openBrackets.isEmpty
        openBrackets.removeAll()
        loopDepths.removeAll()
        lambdaDepths.removeAll()
        bracketDepth = 0
    }

    private mutating func endBlock(_ source: Range<Int>, blankLines: Int, flags: Block.Flags) {
        blocks.append(
            Block(
                end: output.count, sourceStart: Int32(truncatingIfNeeded: source.lowerBound),
                sourceEnd: Int32(truncatingIfNeeded: source.upperBound), blankLines: Int32(blankLines),
                depth: Int16(depth), flags: flags))
    }
}
