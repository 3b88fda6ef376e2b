import EnvdSyntax

/// What `# fmt: off`, `# fmt: on` and `# fmt: skip` keep of a chunk as it stands.
///
/// What a directive means depends on how black's tree is made: it keeps whole nodes, beginning with the one that the
/// directive stands before or behind. So this is decided over a tree of that shape (`DirectiveTree`), which only chunks
/// with directives pay for.
struct KeptText {
    /// Tokens that are kept, with all that stands between them, or comments alone.
    struct Run {
        /// The first and the last token; of comments alone, the token that they stand before and the one before that.
        var first: Int
        var last: Int
        /// The pieces of the source that the text is made of.
        var text: [Range<Int>]
        /// Where the comments end that stand before it and are written as usual.
        var leadingEnd: Int
        /// Where the trivia begins of the token behind it.
        var end: Int
        /// It goes on from the chunk before.
        var isContinuation = false
        /// All of a chunk, which is no comment to what follows.
        var isWholeChunk = false
        /// Inside of other text that is kept, it has lost its indentation.
        var losesIndentation = false
        /// It ends on a line, but what follows there stands on the next one: for black a line begins there.
        var endsLine = false
        /// Blank lines before it; without it, those that the source has. Before comments that lead up to it there are none then.
        var blankLines: Int?
        /// Comments that belong to the chunk before.
        var isApart = false
        /// It ends in `# fmt: skip`.
        var isSkipped = false

        var isCommentsAlone: Bool { last < first }
    }

    private(set) var runs: [Run] = []
    /// What is left where the chunk ends.
    private(set) var stateAfter: DirectiveState = []

    init() {}

    init(_ chunk: FlatChunk, _ place: DirectiveTrust.Place) {
        var finder = Finder(chunk, place)
        finder.find()
        runs = finder.runs.sorted { ($0.first, $0.last) < ($1.first, $1.last) }
        if finder.endsInside { stateAfter.insert(.isOff) }
        if let last = runs.last, last.isSkipped, Self.isEnd(last, of: chunk) { stateAfter.insert(.isSkipped) }
    }

    /// Whether nothing is left of the chunk behind a run but its line break, and the end of the block on its one line.
    private static func isEnd(_ run: Run, of chunk: FlatChunk) -> Bool {
        guard run.last + 2 < chunk.tokenCount else { return run.last + 2 == chunk.tokenCount }
        return run.first == 0 && (run.last + 2..<chunk.tokenCount).allSatisfy { chunk.kind(ofToken: $0) == .dedent }
    }

    /// Keeps all of a chunk as it stands.
    init(wholeOf chunk: FlatChunk, _ place: DirectiveTrust.Place, stateAfter: DirectiveState) {
        self.stateAfter = stateAfter
        let text = chunk.text
        var start = 0
        if !place.stateBefore.contains(.isOff) {
            if place.isFirstInFile, text.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
            while start < text.count, Blanks.isASCIIBlank(text[start]) { start += 1 }
        }
        let end = chunk.isEndOfFile ? text.count : chunk.end(ofToken: chunk.tokenCount - 1)
        var run = Run(
            first: 0, last: chunk.tokenCount - 1, text: [start..<max(start, end)], leadingEnd: start, end: end)
        run.isContinuation = place.stateBefore.contains(.isOff)
        run.isWholeChunk = true
        runs = [run]
    }
}

/// A comment in the trivia before a token.
private struct PlacedComment {
    /// From `#` to its last character that is no blank.
    var range: Range<Int>
    /// Where the next line begins, or the trivia ends.
    var consumed: Int
    /// Where the blanks before it begin.
    var lineStart: Int
    /// It stands on the line on which the trivia begins: behind the token before.
    var isTrailing: Bool
    /// The directives in it.
    var isOff: Bool
    var isOn: Bool
    var isSkip: Bool
}

private struct Finder {
    private let chunk: FlatChunk
    private let place: DirectiveTrust.Place
    private var tree: DirectiveTree
    var runs: [KeptText.Run] = []
    var endsInside = false

