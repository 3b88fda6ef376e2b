import EnvdSyntax

/// A chunk's tokens as a tree of the shape that black works with: a node for each rule that has more than one child, rows
/// of calls and of operators flat, elements and their commas in a node of their own.
///
/// Made for chunks with directives only.
struct DirectiveTree {
    /// What of a node or a leaf matters to directives.
    enum Kind {
        case root, suite, compound, line, atom, node
        case opening, closing, newline, indent, dedent, token, endOfFile
        /// Text that a directive keeps.
        case kept

        var opens: Bool { self == .opening }
        var closes: Bool { self == .closing }
        /// Line breaks and indentation, which are leaves for black.
        var isLayout: Bool { self == .newline || self == .indent || self == .dedent }
    }

    private struct Node {
        var kind: Kind
        var parent: Int?
        // Siblings are linked, so that a long row of them is not moved at each change.
        var firstChild: Int?
        var lastChild: Int?
        var before: Int?
        var behind: Int?
        var tokens: Range<Int>
        /// Of a leaf: the trivia before it.
        var prefix: Range<Int>
    }

    private var nodes: [Node] = []
    let root: Int
    /// All leaves as they were in the beginning.
    private(set) var leaves: [Int] = []

    // MARK: - Questions

    func kind(of node: Int) -> Kind { nodes[node].kind }
    func parent(of node: Int) -> Int? { nodes[node].parent }
    func children(of node: Int) -> Row { Row(tree: self, place: nodes[node].firstChild) }
    /// The tokens of a node, of which some may have become text that is kept.
    func tokens(of node: Int) -> Range<Int> {
        let (first, last) = (nodes[firstLeaf(of: node)].tokens, nodes[lastLeaf(of: node)].tokens)
        return first.lowerBound..<max(first.lowerBound, last.upperBound)
    }

    func isLeaf(_ node: Int) -> Bool { nodes[node].firstChild == nil }

    /// A node and its siblings behind it.
    func row(from node: Int) -> Row { Row(tree: self, place: node) }

    struct Row: Sequence, IteratorProtocol {
        fileprivate let tree: DirectiveTree
        fileprivate var place: Int?

        mutating func next() -> Int? {
            guard let current = place else { return nil }
            place = tree.nodes[current].behind
            return current
        }
    }

    /// The trivia before the first leaf of a node.
    func prefix(of node: Int) -> Range<Int> { nodes[firstLeaf(of: node)].prefix }

    func firstLeaf(of node: Int) -> Int {
        var node = node
        while let first = nodes[node].firstChild { node = first }
        return node
    }

    func lastLeaf(of node: Int) -> Int {
        var node = node
        while let last = nodes[node].lastChild { node = last }
        return node
    }

    func leaves(of node: Int) -> [Int] {
        var found: [Int] = []
        var open = [node]
        while let next = open.popLast() {
            if isLeaf(next) { found.append(next) } else { open += children(of: next).reversed() }
        }
        return found
    }

    func firstChild(of node: Int) -> Int? { nodes[node].firstChild }
    func before(_ node: Int) -> Int? { nodes[node].before }
    func behind(_ node: Int) -> Int? { nodes[node].behind }

    func isAttached(_ leaf: Int) -> Bool {
        var node: Int? = leaf
        while let current = node {
            if current == root { return true }
            node = nodes[current].parent
        }
        return false
    }

    /// The kind of the leaf before one; nil where the tree begins.
    func kindBefore(_ leaf: Int) -> Kind? {
        var node: Int? = leaf
        while let current = node {
            if let before = nodes[current].before { return nodes[lastLeaf(of: before)].kind }
            node = nodes[current].parent
        }
        return nil
    }

    func prefixHasLineBreak(_ node: Int, text: UnsafeBufferPointer<UInt8>) -> Bool {
        text[prefix(of: node)].contains(0x0A)
    }

    /// The topmost node that begins with a leaf, within the statement and the brackets.
    func container(of leaf: Int, text: UnsafeBufferPointer<UInt8>) -> Int {
        let own = prefix(of: leaf)
        var container = leaf
        while let parent = nodes[container].parent, parent != root {
            guard let first = nodes[parent].firstChild else { break }
            let other = prefix(of: first)
            guard other == own || text[other].elementsEqual(text[own]) else { break }
            if let before = nodes[parent].before, nodes[before].kind.opens || nodes[before].kind.closes { break }
            container = parent
        }
        return container
    }

    // MARK: - Changes

    mutating func setPrefixStart(of leaf: Int, to start: Int) {
        nodes[leaf].prefix = min(start, nodes[leaf].prefix.upperBound)..<nodes[leaf].prefix.upperBound
    }

