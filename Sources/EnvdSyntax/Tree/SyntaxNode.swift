/// A view of one node: three words, made on demand. Two views are equal when they are of the same node of the same
/// chunk at the same place.
package struct SyntaxNode: Sendable, Hashable {
    package let chunk: Chunk
    /// Where the chunk begins in the file, in UTF-8 bytes.
    package let chunkOffset: Int
    /// The node's place in the chunk's preorder.
    package let index: Int

    @inline(__always)
    init(chunk: Chunk, chunkOffset: Int, index: Int) {
        self.chunk = chunk
        self.chunkOffset = chunkOffset
        self.index = index
    }

    @inline(__always) var record: NodeRecord { chunk.nodes[index] }

    package var kind: SyntaxKind { SyntaxKind(trusted: UInt8(truncatingIfNeeded: record.kind)) }

    /// From the first token to the last, without the trivia before and the layout tokens at the end.
    package var range: Range<Int> {
        let inner = chunk.trimmedRange(ofTokens: tokenIndices)
        return (inner.lowerBound + chunkOffset)..<(inner.upperBound + chunkOffset)
    }

    package var text: String { chunk.string(in: chunk.trimmedRange(ofTokens: tokenIndices)) }

    var tokenIndices: Range<Int> {
        let record = record
        return Int(record.firstToken)..<Int(record.tokenEnd)
    }

    // MARK: - Relatives

    package var parent: SyntaxNode? {
        let parent = record.parent
        return parent == NodeRecord.none ? nil : SyntaxNode(chunk: chunk, chunkOffset: chunkOffset, index: Int(parent))
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
    package var descendants: some Sequence<SyntaxNode> {
        (index..<(index + Int(record.size))).lazy.map {
            SyntaxNode(chunk: chunk, chunkOffset: chunkOffset, index: $0)
        }
    }

    /// All tokens of the subtree, the layout tokens among them.
    package var tokens: some RandomAccessCollection<SyntaxToken> {
        tokenIndices.lazy.map { SyntaxToken(chunk: chunk, chunkOffset: chunkOffset, index: $0) }
    }

    package var firstToken: SyntaxToken? { tokens.first }
    package var lastToken: SyntaxToken? { tokens.last }

    /// Child nodes and the node's own tokens in source order.
    package var elements: [SyntaxElement] {
        var out: [SyntaxElement] = []
        var token = tokenIndices.lowerBound
        func tokens(upTo end: Int) {
            while token < end {
                out.append(.token(SyntaxToken(chunk: chunk, chunkOffset: chunkOffset, index: token)))
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

    package func firstToken(of kind: SyntaxKind) -> SyntaxToken? { firstToken { $0 == kind } }

    package func firstToken(where accepts: (SyntaxKind) -> Bool) -> SyntaxToken? {
        var own = OwnTokens(node: self)
        while let token = own.next() {
            if accepts(token.kind) { return token }
        }
        return nil
    }

    /// The child at a place among those that the view accepts.
    package func child<View: SyntaxView>(_ place: Int) -> View? {
        var left = place
        for child in children where View.accepts(child.kind) {
            if left == 0 { return View(child) }
            left -= 1
        }
        return nil
    }

    package static func == (a: SyntaxNode, b: SyntaxNode) -> Bool {
        a.chunk === b.chunk && a.index == b.index && a.chunkOffset == b.chunkOffset
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(chunk))
        hasher.combine(index)
        hasher.combine(chunkOffset)
    }
}

private struct OwnTokens {
    let chunk: Chunk
    let chunkOffset: Int
    var token: Int
    let tokenEnd: Int
    var child: Int
    let childEnd: Int

    init(node: SyntaxNode) {
        chunk = node.chunk
        chunkOffset = node.chunkOffset
        let record = node.record
        token = Int(record.firstToken)
        tokenEnd = Int(record.tokenEnd)
        child = node.index + 1
        childEnd = node.index + Int(record.size)
    }

    mutating func next() -> SyntaxToken? {
        while child < childEnd {
            let record = chunk.nodes[child]
            if Int(record.firstToken) > token { break }
            token = Swift.max(token, Int(record.tokenEnd))
            child += Int(record.size)
        }
        guard token < tokenEnd else { return nil }
        defer { token += 1 }
        return SyntaxToken(chunk: chunk, chunkOffset: chunkOffset, index: token)
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

    package struct Iterator: IteratorProtocol {
        let chunk: Chunk
        let chunkOffset: Int
        var place: Int
        let end: Int

        package mutating func next() -> SyntaxNode? {
            guard place < end else { return nil }
            defer { place += Int(chunk.nodes[place].size) }
            return SyntaxNode(chunk: chunk, chunkOffset: chunkOffset, index: place)
        }
    }

    package func makeIterator() -> Iterator {
        Iterator(
            chunk: node.chunk, chunkOffset: node.chunkOffset, place: node.index + 1,
            end: node.index + Int(node.record.size))
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

/// The children of a node that a typed view accepts, in source order.
///
/// Inlinable, or other modules would find the witnesses of each kind of view at run time. What has to be a view stands in
/// extensions: a constraint on the type itself would be looked up among all conformances of the binary (0.04 ms) when the type
/// is first used with each kind.
package struct SyntaxChildren<View>: Sendable {
    @usableFromInline let node: SyntaxNode
    /// How many at the beginning are named children of their own.
    @usableFromInline let skipped: Int

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        self.node = node
        self.skipped = skipped
    }
}

package struct SyntaxChildrenIterator<View> {
    @usableFromInline var base: SyntaxNodeChildren.Iterator

    @usableFromInline
    init(base: SyntaxNodeChildren.Iterator) {
        self.base = base
    }
}

extension SyntaxChildrenIterator: IteratorProtocol where View: SyntaxView {
    @inlinable
    package mutating func next() -> View? {
        while let node = base.next() {
            if View.accepts(node.kind), let view = View(node) { return view }
        }
        return nil
    }
}

extension SyntaxChildren: Sequence where View: SyntaxView {
    @inlinable
    package func makeIterator() -> SyntaxChildrenIterator<View> {
        var iterator = SyntaxChildrenIterator<View>(base: node.children.makeIterator())
        for _ in 0..<skipped { _ = iterator.next() }
        return iterator
    }

    @inlinable
    package var first: View? {
        var iterator = makeIterator()
        return iterator.next()
    }
}