    init(_ chunk: FlatChunk, _ place: DirectiveTrust.Place) {
        self.chunk = chunk
        self.place = place
        tree = DirectiveTree(chunk, isFirstInFile: place.isFirstInFile)
    }

    mutating func find() {
        if place.stateBefore.contains(.isOff), let first = tree.firstChild(of: tree.root) {
            keepOff(generateOff(from: first), comment: nil, leadingEnd: 0)
        }
        for leaf in tree.leaves {
            // Each round takes a directive from the trivia, or the leaf from the tree.
            while tree.isAttached(leaf), convert(leaf) {}
        }
    }

    /// Takes the first directive before a leaf that keeps something; false where there is none.
    private mutating func convert(_ leaf: Int) -> Bool {
        let comments = comments(in: tree.prefix(of: leaf))
        guard comments.contains(where: { $0.isOff || $0.isSkip }) else { return false }
        for (index, comment) in comments.enumerated() where isDirective(comment, before: leaf) {
            if comment.isSkip {
                if index > 0, !hasSameText(comment, comments[0]) { continue }
                if keepSkip(leaf, comment) { return true }
                continue
            }
            let nodes = generateOff(from: tree.container(of: leaf, text: chunk.text))
            if nodes.isEmpty {
                if keepComments(leaf, comments) { return true }
            } else {
                keepOff(nodes, comment: comment, leadingEnd: comment.range.lowerBound)
                return true
            }
        }
        return false
    }

    private func isDirective(_ comment: PlacedComment, before leaf: Int) -> Bool {
        guard comment.isOff || comment.isSkip, !(comment.isOff && tree.kind(of: leaf).closes) else { return false }
        guard comment.isTrailing else { return true }
        guard let before = kindBefore(leaf) else { return true }
        if comment.isOff, !before.isLayout, before != .kept { return false }
        return !(comment.isSkip && before.isLayout)
    }

    /// The kind of the leaf before one; nil where the file begins.
    private func kindBefore(_ leaf: Int) -> DirectiveTree.Kind? {
        if let kind = tree.kindBefore(leaf) { return kind }
        if place.isFirstInFile { return nil }
        return place.stateBefore.contains(.isOff) ? .kept : .newline
    }

    private func hasSameText(_ one: PlacedComment, _ other: PlacedComment) -> Bool {
        chunk.text[one.range].elementsEqual(chunk.text[other.range])
    }

    // MARK: - Off and on

    private func isOn(_ node: Int) -> Bool {
        var isOn = false
        for comment in comments(in: tree.prefix(of: node)) {
            if comment.isOn { isOn = true } else if comment.isOff { isOn = false }
        }
        return isOn
    }

    private func hasOn(inChildrenOf node: Int) -> Bool { tree.children(of: node).contains { isOn($0) } }

    /// The nodes from one on that are kept, up to `# fmt: on` or the end of the block.
    private mutating func generateOff(from start: Int) -> [Int] {
        var nodes: [Int] = []
        let parent = tree.parent(of: start)
        for node in tree.row(from: start) {
            if tree.kind(of: node) == .endOfFile || isOn(node) { return nodes }
            if hasOn(inChildrenOf: node) {
                for child in tree.children(of: node) {
                    if tree.isLeaf(child), isOn(child) {
                        if tree.kind(of: child).closes { nodes.append(child) }
                        return nodes
                    }
                    if tree.kind(of: child) == .indent, let next = tree.behind(child), hasOn(inChildrenOf: next) {
                        return nodes
                    }
                    if hasOn(inChildrenOf: child) { return nodes }
                    nodes.append(child)
                }
                return nodes
            }
            if tree.kind(of: node) == .dedent, tree.behind(node) == nil { return nodes }
            nodes.append(node)
        }
        endsInside = endsInside || parent == tree.root
        return nodes
    }