    /// - Parameter prefix: the trivia before what is kept; by default there is none.
    mutating func insertKept(before leaf: Int, asSiblingOf node: Int? = nil, prefix: Range<Int>? = nil) {
        let start = nodes[leaf].prefix.lowerBound
        insert(makeKept(nodes[leaf].tokens.prefix(0), prefix ?? start..<start), before: node ?? leaf)
    }

    /// Puts one leaf in the place of several nodes.
    mutating func replace(_ kept: [Int], withKept tokens: Range<Int>, prefixEnd: Int) {
        guard let first = kept.first else { return }
        let start = prefix(of: first).lowerBound
        insert(makeKept(tokens, start..<max(start, prefixEnd)), before: first)
        for node in kept { remove(node) }
    }

    private mutating func insert(_ new: Int, before node: Int) {
        nodes[new].parent = nodes[node].parent
        nodes[new].before = nodes[node].before
        nodes[new].behind = node
        if let before = nodes[node].before {
            nodes[before].behind = new
        } else if let parent = nodes[node].parent {
            nodes[parent].firstChild = new
        }
        nodes[node].before = new
    }

    private mutating func remove(_ node: Int) {
        let (before, behind, parent) = (nodes[node].before, nodes[node].behind, nodes[node].parent)
        if let before { nodes[before].behind = behind } else if let parent { nodes[parent].firstChild = behind }
        if let behind { nodes[behind].before = before } else if let parent { nodes[parent].lastChild = before }
        nodes[node].parent = nil
        nodes[node].before = nil
        nodes[node].behind = nil
    }

    private mutating func makeKept(_ tokens: Range<Int>, _ prefix: Range<Int>) -> Int {
        nodes.append(Node(kind: .kept, tokens: tokens, prefix: prefix))
        return nodes.count - 1
    }

    // MARK: - Making it

    init(_ chunk: FlatChunk, isFirstInFile: Bool) {
        root = 0
        nodes.append(Node(kind: .root, tokens: 0..<chunk.tokenCount, prefix: 0..<0))
        makeLeaves(chunk, isFirstInFile: isFirstInFile)
        var statements: [Int] = []
        if chunk.isEndOfFile {
            statements = leaves
        } else {
            var tops: [Int] = []
            var node = 0
            while node < chunk.nodeCount {
                tops.append(node)
                node = chunk.end(node)
            }
            statements = lines(of: tops, chunk)
        }
        setChildren(statements, of: root)
    }

    private mutating func makeLeaves(_ chunk: FlatChunk, isFirstInFile: Bool) {
        var start = 0
        if isFirstInFile {
            if chunk.text.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
            // Blank lines at the beginning of the file are none for black.
            while start < chunk.text.count, Blanks.isASCIIBlank(chunk.text[start]) { start += 1 }
        }
        for token in 0..<chunk.tokenCount {
            let kind: Kind
            switch chunk.kind(ofToken: token) {
            case .leftParen, .leftBracket, .leftBrace: kind = .opening
            case .rightParen, .rightBracket, .rightBrace: kind = .closing
            case .newline: kind = .newline
            case .indent: kind = .indent
            case .dedent: kind = .dedent
            case .eof: kind = .endOfFile
            default: kind = .token
            }
            var prefix = start..<max(start, chunk.start(ofToken: token))
            if kind == .indent {
                // What stands before it belongs to the first statement of the block.
                prefix = start..<start
            } else {
                start = max(start, chunk.end(ofToken: token))
            }
            nodes.append(Node(kind: kind, tokens: token..<(token + 1), prefix: prefix))
            leaves.append(nodes.count - 1)
        }
        if chunk.isEndOfFile {
            nodes.append(Node(kind: .endOfFile, tokens: 0..<0, prefix: start..<max(start, chunk.text.count)))
            leaves.append(nodes.count - 1)
        }
    }

    private func leaf(_ token: Int) -> Int { leaves[token] }

    private mutating func setChildren(_ children: [Int], of node: Int) {
        nodes[node].firstChild = children.first
        nodes[node].lastChild = children.last
        var before: Int?
        for child in children {
            nodes[child].parent = node
            nodes[child].before = before
            if let before { nodes[before].behind = child }
            before = child
        }
    }

    /// A node around children; where there is one alone, that.
    private mutating func make(_ children: [Int], kind: Kind = .node) -> Int {
        if children.count == 1, kind == .node { return children[0] }
        let tokens: Range<Int> =
            if let first = children.first, let last = children.last {
                nodes[first].tokens.lowerBound..<max(nodes[first].tokens.lowerBound, nodes[last].tokens.upperBound)
            } else { 0..<0 }
        nodes.append(Node(kind: kind, tokens: tokens, prefix: 0..<0))
        let node = nodes.count - 1
        setChildren(children, of: node)
        return node
    }

