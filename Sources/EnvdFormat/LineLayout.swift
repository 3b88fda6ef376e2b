import EnvdSyntax

/// Lays out one logical line after another: holds its leaves, decides where it is split, and prints the result.
///
/// The decisions are black's (its "right-hand split"), made over flat rows of leaves: a line is a range of places, so that
/// splitting copies nothing. The buffers are used again for the next logical line.
struct LineLayout {
    let style: Style
    let text: UnsafeBufferPointer<UInt8>
    /// Whether a comma may be put behind `*args` and `**kwargs`, in calls and definitions: where the file does so itself.
    var allowsCommaAfterStarInCall = false
    var allowsCommaAfterStarInDef = false

    var leaves: [Leaf] = []
    var comments: [TrailingComment] = []
    /// Leaves in the order of the line; commas that are added get a stretch of their own at the end.
    var order: [Int32] = []
    var ownText: [UInt8] = []
    /// The lines that the logical line is split into.
    var result: [Line] = []

    init(style: Style, text: UnsafeBufferPointer<UInt8>) {
        self.style = style
        self.text = text
    }

    mutating func reset() {
        leaves.removeAll(keepingCapacity: true)
        comments.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
        ownText.removeAll(keepingCapacity: true)
        result.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    func leaf(_ place: Int) -> Leaf { leaves[Int(order[place])] }

    // MARK: - Questions about lines

    func isComment(_ line: Line) -> Bool { line.range.count == 1 && leaf(line.range.lowerBound).isStandaloneComment }

    func isDefinition(_ line: Line) -> Bool { line.range.first.map { leaf($0).kind == .defKeyword } ?? false }

    func containsStandaloneComments(_ line: Line) -> Bool { line.range.contains { leaf($0).isStandaloneComment } }

    func containsMultilineStrings(_ line: Line) -> Bool {
        line.range.contains { leaf($0).flags.contains(.multilineString) }
    }

    /// The place of a leaf on the line, from the left.
    func place(of index: Int32, in line: Line) -> Int? { line.range.first { order[$0] == index } }

    /// Whether the leaf at a place is marked: it counts where commas and operators of the line are looked for.
    private func markedPlaces(_ line: Line) -> [Bool] {
        switch line.marking {
        case .all: return Array(repeating: true, count: line.range.count)
        case .none: return Array(repeating: false, count: line.range.count)
        case .insideMatchingBrackets:
            var marked = Array(repeating: false, count: line.range.count)
            var open: [Int] = []
            for (index, place) in line.range.enumerated() {
                let leaf = leaf(place)
                if leaf.opens {
                    open.append(index)
                } else if leaf.closes, let start = open.popLast() {
                    if open.isEmpty || !marked[start] { for inner in start...index { marked[inner] = true } }
                } else if leaf.closes, marked.contains(true) || !open.isEmpty {
                    break
                }
            }
            return marked
        }
    }

    /// A comma before a closing bracket of the line asks for one element a line.
    func hasMagicTrailingComma(_ line: Line) -> Bool {
        guard line.marking != .none, line.range.count > 1 else { return false }
        var marked: [Bool]?
        for place in (line.range.lowerBound + 1)..<line.range.upperBound {
            guard leaf(place).roles.contains(.explodesOnComma), leaf(place - 1).isComma else { continue }
            if line.marking == .all { return true }
            let known = marked ?? markedPlaces(line)
            marked = known
            if known[place - line.range.lowerBound] { return true }
        }
        return false
    }

    // MARK: - Delimiters

    /// The priority of the delimiter that a leaf is: of the split behind it. 0 for none.
    ///
    /// Counts only what stands outside all brackets of the line, and only within the line.
    @inline(__always)
    func delimiter(at place: Int, in line: Line, base: Int32) -> UInt8 {
        let current = leaf(place)
        if place + 1 < line.range.upperBound {
            let next = leaf(place + 1)
            if next.depth == base, next.priority > 0, !next.isComma {
                if next.kind != .dot { return next.priority }
                if current.closes { return next.priority }
            }
        }
        return current.isComma && current.depth == base ? current.priority : 0
    }

    /// The depth of what stands outside all brackets of the line.
    func baseDepth(_ line: Line) -> Int32 { line.range.first.map { leaf($0).depth } ?? 0 }

    /// The highest priority on the line, and how many delimiters have it; nil where there is none.
    func highestDelimiter(_ line: Line, ignoringLast: Bool = false) -> (priority: UInt8, count: Int)? {
        guard line.marking == .all else { return nil }
        let base = baseDepth(line)
        var best: UInt8 = 0
        var count = 0
        for place in line.range.dropLast(ignoringLast ? 1 : 0) {
            let priority = delimiter(at: place, in: line, base: base)
            if priority > best {
                best = priority
                count = 1
            } else if priority == best, best > 0 {
                count += 1
            }
        }
        return best > 0 ? (best, count) : nil
    }

    func hasOptionalParentheses(_ line: Line) -> (any: Bool, outer: [Int32]) {
        if line.marking == .none { return (false, []) }
        let marked = line.marking == .all ? nil : markedPlaces(line)
        let base = baseDepth(line)
        var outer: [Int32] = []
        var any = false
        for (index, place) in line.range.enumerated() {
            let leaf = leaf(place)
            guard !leaf.isVisible, marked?[index] ?? true else { continue }
            any = true
            if leaf.depth == base { outer.append(order[place]) }
        }
        return (any, outer)
    }

    // MARK: - Comments

    func commentColumns(_ leaf: Leaf) -> Int {
        var (next, sum) = (leaf.comment, 0)
        while next >= 0 {
            sum += 2 + Int(comments[Int(next)].columns)
            next = comments[Int(next)].next
        }
        return sum
    }

    /// Without the two blanks before each.
    func commentCharacters(_ leaf: Leaf) -> Int {
        var (next, sum) = (leaf.comment, 0)
        while next >= 0 {
            sum += Int(comments[Int(next)].characters)
            next = comments[Int(next)].next
        }
        return sum
    }

    /// Puts a chain of comments behind the last leaf of a line of leaves that ends before `end`; see black on comments
    /// behind an optional parenthesis around a single leaf: they belong to that.
    mutating func attach(comment: Int32, toLineFrom start: Int, to end: Int) {
        var target = end - 1
        let last = leaf(target)
        if last.kind == .rightParen, !last.isVisible, last.flags.contains(.enclosesOneLeaf),
            !comments[Int(comment)].isType, target > start,
            !(start..<end).contains(where: { leaf($0).isStandaloneComment })
        {
            target -= 1
        }
        let index = Int(order[target])
        var tail = leaves[index].comment
        if tail < 0 {
            leaves[index].comment = comment
        } else {
            while comments[Int(tail)].next >= 0 { tail = comments[Int(tail)].next }
            comments[Int(tail)].next = comment
        }
    }

    // MARK: - Additions

    /// A copy of the places with a comma put behind one of them.
    mutating func addComma(behind place: Int, in range: Range<Int>) -> Range<Int> {
        let start = order.count
        let index = Int32(leaves.count)
        var comma = Leaf(
            kind: .comma, flags: .ownText, start: Int32(ownText.count), end: Int32(ownText.count + 1), columns: 1,
            characters: 1)
        comma.depth = leaf(range.lowerBound).depth
        comma.priority = SplitPriority.comma
        ownText.append(UInt8(ascii: ","))
        leaves.append(comma)
        for current in range {
            order.append(order[current])
            if current == place { order.append(index) }
        }
        return start..<order.count
    }

    mutating func show(_ index: Int32) {
        leaves[Int(index)].flags.remove(.invisible)
    }

    // MARK: - Printing

    func print(_ line: Line, into out: inout [UInt8]) {
        guard !line.range.isEmpty else { return }
        out.append(contentsOf: repeatElement(0x20, count: 4 * line.depth))
        var hasComments = false
        for place in line.range {
            let leaf = leaf(place)
            if leaf.flags.contains(.hasSpace), place > line.range.lowerBound { out.append(0x20) }
            if leaf.isVisible {
                let range = Int(leaf.start)..<Int(leaf.end)
                if leaf.flags.contains(.ownText) {
                    out.append(contentsOf: ownText[range])
                } else {
                    out.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
                }
            }
            hasComments = hasComments || leaf.comment >= 0
        }
        if hasComments {
            for place in line.range {
                var next = leaf(place).comment
                while next >= 0 {
                    let comment = comments[Int(next)]
                    out.append(0x20)
                    out.append(0x20)
                    out.append(contentsOf: ownText[Int(comment.start)..<Int(comment.end)])
                    next = comment.next
                }
            }
        }
        out.append(0x0A)
    }
}
