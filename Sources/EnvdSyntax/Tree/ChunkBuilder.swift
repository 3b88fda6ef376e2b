// From the parser's postorder to a chunk's preorder, in one pass from the back.

extension ChunkParser {
    mutating func makeChunk(end chunkEnd: Int, examined: Int) -> Chunk {
        if nodes.count > SyntaxLimits.depth, depthExceedsLimit() { replaceWithErrorStatement() }
        let count = nodes.count
        let content = ChunkContent(
            tokens: tokens.base, tokenCount: tokens.count, nodeCount: count,
            diagnostics: diagnostics.base, diagnosticCount: diagnostics.count,
            longTokens: longTokens.base, longTokenCount: longTokens.count,
            text: text + chunkStart, utf8Count: chunkEnd - chunkStart, examined: examined,
            hasByteOrderMark: hasByteOrderMark
        ) { records in
            _ = placeNodes(in: records)
        }
        return Chunk(content)
    }

    /// Writes the nodes in preorder. Read from the back, postorder is preorder with the children of every node
    /// reversed; since each node knows its size, its place follows from where its next sibling went.
    ///
    /// - Returns: the greatest number of ancestors.
    private mutating func placeNodes(in records: UnsafeMutablePointer<NodeRecord>?) -> Int {
        parents.removeAll()
        var rootNext = UInt32(truncatingIfNeeded: nodes.count)
        var deepest = 0
        var index = nodes.count
        while index > 0 {
            index &-= 1
            let node = nodes.base[index]
            while !parents.isEmpty, parents.last.next == parents.last.place &+ 1 { parents.removeLast() }
            let place: UInt32
            let parent: UInt32
            if parents.isEmpty {
                rootNext &-= node.size
                place = rootNext
                parent = NodeRecord.none
            } else {
                let top = parents.count &- 1
                parents.base[top].next &-= node.size
                place = parents.base[top].next
                parent = parents.base[top].place
            }
            if let records {
                (records + Int(place)).initialize(
                    to: NodeRecord(
                        kind: UInt32(node.kind.rawValue), firstToken: node.firstToken, tokenEnd: node.tokenEnd,
                        size: node.size, parent: parent))
            }
            if node.size > 1 {
                parents.append(OpenParent(place: place, next: place &+ node.size))
                if parents.count > deepest { deepest = parents.count }
            }
        }
        return deepest
    }

    private mutating func depthExceedsLimit() -> Bool { placeNodes(in: nil) >= SyntaxLimits.depth }

    /// A tree too deep to be walked becomes one error node over all its tokens.
    private mutating func replaceWithErrorStatement() {
        nodes.removeAll()
        current = tokens.count
        if !tokens.isEmpty, tokens.last.kind == .eof { current -= 1 }
        finish(.errorStmt, Mark(token: 0, node: 0))
        quietUntil = 0
        unclosedNesting = 0
        report(.tooDeep, atToken: 0)
    }
}
