import EnvdSyntax

/// A chunk's tokens and nodes in flat arrays: what the formatter reads, without a view object for every question.
///
/// Offsets are UTF-8 bytes from the beginning of the chunk, `tokens` and `nodes` are in source order and preorder.
struct FlatChunk {
    struct Token {
        var kind: SyntaxKind
        var start: Int32
        var end: Int32
    }

    struct Node {
        var kind: SyntaxKind
        /// Tokens of the subtree.
        var firstToken: Int32
        var tokenEnd: Int32
        /// Where the next node begins that is not in the subtree.
        var end: Int32
        /// The parent's place, -1 for a top-level statement.
        var parent: Int32
    }

    private(set) var tokens: [Token] = []
    private(set) var nodes: [Node] = []
    let utf8Count: Int
    /// The end of the file stands in this chunk.
    let isEndOfFile: Bool

    init(_ chunk: Chunk) {
        utf8Count = Int(chunk.utf8Count)
        let statements = chunk.statements(at: 0)
        var token = statements.first?.firstToken
        while let current = token {
            let range = current.range
            tokens.append(
                Token(kind: current.kind, start: Int32(range.lowerBound), end: Int32(range.upperBound)))
            token = current.next
        }
        isEndOfFile = statements.isEmpty
        for statement in statements {
            let base = Int32(nodes.count)
            let shift = base - Int32(statement.index)
            for node in statement.descendants {
                let first = node.firstToken?.index ?? 0
                let last = node.lastToken?.index ?? (first - 1)
                nodes.append(
                    Node(
                        kind: node.kind, firstToken: Int32(first), tokenEnd: Int32(last + 1), end: 0,
                        parent: node.parent.map { Int32($0.index) + shift } ?? -1))
            }
        }
        setEnds()
    }

    private mutating func setEnds() {
        for index in nodes.indices.reversed() {
            nodes[index].end = max(nodes[index].end, Int32(index + 1))
            let parent = Int(nodes[index].parent)
            if parent >= 0 { nodes[parent].end = max(nodes[parent].end, nodes[index].end) }
        }
    }

    // MARK: - Relatives

    /// The places of a node's children.
    func children(of node: Int) -> Children { Children(nodes: nodes, place: node + 1, end: Int(nodes[node].end)) }

    func firstChild(of node: Int) -> Int? { node + 1 < Int(nodes[node].end) ? node + 1 : nil }

    func secondChild(of node: Int) -> Int? {
        guard let first = firstChild(of: node) else { return nil }
        let next = Int(nodes[first].end)
        return next < Int(nodes[node].end) ? next : nil
    }

    func parentKind(of node: Int) -> SyntaxKind? {
        let parent = Int(nodes[node].parent)
        return parent >= 0 ? nodes[parent].kind : nil
    }

    struct Children: Sequence, IteratorProtocol {
        let nodes: [Node]
        var place: Int
        let end: Int

        mutating func next() -> Int? {
            guard place < end else { return nil }
            defer { place = Int(nodes[place].end) }
            return place
        }
    }
}
