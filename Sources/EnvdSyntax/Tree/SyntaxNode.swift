/// A view of one node: two words, made on demand, that keep nothing alive (`ChunkMemory`). Two views are equal when they are of the
/// same node of the same chunk at the same place.
package struct SyntaxNode: Sendable, Hashable {
    package let content: ChunkContent
    private let chunkOffsetWord: UInt32
    private let indexWord: UInt32

    @inline(__always)
    init(content: ChunkContent, chunkOffset: Int, index: Int) {
        self.content = content
        // No file is so large that these do not hold its places (`SyntaxLimits.fileSize`).
        chunkOffsetWord = UInt32(truncatingIfNeeded: chunkOffset)
        indexWord = UInt32(truncatingIfNeeded: index)
    }

    /// Where the chunk begins in the file, in UTF-8 bytes.
    package var chunkOffset: Int { Int(chunkOffsetWord) }
    /// The node's place in the chunk's preorder.
    package var index: Int { Int(indexWord) }

    @inline(__always) var record: NodeRecord { content.nodes[index] }

    package var kind: SyntaxKind { SyntaxKind(trusted: UInt8(truncatingIfNeeded: record.kind)) }

    /// From the first token to the last, without the trivia before and the layout tokens at the end.
    package var range: Range<Int> {
        let inner = content.trimmedRange(ofTokens: tokenIndices)
        return (inner.lowerBound + chunkOffset)..<(inner.upperBound + chunkOffset)
    }

    /// Where its first token begins; of a node without tokens, where the token before it ends.
    package var start: Int {
        let indices = tokenIndices
        if indices.isEmpty { return range.lowerBound }
        return content.tokens[indices.lowerBound].start + chunkOffset
    }

    package var text: String { content.string(in: content.trimmedRange(ofTokens: tokenIndices)) }

    var tokenIndices: Range<Int> {
        let record = record
        return Int(record.firstToken)..<Int(record.tokenEnd)
    }

    // MARK: - Relatives

    package var parent: SyntaxNode? {
        let parent = record.parent
        return parent == NodeRecord.none
            ? nil : SyntaxNode(content: content, chunkOffset: chunkOffset, index: Int(parent))
    }

    /// The parent, its parent, and so on; at most `SyntaxLimits.depth` of them.
    package var ancestors: some Sequence<SyntaxNode> {
        sequence(state: self) { node in
            guard let parent = node.parent else { return SyntaxNode?.none }
            node = parent
            return parent
        }
    }

    /// Child nodes in source order.
    package var children: SyntaxNodeChildren { SyntaxNodeChildren(node: self) }

    /// The subtree in preorder, this node first.
    package var descendants: SyntaxDescendants {
        SyntaxDescendants(content: content, chunkOffset: chunkOffset, place: index, end: index + Int(record.size))
    }

    /// All tokens of the subtree, the layout tokens among them.
    package var tokens: SyntaxTokens {
        let indices = tokenIndices
        return SyntaxTokens(
            content: content, chunkOffset: chunkOffset, startIndex: indices.lowerBound, endIndex: indices.upperBound)
    }

    package var firstToken: SyntaxToken? { token(at: tokenIndices.first) }
    package var lastToken: SyntaxToken? { token(at: tokenIndices.last) }

    private func token(at index: Int?) -> SyntaxToken? {
        index.map { SyntaxToken(content: content, chunkOffset: chunkOffset, index: $0) }
    }

    /// Child nodes and the node's own tokens in source order.
    package var elements: [SyntaxElement] {
        var out: [SyntaxElement] = []
        var token = tokenIndices.lowerBound
        func tokens(upTo end: Int) {
            while token < end {
                out.append(.token(SyntaxToken(content: content, chunkOffset: chunkOffset, index: token)))
                token += 1
            }
        }
        for child in children {
            tokens(upTo: child.tokenIndices.lowerBound)
            out.append(.node(child))
            token = max(token, child.tokenIndices.upperBound)
        }
        tokens(upTo: tokenIndices.upperBound)
        return out
    }

    // MARK: - What the typed views ask

    /// The node's own tokens, without those of its children.
    package var ownTokens: some Sequence<SyntaxToken> {
        sequence(state: OwnTokens(node: self)) { $0.next() }
    }

    package func firstToken(of kind: SyntaxKind) -> SyntaxToken? { firstOwnToken { $0 == kind } }

    package func firstToken(where accepts: (SyntaxKind) -> Bool) -> SyntaxToken? { firstOwnToken(accepts) }

    /// Views are asked for tokens and children more often than for anything else: only what is found becomes a view.
    @inline(__always)
    private func firstOwnToken(_ accepts: (SyntaxKind) -> Bool) -> SyntaxToken? {
        let (nodes, tokens, record) = (content.nodes, content.tokens, record)
        let (end, childEnd) = (Int(record.tokenEnd), index + Int(record.size))
        var (token, child) = (Int(record.firstToken), index + 1)
        while token < end {
            if child < childEnd, Int(nodes[child].firstToken) <= token {
                token = Swift.max(token, Int(nodes[child].tokenEnd))
                child += Int(nodes[child].size)
                continue
            }
            if accepts(tokens[token].kind) {
                return SyntaxToken(content: content, chunkOffset: chunkOffset, index: token)
            }
            token += 1
        }
        return nil
    }

    /// The child at a place among those that the view accepts.
    package func child<View: SyntaxView>(_ place: Int) -> View? {
        let nodes = content.nodes
        let end = index + Int(record.size)
        var (left, child) = (place, index + 1)
        while child < end {
            if View.accepts(SyntaxKind(trusted: UInt8(truncatingIfNeeded: nodes[child].kind))) {
                if left == 0 {
                    return View(SyntaxNode(content: content, chunkOffset: chunkOffset, index: child))
                }
                left -= 1
            }
            child += Int(nodes[child].size)
        }
        return nil
    }
}

