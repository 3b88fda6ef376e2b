/// Puts the blocks of a file together with the blank lines that belong between them: two around definitions at the top
/// level and one inside others, at most two (one) elsewhere, as the source has them.
struct BlankLines {
    private typealias Block = FormattedChunk.Block

    /// A block with the blank lines before it, which one that follows may still change.
    private struct Placed {
        var block: Block
        var text: Range<Int>
        var before: Int
    }

    private var placed: [Placed] = []
    private var text: [UInt8] = []
    private var depthsOfDefinitions: [Int16] = []
    /// The first of the comments that lead up to what comes next, by its place.
    private var leadingComment: Int?
    private var onlyCommentsBefore = true
    private var followsModuleDocstring = false

    mutating func append(_ chunk: FormattedChunk) {
        let base = text.count
        text.append(contentsOf: chunk.text)
        var start = base
        for block in chunk.blocks {
            let end = base + Int(block.end)
            append(block, start..<end)
            start = end
        }
    }

    private mutating func append(_ block: Block, _ range: Range<Int>) {
        var before = blankLines(before: block)
        if followsModuleDocstring, !block.flags.contains(.isDefinition) { before = 1 }
        followsModuleDocstring = false
        if onlyCommentsBefore, block.depth == 0, block.flags.isSuperset(of: [.isDocstring, .isSingleLeaf]) {
            followsModuleDocstring = true
        }
        let isComment = block.flags.contains(.isComment)
        if !isComment { onlyCommentsBefore = false }
        if isComment {
            let followsComment = placed.last?.block.flags.contains(.isComment) ?? false
            if placed.isEmpty || ((!followsComment || before > 0) && (leadingComment == nil || before > 0)) {
                leadingComment = placed.count
            }
        } else {
            leadingComment = nil
        }
        placed.append(Placed(block: block, text: range, before: before))
    }

    private mutating func blankLines(before block: Block) -> Int {
        // Text that is kept has its blank lines in it.
        if block.flags.contains(.isVerbatim) { return 0 }
        var before = min(Int(block.blankLines), block.depth == 0 ? 2 : 1)
        let isAsked = before > 0
        var definition: Int16?
        while let depth = depthsOfDefinitions.last, depth >= block.depth { definition = depthsOfDefinitions.popLast() }
        let isDefinition = block.flags.contains(.isDefinition)
        if isDefinition { depthsOfDefinitions.append(block.depth) }

        guard let last = placed.last?.block else { return 0 }
        if block.flags.contains(.isDocstring), last.flags.isSuperset(of: [.opensBlock, .isDefinition]) { return 0 }
        if let definition {
            if block.depth > 0 {
                before = 1
            } else if definition > 0, block.flags.contains(.opensBlock), !block.flags.contains(.beginsCompound) {
                // `else` behind a definition that stands in the `if`.
                before = 1
            } else {
                before = 2
            }
        }
        return isDefinition ? blankLines(beforeDefinition: block, before, isAsked: isAsked, last) : before
    }

    private mutating func blankLines(beforeDefinition block: Block, _ before: Int, isAsked: Bool, _ last: Block) -> Int
    {
        if last.depth < block.depth, last.flags.contains(.isDefinition) { return isAsked ? 1 : 0 }
        let wanted = block.depth > 0 ? 1 : 2
        guard last.flags.contains(.isComment), last.depth == block.depth, before == 0 else { return wanted }
        // The blank lines go before the comments that lead up to the definition.
        guard let comment = leadingComment, comment > 0, !placed[comment - 1].block.flags.contains(.opensBlock),
            placed[comment].before <= 1
        else { return 0 }
        placed[comment].before = max(placed[comment].before, wanted)
        return 0
    }

    /// The whole file, its line breaks LF.
    func joined() -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count + placed.count)
        for line in placed {
            for _ in 0..<line.before { out.append(0x0A) }
            out.append(contentsOf: text[line.text])
        }
        // Text that is kept may end in blank lines, or in the middle of one.
        if placed.last?.block.flags.contains(.isVerbatim) ?? false {
            while let last = out.last, Blanks.isASCIIBlank(last) { out.removeLast() }
            out.append(0x0A)
        }
        return out
    }
}
