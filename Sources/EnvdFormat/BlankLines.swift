/// Says how many blank lines belong before each block of a file: two around definitions at the top level and one inside
/// others, at most two (one) elsewhere, as the source has them.
struct BlankLines {
    /// The blank lines before each block so far. The last ones may still change: those before comments that lead up to a
    /// definition.
    private(set) var counts: [Int32] = []

    private var depthsOfDefinitions: [Int16] = []
    /// The first of the comments that lead up to what comes next, by its place.
    private var leadingComment: Int?
    private var onlyCommentsBefore: Bool
    private var followsModuleDocstring = false

    /// The blank lines before the first block are wanted: it follows others that are left out.
    private let keepsFirst: Bool

    /// - Parameter isFileStart: false where blocks before the first are left out.
    init(isFileStart: Bool = true, keepsFirst: Bool = false) {
        onlyCommentsBefore = isFileStart
        self.keepsFirst = keepsFirst
    }

    /// Counts for all blocks that have none yet.
    mutating func place(_ blocks: UnsafeBufferPointer<Block>) {
        counts.reserveCapacity(blocks.count)
        while counts.count < blocks.count { placeNext(blocks) }
    }

    private mutating func placeNext(_ blocks: UnsafeBufferPointer<Block>) {
        let place = counts.count
        let block = blocks[place]
        var before = blankLines(before: block, blocks)
        if followsModuleDocstring, !block.flags.contains(.isDefinition) { before = 1 }
        followsModuleDocstring = false
        if onlyCommentsBefore, block.depth == 0, block.flags.isSuperset(of: [.isDocstring, .isSingleLeaf]) {
            followsModuleDocstring = true
        }
        if block.flags.contains(.isComment) {
            let followsComment = place > 0 && blocks[place - 1].flags.contains(.isComment)
            if place == 0 || ((!followsComment || before > 0) && (leadingComment == nil || before > 0)) {
                leadingComment = place
            }
        } else {
            onlyCommentsBefore = false
            leadingComment = nil
        }
        counts.append(Int32(truncatingIfNeeded: before))
    }

    private mutating func blankLines(before block: Block, _ blocks: UnsafeBufferPointer<Block>) -> Int {
        if block.flags.contains(.continuesVerbatim) { return Int(block.blankLines) }
        let isKept =
            block.flags.contains(.isVerbatim)
            || (block.flags.contains(.endsVerbatim) && !counts.isEmpty
                && blocks[counts.count - 1].flags.contains(.isVerbatim))
        var before = isKept ? Int(block.blankLines) : min(Int(block.blankLines), block.depth == 0 ? 2 : 1)
        let isAsked = before > 0
        var definition: Int16?
        while let depth = depthsOfDefinitions.last, depth >= block.depth { definition = depthsOfDefinitions.popLast() }
        let isDefinition = block.flags.contains(.isDefinition)
        if isDefinition { depthsOfDefinitions.append(block.depth) }

        guard !counts.isEmpty else { return keepsFirst ? before : 0 }
        let last = blocks[counts.count - 1]
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
        return isDefinition ? blankLines(beforeDefinition: block, before, isAsked: isAsked, blocks) : before
    }

    private mutating func blankLines(
        beforeDefinition block: Block, _ before: Int, isAsked: Bool, _ blocks: UnsafeBufferPointer<Block>
    ) -> Int {
        let last = blocks[counts.count - 1]
        if last.depth < block.depth, last.flags.contains(.isDefinition) { return isAsked ? 1 : 0 }
        let wanted = block.depth > 0 ? 1 : 2
        guard last.flags.contains(.isComment), last.depth == block.depth, before == 0 else { return wanted }
        // The blank lines go before the comments that lead up to the definition.
        guard let comment = leadingComment, comment > 0, !blocks[comment - 1].flags.contains(.opensBlock),
            counts[comment] <= 1
        else { return 0 }
        counts[comment] = max(counts[comment], Int32(wanted))
        return 0
    }
}

extension FormattedText {
    /// The text with the blank lines between its blocks, and where each block begins in it, the blank lines before it
    /// included.
    func joined(_ counts: [Int32], starts: inout [Int]) -> [UInt8] {
        starts.removeAll(keepingCapacity: true)
        starts.reserveCapacity(blocks.count)
        var blank = 0
        for count in counts { blank += Int(count) }
        return [UInt8](unsafeUninitializedCapacity: text.count + blank + 1) { out, length in
            text.withUnsafeBufferPointer { text in
                guard let source = text.baseAddress, let target = out.baseAddress else { return }
                var (copied, start) = (0, 0)
                for (index, block) in blocks.enumerated() {
                    let count = Int(counts[index])
                    if count > 0 {
                        (target + length).update(from: source + copied, count: start - copied)
                        length += start - copied
                        copied = start
                    }
                    starts.append(length + start - copied)
                    if count > 0 {
                        (target + length).update(repeating: 0x0A, count: count)
                        length += count
                    }
                    start = block.end
                }
                (target + length).update(from: source + copied, count: text.count - copied)
                length += text.count - copied
            }
        }
    }
}