private struct OwnTokens {
    let content: ChunkContent
    let chunkOffset: Int
    var token: Int
    let tokenEnd: Int
    var child: Int
    let childEnd: Int

    init(node: SyntaxNode) {
        content = node.content
        chunkOffset = node.chunkOffset
        let record = node.record
        token = Int(record.firstToken)
        tokenEnd = Int(record.tokenEnd)
        child = node.index + 1
        childEnd = node.index + Int(record.size)
    }

    mutating func next() -> SyntaxToken? {
        while child < childEnd {
            let record = content.nodes[child]
            if Int(record.firstToken) > token { break }
            token = Swift.max(token, Int(record.tokenEnd))
            child += Int(record.size)
        }
        guard token < tokenEnd else { return nil }
        defer { token += 1 }
        return SyntaxToken(content: content, chunkOffset: chunkOffset, index: token)
    }
}

/// A child node or one of a node's own tokens.
package enum SyntaxElement: Sendable, Hashable {
    case node(SyntaxNode)
    case token(SyntaxToken)
}

/// The child nodes of a node in source order.
package struct SyntaxNodeChildren: Sequence, Sendable {
    let node: SyntaxNode

    package struct Iterator: IteratorProtocol, Sendable {
        let content: ChunkContent
        let chunkOffset: Int
        var place: Int
        let end: Int

        package mutating func next() -> SyntaxNode? { nextPlace().map(node) }

        /// The next child as its place in the preorder.
        @inline(__always)
        mutating func nextPlace() -> Int? {
            guard place < end else { return nil }
            defer { place += Int(content.nodes[place].size) }
            return place
        }

        @inline(__always)
        func kind(at place: Int) -> SyntaxKind {
            SyntaxKind(trusted: UInt8(truncatingIfNeeded: content.nodes[place].kind))
        }

        @inline(__always)
        func node(at place: Int) -> SyntaxNode {
            SyntaxNode(content: content, chunkOffset: chunkOffset, index: place)
        }
    }

    package func makeIterator() -> Iterator {
        Iterator(
            content: node.content, chunkOffset: node.chunkOffset, place: node.index + 1,
            end: node.index + Int(node.record.size))
    }
}

/// The nodes of a subtree in preorder.
package struct SyntaxDescendants: Sequence, IteratorProtocol, Sendable {
    let content: ChunkContent
    let chunkOffset: Int
    var place: Int
    let end: Int

    package mutating func next() -> SyntaxNode? {
        guard place < end else { return nil }
        defer { place += 1 }
        return SyntaxNode(content: content, chunkOffset: chunkOffset, index: place)
    }

    /// The next node of a kind for which the table has `true`.
    ///
    /// - Parameter kinds: a place for every kind, by its raw value.
    package mutating func next(ofKinds kinds: [Bool]) -> SyntaxNode? {
        let nodes = content.nodes
        while place < end, !kinds[Int(UInt8(truncatingIfNeeded: nodes[place].kind))] { place += 1 }
        return next()
    }
}

/// Some of a chunk's tokens, the layout tokens among them.
package struct SyntaxTokens: RandomAccessCollection, Sendable {
    let content: ChunkContent
    let chunkOffset: Int
    package let startIndex: Int
    package let endIndex: Int

    package subscript(index: Int) -> SyntaxToken {
        SyntaxToken(content: content, chunkOffset: chunkOffset, index: index)
    }
}

// MARK: - Typed views

/// A typed view of a node, generated from the grammar.
package protocol SyntaxView: Sendable, Hashable {
    /// Nil where the node is of another kind.
    init?(_ node: SyntaxNode)
    var node: SyntaxNode { get }
    static func accepts(_ kind: SyntaxKind) -> Bool
}

extension SyntaxView {
    package var range: Range<Int> { node.range }
}