    private mutating func keepOff(_ nodes: [Int], comment: PlacedComment?, leadingEnd: Int) {
        guard let first = nodes.first, let last = nodes.last else { return }
        let tokens = tree.tokens(of: first).lowerBound..<tree.tokens(of: last).upperBound
        let end = chunk.end(ofToken: tokens.upperBound - 1)
        var text: [Range<Int>] = []
        if let comment {
            text.append(comment.range)
            let lineEnd = lineEnd(comment.range.upperBound)
            text.append(lineEnd..<max(lineEnd, end))
        } else {
            text.append(leadingEnd..<end)
        }
        let endsLine = endsInOtherStatement(last, parentOfFirst: comment == nil ? tree.root : tree.parent(of: first))
        keep(nodes, tokens, text: text, leadingEnd: leadingEnd, end: end)
        runs[runs.count - 1].endsLine = endsLine
        runs[runs.count - 1].isContinuation = comment == nil
        runs[runs.count - 1].losesIndentation = comment != nil
    }

    /// Whether it ends in a simple statement or the header of a definition but begins before that: black begins a line where
    /// these do, of which nothing but the end is left, and where other statements have their keyword, which is kept.
    private func endsInOtherStatement(_ last: Int, parentOfFirst: Int?) -> Bool {
        guard let parent = tree.parent(of: last), parent != parentOfFirst else { return false }
        if tree.kind(of: parent) == .line { return true }
        return tree.kind(of: parent) == .compound
            && chunk.kind(ofToken: tree.tokens(of: parent).lowerBound) == .defKeyword
    }

    /// Comments from `# fmt: off` to `# fmt: on` with no code between them.
    private mutating func keepComments(_ leaf: Int, _ comments: [PlacedComment]) -> Bool {
        guard let off = comments.firstIndex(where: \.isOff),
            let on = comments[(off + 1)...].firstIndex(where: \.isOn)
        else { return false }
        let lineEnd = lineEnd(comments[off].range.upperBound)
        let textEnd = max(lineEnd, self.lineEnd(comments[on].range.upperBound))
        let token = tree.tokens(of: leaf).lowerBound
        runs.append(
            KeptText.Run(
                first: token, last: token - 1, text: [comments[off].range, lineEnd..<textEnd],
                leadingEnd: comments[off].range.lowerBound, end: comments[on].consumed, blankLines: off > 0 ? 0 : nil))
        let prefix = tree.prefix(of: leaf).lowerBound..<comments[off].range.lowerBound
        tree.setPrefixStart(of: leaf, to: comments[on].consumed)
        tree.insertKept(before: leaf, prefix: prefix)
        return true
    }

    // MARK: - Skip

