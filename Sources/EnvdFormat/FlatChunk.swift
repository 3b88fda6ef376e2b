import EnvdSyntax

/// A chunk's tokens and nodes as they lie in memory: what the formatter reads, without a view object for every question.
///
/// Offsets are UTF-8 bytes from the beginning of the chunk, nodes are in preorder. It does not keep the chunk alive:
/// whoever makes one holds the chunk for as long.
struct FlatChunk {
    private unowned(unsafe) let chunk: Chunk
    private let tokens: UnsafePointer<TokenWord>
    private let nodes: UnsafePointer<NodeRecord>
    let text: UnsafeBufferPointer<UInt8>
    let tokenCount: Int
    let nodeCount: Int
    /// The end of the file stands in this chunk, and nothing else.
    let isEndOfFile: Bool

    init(_ chunk: Chunk) {
        self.chunk = chunk
        let records = chunk.records
        tokens = records.tokens
        nodes = records.nodes
        text = UnsafeBufferPointer(start: records.text, count: Int(chunk.utf8Count))
        nodeCount = Int(chunk.nodeCount)
        isEndOfFile = nodeCount == 0
        tokenCount = isEndOfFile ? 0 : Int(chunk.tokenCount)
    }

    // MARK: - Tokens

    @inline(__always) func kind(ofToken token: Int) -> SyntaxKind { tokens[token].kind }
    @inline(__always) func start(ofToken token: Int) -> Int { tokens[token].start }

    @inline(__always)
    func end(ofToken token: Int) -> Int {
        let word = tokens[token]
        let length = word.shortLength
        return word.start &+ (length == TokenWord.longLength ? chunk.longLength(ofToken: token) : length)
    }

    @inline(__always)
    func text(ofToken token: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: text[start(ofToken: token)..<end(ofToken: token)])
    }

    // MARK: - Nodes

    @inline(__always)
    func kind(_ node: Int) -> SyntaxKind { SyntaxKind(trusted: UInt8(truncatingIfNeeded: nodes[node].kind)) }
    /// The first and the last token of the subtree.
    @inline(__always) func first(_ node: Int) -> Int { Int(truncatingIfNeeded: nodes[node].firstToken) }
    @inline(__always) func last(_ node: Int) -> Int { Int(truncatingIfNeeded: nodes[node].tokenEnd) &- 1 }
    /// Where the next node stands that is not in the subtree.
    @inline(__always) func end(_ node: Int) -> Int { node &+ Int(truncatingIfNeeded: nodes[node].size) }

    /// The parent's place, -1 for a top-level statement.
    @inline(__always)
    func parent(_ node: Int) -> Int {
        let parent = nodes[node].parent
        return parent == NodeRecord.none ? -1 : Int(truncatingIfNeeded: parent)
    }

    /// The places of a node's children.
    @inline(__always)
    func children(of node: Int) -> Children { Children(chunk: self, place: node + 1, end: end(node)) }

    @inline(__always)
    func firstChild(of node: Int) -> Int? { node + 1 < end(node) ? node + 1 : nil }

    func secondChild(of node: Int) -> Int? {
        guard let first = firstChild(of: node) else { return nil }
        let next = end(first)
        return next < end(node) ? next : nil
    }

    func parentKind(of node: Int) -> SyntaxKind? {
        let parent = parent(node)
        return parent >= 0 ? kind(parent) : nil
    }

    struct Children: Sequence, IteratorProtocol {
        let chunk: FlatChunk
        var place: Int
        let end: Int

        @inline(__always)
        mutating func next() -> Int? {
            guard place < end else { return nil }
            defer { place = chunk.end(place) }
            return place
        }
    }
}