    /// The tokens and the subtrees of a node's children, in order.
    private mutating func parts(of node: Int, _ chunk: FlatChunk, from: Int? = nil) -> [Int] {
        var out: [Int] = []
        var token = from ?? chunk.first(node)
        for child in chunk.children(of: node) {
            let (first, last) = (chunk.first(child), chunk.last(child))
            guard first >= token else { continue }
            while token < first {
                out.append(leaf(token))
                token += 1
            }
            out += expanded(child, chunk)
            token = max(token, last + 1)
        }
        while token <= chunk.last(node) {
            out.append(leaf(token))
            token += 1
        }
        return out
    }

    /// The parts of a node's content in brackets as black has them: bracket, all between as one node, bracket.
    private mutating func bracketed(_ parts: [Int]) -> [Int] {
        guard parts.count > 3, let first = parts.first, let last = parts.last else { return parts }
        return [first, make(Array(parts[1..<(parts.count - 1)])), last]
    }

    /// What a node is in its parent: a node, or several where black has none for it.
    private mutating func expanded(_ node: Int, _ chunk: FlatChunk) -> [Int] {
        switch chunk.kind(node) {
        case .dictEntry, .elifClause, .elseClause, .returnAnnotation, .defaultValue: return parts(of: node, chunk)
        case .parameter: return parameter(node, chunk)
        case .parameterList:
            let parts = parts(of: node, chunk)
            if parts.isEmpty { return [] }
            if chunk.kind(ofToken: chunk.first(node)) == .leftParen { return [make(bracketed(parts))] }
            return [make(parts)]
        case .suite: return [suite(node, chunk)]
        default: return [expression(node, chunk)]
        }
    }

    private mutating func parameter(_ node: Int, _ chunk: FlatChunk) -> [Int] {
        var parts: [Int] = []
        var name: [Int] = []
        var token = chunk.first(node)
        for child in chunk.children(of: node) {
            while token < chunk.first(child) {
                chunk.kind(ofToken: token) == .identifier ? name.append(leaf(token)) : parts.append(leaf(token))
                token += 1
            }
            if chunk.kind(child) == .typeAnnotation {
                name += self.parts(of: child, chunk)
            } else {
                if !name.isEmpty { parts.append(make(name)) }
                name = []
                parts += expanded(child, chunk)
            }
            token = chunk.last(child) + 1
        }
        while token <= chunk.last(node) {
            chunk.kind(ofToken: token) == .identifier ? name.append(leaf(token)) : parts.append(leaf(token))
            token += 1
        }
        if !name.isEmpty { parts.append(make(name)) }
        return parts
    }

    private mutating func expression(_ node: Int, _ chunk: FlatChunk) -> Int {
        switch chunk.kind(node) {
        case .parenExpr, .listExpr, .dictExpr: return make(bracketed(parts(of: node, chunk)), kind: .atom)
        case .tupleExpr:
            let parts = parts(of: node, chunk)
            return make(parts, kind: chunk.firstChild(of: node) == nil ? .atom : .node)
        case .listComp, .dictComp: return comprehension(node, chunk)
        case .argumentList: return make(bracketed(parts(of: node, chunk)))
        case .dotExpr, .callExpr, .indexExpr, .sliceExpr: return make(postfix(node, chunk))
        case .loadStmt: return make(load(node, chunk))
        case .binaryExpr: return make(operators(node, chunk))
        default: return make(parts(of: node, chunk))
        }
    }

    private mutating func comprehension(_ node: Int, _ chunk: FlatChunk) -> Int {
        var content: [Int] = []
        var clauses: [[Int]] = []
        for child in chunk.children(of: node) {
            switch chunk.kind(child) {
            case .compFor, .compIf: clauses.append(parts(of: child, chunk))
            default: content += expanded(child, chunk)
            }
        }
        // Each clause holds the next one.
        var inner: Int?
        for clause in clauses.reversed() { inner = make(clause + (inner.map { [$0] } ?? [])) }
        if let inner { content.append(inner) }
        return make([leaf(chunk.first(node)), make(content), leaf(chunk.last(node))], kind: .atom)
    }

    /// A base and its trailers.
    private mutating func postfix(_ node: Int, _ chunk: FlatChunk) -> [Int] {
        var chain = [node]
        while let base = chunk.firstChild(of: chain[chain.count - 1]),
            [.dotExpr, .callExpr, .indexExpr, .sliceExpr].contains(chunk.kind(base))
        {
            chain.append(base)
        }
        var parts: [Int] = []
        for link in chain.reversed() {
            guard let base = chunk.firstChild(of: link) else { continue }
            if parts.isEmpty { parts += expanded(base, chunk) }
            if chunk.kind(link) == .callExpr {
                for child in chunk.children(of: link).dropFirst() { parts.append(expression(child, chunk)) }
                continue
            }
            let trailer = self.parts(of: link, chunk, from: chunk.last(base) + 1)
            switch chunk.kind(link) {
            case .sliceExpr: parts.append(make(slice(trailer, chunk)))
            case .indexExpr: parts.append(make(bracketed(trailer)))
            default: parts.append(make(trailer))
            }
        }
        return parts
    }