    private mutating func keepSkip(_ leaf: Int, _ comment: PlacedComment) -> Bool {
        let parent = tree.parent(of: leaf)
        var previous = tree.before(leaf) ?? parent.flatMap { tree.before($0) }
        if previous == nil, comment.isTrailing {
            var node: Int? = leaf
            while let current = node, previous == nil {
                previous = tree.before(current)
                node = tree.parent(of: current)
            }
        }
        var nodes: [Int] = []
        if let parent, tree.kind(of: parent) == .suite, tree.kind(of: leaf) == .newline {
            // On a header: all of that is kept.
            var header = tree.before(parent)
            while let node = header, tree.kind(of: node) != .suite {
                nodes.insert(node, at: 0)
                header = tree.before(node)
            }
        } else if let previous {
            nodes = line(before: previous)
            if let parent, let header = inlineHeader(of: parent) { nodes = header + nodes }
            if isBracketOpen(in: nodes) {
                var statement = leaf
                while let outer = tree.parent(of: statement), outer != tree.root, tree.kind(of: outer) != .suite {
                    statement = outer
                }
                nodes = [statement]
            }
        }
        let isBehindIndent = nodes.count == 1 && tree.kind(of: nodes[0]) == .indent
        if isBehindIndent || (nodes.isEmpty && isBehindOtherChunk(leaf, comment)) {
            keepAlone(leaf, comment, isApart: !isBehindIndent)
            return true
        }
        guard let first = nodes.first, let last = nodes.last else { return false }
        let tokens = tree.tokens(of: first).lowerBound..<tree.tokens(of: last).upperBound
        if tokens.isEmpty { return keepWithCommentsAlone(leaf, comment) }
        var textEnd = chunk.end(ofToken: tokens.upperBound - 1)
        let leafTokens = tree.tokens(of: leaf)
        let textStart = chunk.start(ofToken: tokens.lowerBound)
        var text = [textStart..<textEnd]
        if let inner = pieces(textStart, textEnd, nodes, tokens) {
            text = inner
            textEnd = inner.last?.upperBound ?? textEnd
            if tree.kind(of: tree.lastLeaf(of: last)) == .kept, textEnd == 0 || chunk.text[textEnd - 1] != 0x0A,
                let lineBreak = chunk.text.firstIndex(of: 0x0A)
            {
                // It ends in text that is kept, behind which this comment stands on the next line.
                text.append(lineBreak..<(lineBreak + 1))
            }
        } else if let gap = lineBreak(in: nodes) {
            // A header and the one line of its block, which black has on one line then.
            text = [textStart..<gap.lowerBound, gap.upperBound..<textEnd]
        }
        let leadingEnd = runs(in: nodes, tokens).last { $0.first == tokens.lowerBound }?.leadingEnd ?? textStart
        if tokens.contains(leafTokens.lowerBound) {
            keep(nodes, tokens, text: text, leadingEnd: leadingEnd, end: textEnd)
        } else {
            text.append(comment.lineStart..<comment.range.upperBound)
            keep(nodes, tokens, text: text, leadingEnd: leadingEnd, end: comment.consumed)
            runs[runs.count - 1].isSkipped = true
            tree.setPrefixStart(of: leaf, to: comment.consumed)
        }
        return true
    }

    /// The source between two places with what is kept already in some of its tokens; nil where nothing is.
    private func pieces(_ start: Int, _ end: Int, _ nodes: [Int], _ tokens: Range<Int>) -> [Range<Int>]? {
        let inner = runs(in: nodes, tokens).sorted { ($0.first, $0.last) < ($1.first, $1.last) }
        guard !inner.isEmpty else { return nil }
        var pieces: [Range<Int>] = []
        var place = start
        for run in inner {
            guard let first = run.text.first, let last = run.text.last else { continue }
            var before = first.lowerBound
            if run.losesIndentation {
                // Of the blanks before it and those on blank lines, line breaks alone are left.
                let tokenEnd = run.first > tokens.lowerBound ? chunk.end(ofToken: run.first - 1) : start
                var gap: [Range<Int>] = []
                while before > place, Blanks.isASCIIBlank(chunk.text[before - 1]) {
                    before -= 1
                    if chunk.text[before] == 0x0A { gap.append(before..<(before + 1)) }
                }
                if before > max(place, tokenEnd), let lineEnd = gap.popLast() {
                    // Behind a comment, whose line is whole.
                    before = lineEnd.upperBound
                }
                if before > place { pieces.append(place..<before) }
                pieces += gap.reversed()
                before = place
            }
            if before > place { pieces.append(place..<before) }
            pieces += run.text
            place = max(place, last.upperBound)
            if run.isSkipped, run.last + 1 < tokens.upperBound, chunk.kind(ofToken: run.last + 1) == .newline {
                // The comment stood before the line break, to which black adds one.
                pieces.append(chunk.start(ofToken: run.last + 1)..<chunk.end(ofToken: run.last + 1))
            }
        }
        if end > place { pieces.append(place..<end) }
        return pieces
    }

    /// What is kept of nodes that end where the search stands: the last runs.
    private func runs(in nodes: [Int], _ tokens: Range<Int>) -> ArraySlice<KeptText.Run> {
        var start = runs.count
        while start > 0, tokens.contains(runs[start - 1].first), runs[start - 1].last < tokens.upperBound,
            !runs[start - 1].isApart
        { start -= 1 }
        if let first = nodes.first, tree.kind(of: tree.firstLeaf(of: first)) != .kept {
            // Comments alone before the first token are none of theirs.
            while start < runs.count, runs[start].isCommentsAlone, runs[start].first == tokens.lowerBound { start += 1 }
        }
        return runs[start...]
    }

    /// A line break between a header and what is kept of its block: of that and the indentation nothing is kept.
    private func lineBreak(in nodes: [Int]) -> Range<Int>? {
        for (node, next) in zip(nodes, nodes.dropFirst()) {
            let (end, start) = (tree.tokens(of: node).upperBound, tree.tokens(of: next).lowerBound)
            guard end < start, chunk.kind(ofToken: end) == .newline else { continue }
            return chunk.end(ofToken: end - 1)..<chunk.end(ofToken: end)
        }
        return nil
    }

    /// Whether a skip on a line of its own, behind a blank line, stands before a statement of another chunk's block.
    private func isBehindOtherChunk(_ leaf: Int, _ comment: PlacedComment) -> Bool {
        if comment.isTrailing, !place.stateBefore.contains(.isOff) { return false }
        if place.isFirstInFile { return false }
        if tree.kind(of: leaf) == .endOfFile { return true }
        guard let parent = tree.parent(of: leaf), tree.kind(of: parent) == .compound || tree.kind(of: parent) == .line
        else {
            return false
        }
        return tree.parent(of: parent) == tree.root && tree.before(leaf) == nil
    }

    /// The comment comes right behind what stands before it.
    private mutating func keepAlone(_ leaf: Int, _ comment: PlacedComment, isApart: Bool) {
        let token = tree.tokens(of: leaf).lowerBound
        // Where that is text that is kept, so are the blanks before the comment; behind another `# fmt: skip`, black puts a
        // line break more than there was.
        let state = isApart ? place.stateBefore : []
        let start = state.isEmpty ? comment.range.lowerBound : comment.lineStart
        runs.append(
            KeptText.Run(
                first: token, last: token - 1, text: [start..<comment.range.upperBound], leadingEnd: start,
                end: comment.consumed, blankLines: state.contains(.isSkipped) ? 1 : 0, isApart: isApart))
        tree.setPrefixStart(of: leaf, to: comment.consumed)
        let parent = tree.parent(of: leaf)
        tree.insertKept(before: leaf, asSiblingOf: isApart && parent != tree.root ? parent ?? leaf : leaf)
    }

    /// The comment comes right behind others that are kept with no code between them.
    private mutating func keepWithCommentsAlone(_ leaf: Int, _ comment: PlacedComment) -> Bool {
        guard let last = runs.indices.last, runs[last].isCommentsAlone,
            runs[last].first == tree.tokens(of: leaf).lowerBound, let end = runs[last].text.last?.upperBound
        else { return false }
        let lineEnd = lineEnd(end)
        runs[last].text.append(lineEnd..<min(lineEnd + 1, max(lineEnd, comment.lineStart)))
        runs[last].text.append(comment.lineStart..<comment.range.upperBound)
        runs[last].end = comment.consumed
        tree.setPrefixStart(of: leaf, to: comment.consumed)
        return true
    }

    /// The nodes on the line that ends with one.
    private func line(before last: Int) -> [Int] {
        var current = last
        if tree.isLeaf(current), tree.kind(of: current).opens, let parent = tree.parent(of: current),
            tree.kind(of: parent) == .atom
        {
            current = parent
        }
        var nodes = [current]
        if tree.before(current) == nil, let parent = tree.parent(of: current) { current = parent }
        var seen: Set = [current]
        while !tree.prefixHasLineBreak(current, text: chunk.text), let sibling = tree.before(current) {
            current = tree.lastLeaf(of: sibling)
            guard seen.insert(current).inserted, tree.kind(of: current) != .kept else { break }
            if tree.kind(of: current).closes, let parent = tree.parent(of: current), tree.kind(of: parent) == .atom {
                current = parent
            }
            if tree.kind(of: current).isLayout { break }
            nodes.insert(current, at: 0)
            guard tree.before(current) == nil, let parent = tree.parent(of: current) else { continue }
            current = parent
            while true {
                let count = leadingChildren(nodes, of: current)
                guard count > 0 else { break }
                nodes.replaceSubrange(..<count, with: [current])
                guard tree.before(current) == nil, let parent = tree.parent(of: current),
                    leadingChildren(nodes, of: parent) > 0
                else { break }
                current = parent
            }
        }
        return nodes
    }