    /// The second colon of a slice and what follows it are one node.
    private mutating func slice(_ parts: [Int], _ chunk: FlatChunk) -> [Int] {
        func isColon(_ node: Int) -> Bool {
            isLeaf(node) && chunk.kind(ofToken: nodes[node].tokens.lowerBound) == .colon
        }
        let colons = parts.indices.filter { isColon(parts[$0]) }
        guard colons.count == 2, let last = parts.last else { return bracketed(parts) }
        let step = make(Array(parts[colons[1]..<(parts.count - 1)]))
        return bracketed(Array(parts[..<colons[1]]) + [step, last])
    }

    private mutating func operators(_ node: Int, _ chunk: FlatChunk) -> [Int] {
        func level(_ node: Int) -> Int {
            guard chunk.kind(node) == .binaryExpr, let left = chunk.firstChild(of: node) else { return -1 }
            let kind = chunk.kind(ofToken: chunk.last(left) + 1)
            return kind == .orKeyword ? 100 : Int(SplitPriority.of(operatorKind: kind))
        }
        var rows = [node]
        while let left = chunk.firstChild(of: rows[rows.count - 1]), level(left) == level(node) { rows.append(left) }
        var parts: [Int] = []
        for row in rows.reversed() {
            guard let left = chunk.firstChild(of: row), let right = chunk.secondChild(of: row) else { continue }
            if parts.isEmpty { parts += expanded(left, chunk) }
            parts.append(make((chunk.last(left) + 1..<chunk.first(right)).map { leaf($0) }))
            parts += expanded(right, chunk)
        }
        return parts
    }

    // MARK: - Statements

    /// `load` and its arguments: a call.
    private mutating func load(_ node: Int, _ chunk: FlatChunk) -> [Int] {
        let parts = parts(of: node, chunk)
        guard let first = parts.first else { return parts }
        let end = parts.lastIndex { nodes[$0].kind.closes } ?? parts.count - 1
        return [first, make(bracketed(Array(parts[1...max(1, end)])))]
    }

    /// Statements as lines: simple ones with their `;` and the line break in one node, compound ones as they are.
    private mutating func lines(of statements: [Int], _ chunk: FlatChunk) -> [Int] {
        var lines: [Int] = []
        var line: [Int] = []
        for statement in statements {
            switch chunk.kind(statement) {
            case .defStmt, .ifStmt, .forStmt, .whileStmt:
                lines.append(make(parts(of: statement, chunk), kind: .compound))
            default:
                var end = chunk.last(statement)
                var tail: [Int] = []
                while end >= chunk.first(statement),
                    chunk.kind(ofToken: end) == .newline || chunk.kind(ofToken: end) == .semicolon
                {
                    tail.insert(leaf(end), at: 0)
                    end -= 1
                }
                line.append(simple(statement, upTo: end, chunk))
                line += tail
                if let last = tail.last, nodes[last].kind == .newline {
                    lines.append(make(line, kind: .line))
                    line = []
                }
            }
        }
        if !line.isEmpty { lines.append(make(line, kind: .line)) }
        return lines
    }

    private mutating func simple(_ statement: Int, upTo end: Int, _ chunk: FlatChunk) -> Int {
        if chunk.kind(statement) == .loadStmt { return make(load(statement, chunk)) }
        let all = parts(of: statement, chunk).filter { nodes[$0].tokens.lowerBound <= end }
        // `name: type = value` has all behind the name in one node.
        if chunk.kind(statement) == .assignStmt,
            let type = chunk.children(of: statement).first(where: { chunk.kind($0) == .typeAnnotation }), all.count > 1
        {
            let annotation = parts(of: type, chunk)
            return make([all[0], make(annotation + all[2...])])
        }
        return make(all)
    }

    private mutating func suite(_ node: Int, _ chunk: FlatChunk) -> Int {
        let statements = lines(of: Array(chunk.children(of: node)), chunk)
        guard chunk.kind(ofToken: chunk.first(node)) == .newline else { return make(statements) }
        var before: [Int] = []
        var token = chunk.first(node)
        while token <= chunk.last(node),
            chunk.kind(ofToken: token) == .newline || chunk.kind(ofToken: token) == .indent
        {
            before.append(leaf(token))
            token += 1
        }
        let after = chunk.kind(ofToken: chunk.last(node)) == .dedent ? [leaf(chunk.last(node))] : []
        return make(before + statements + after, kind: .suite)
    }
}