    /// How many nodes are the children of a node, all of them; 0 where they are not.
    private func leadingChildren(_ nodes: [Int], of node: Int) -> Int {
        var count = 0
        for child in tree.children(of: node) {
            guard count < nodes.count, nodes[count] == child else { return 0 }
            count += 1
        }
        return count
    }

    /// The header of a block whose one line has several statements: it is kept with them.
    private func inlineHeader(of line: Int) -> [Int]? {
        guard tree.kind(of: line) == .line, let outer = tree.parent(of: line) else { return nil }
        var body = line
        if tree.kind(of: outer) == .suite {
            body = outer
            let others = tree.children(of: outer).contains { $0 != line && tree.kind(of: $0) == .line }
            guard !others else { return nil }
        }
        guard let compound = tree.parent(of: body), tree.kind(of: compound) == .compound,
            tree.tokens(of: line).contains(where: { chunk.kind(ofToken: $0) == .semicolon })
        else { return nil }
        var header: [Int] = []
        for child in tree.children(of: compound) {
            if child == body { break }
            header.append(child)
        }
        return header
    }

    private func isBracketOpen(in nodes: [Int]) -> Bool {
        var depth = 0
        for node in nodes {
            for leaf in tree.leaves(of: node) {
                let kind = tree.kind(of: leaf)
                if kind.opens { depth += 1 } else if kind.closes { depth -= 1 }
            }
        }
        return depth > 0
    }

    // MARK: - What both do

    private mutating func keep(_ nodes: [Int], _ tokens: Range<Int>, text: [Range<Int>], leadingEnd: Int, end: Int) {
        // What was kept inside of it is part of its text.
        runs.removeLast(runs(in: nodes, tokens).count)
        runs.append(
            KeptText.Run(
                first: tokens.lowerBound, last: tokens.upperBound - 1, text: text, leadingEnd: leadingEnd, end: end))
        tree.replace(nodes, withKept: tokens, prefixEnd: leadingEnd)
    }

    private func lineEnd(_ place: Int) -> Int {
        var at = place
        while at < chunk.text.count, chunk.text[at] != 0x0A { at += 1 }
        return at
    }

    private func comments(in prefix: Range<Int>) -> [PlacedComment] {
        let text = chunk.text
        guard text[prefix].contains(UInt8(ascii: "#")) else { return [] }
        var comments: [PlacedComment] = []
        var lineStart = prefix.lowerBound
        var (line, joins) = (0, 0)
        while lineStart < prefix.upperBound {
            var end = lineStart
            while end < prefix.upperBound, text[end] != 0x0A { end += 1 }
            var start = lineStart
            while start < end, Blanks.isASCIIBlank(text[start]) { start += 1 }
            if start < end, text[start] == UInt8(ascii: "#") {
                let content = Blanks.trimmedAtEnd(ArraySlice(text[start..<end]))
                func has(_ directives: [[UInt8]]) -> Bool { Directive.contains(any: directives, in: content) }
                comments.append(
                    PlacedComment(
                        range: start..<(start + content.count), consumed: min(end + 1, prefix.upperBound),
                        lineStart: lineStart, isTrailing: line == joins, isOff: has(Directive.off),
                        isOn: has(Directive.on), isSkip: has(Directive.skip)))
            } else if start < end, text[end - 1] == UInt8(ascii: "\\") {
                joins += 1
            }
            line += 1
            lineStart = end + 1
        }
        return comments
    }
}
