import EnvdSyntax

/// Lays out one logical line after another: holds its leaves, decides where it is split, and prints the result.
///
/// The decisions are black's (its "right-hand split"), made over flat rows of leaves: a line is a range of places, so that
/// splitting copies nothing. The buffers are used again for the next logical line.
struct LineLayout: ~Copyable {
    let style: Style
    var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Whether a comma may be put behind `*args` and `**kwargs`: where the file does so itself.
    var traits = FileTraits()

    var leaves = Scratch<Leaf>(capacity: 512)
    var comments = Scratch<TrailingComment>(capacity: 32)
    /// Leaves in the order of the line; commas that are added get a stretch of their own at the end.
    var order = Scratch<Int32>(capacity: 1024)
    var ownText = Scratch<UInt8>(capacity: 4096)
    /// The lines that the logical line is split into.
    var result = Scratch<Line>(capacity: 128)
    /// What a line is split into before each part is looked at: a stack.
    var pieces = Scratch<Line>(capacity: 128)
    var savedLeaves = Scratch<SavedLeaf>(capacity: 256)
    var savedLinks = Scratch<Int32>(capacity: 32)

    // What the logical line has anywhere, so that lines without it need not be searched for it.
    var has: Content = []
    /// Columns of the logical line without its indentation, its comments included.
    var columns = 0

    struct Content: OptionSet {
        let rawValue: UInt8
        static let magicTrailingComma = Content(rawValue: 1 << 0)
        static let standaloneComment = Content(rawValue: 1 << 1)
        static let multiline = Content(rawValue: 1 << 2)
        static let typeComment = Content(rawValue: 1 << 3)
    }

    init(style: Style) { self.style = style }

    mutating func reset() {
        leaves.removeAll()
        comments.removeAll()
        order.removeAll()
        ownText.removeAll()
        result.removeAll()
        has = []
        columns = 0
    }

    @inline(__always)
    func leaf(_ place: Int) -> Leaf { leaves[Int(order[place])] }

    // MARK: - Questions about lines

    func isComment(_ line: Line) -> Bool { line.range.count == 1 && leaf(line.range.lowerBound).isStandaloneComment }

    func isDefinition(_ line: Line) -> Bool { line.range.first.map { leaf($0).kind == .defKeyword } ?? false }

    func containsStandaloneComments(_ line: Line) -> Bool {
        has.contains(.standaloneComment) && line.range.contains { leaf($0).isStandaloneComment }
    }

    func containsMultilineStrings(_ line: Line) -> Bool {
        has.contains(.multiline) && line.range.contains { leaf($0).flags.contains(.multilineString) }
    }

    /// Notes that black has put the places on a line of their own.
    func mark(_ range: Range<Int>) {
        guard let first = range.first else { return }
        let base = leaf(first).depth
        for place in range { leaves[Int(order[place])].markedDepth = leaf(place).depth - base }
    }

    /// Notes that black has put the places on a line of their own as the head of a split: it counts only what stands
    /// between brackets that open and close on it, from the outermost of them on.
    func markHead(_ range: Range<Int>) {
        var place = range.lowerBound
        while place < range.upperBound {
            let partner = leaf(place).opens ? leaf(place).partner : -1
            guard partner >= 0, let close = range.suffix(from: place).first(where: { order[$0] == partner }) else {
                place += 1
                continue
            }
            mark(place..<(close + 1))
            place = close + 1
        }
    }

    /// Whether a closing bracket that follows a comma asks for one element a line, as black sees it when it looks for
    /// brackets to pass over: parentheses do so if it finds several commas in them, and it counts those of arguments double.
    func asksForSplit(_ closing: Leaf, at place: Int, in line: Line) -> Bool {
        guard place > line.range.lowerBound, leaf(place - 1).isComma else { return false }
        guard closing.kind == .rightParen else { return true }
        var open = place - 1
        while open >= line.range.lowerBound, order[open] != closing.partner { open -= 1 }
        guard open >= line.range.lowerBound else { return true }
        var commas = 0
        for inner in (open + 1)..<place where leaf(inner).isComma {
            guard leaf(inner).markedDepth == closing.markedDepth + 1 else { continue }
            commas += leaf(inner).roles.contains(.commaOfArguments) ? 2 : 1
            if commas > 1 { return true }
        }
        return false
    }

    /// Whether the leaf at a place is marked: it counts where commas and operators of the line are looked for.
    func markedPlaces(_ line: Line) -> [Bool] {
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
        guard has.contains(.magicTrailingComma), line.marking != .none, line.range.count > 1 else { return false }
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
        append(comment: comment, to: Int(order[target]))
    }

    /// Puts a chain of comments behind those that a leaf has.
    mutating func append(comment: Int32, to index: Int) {
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
        comma.depth = self.leaf(range.lowerBound).depth
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

    func print(_ line: Line, into out: inout Scratch<UInt8>) {
        guard !line.range.isEmpty else { return }
        out.append(repeating: 0x20, count: 4 * line.depth)
        var hasComments = false
        for place in line.range {
            let leaf = leaf(place)
            out.reserve(1 &+ Int(leaf.end &- leaf.start))
            if leaf.flags.contains(.hasSpace), place > line.range.lowerBound || line.keepsSpace { out.append(0x20) }
            if leaf.isVisible { append(leaf.start, leaf.end, isOwn: leaf.flags.contains(.ownText), to: &out) }
            hasComments = hasComments || leaf.comment >= 0
        }
        if hasComments {
            for place in line.range {
                var next = leaf(place).comment
                while next >= 0 {
                    let comment = comments[Int(next)]
                    out.append(0x20)
                    out.append(0x20)
                    append(comment.start, comment.end, isOwn: comment.hasOwnText, to: &out)
                    next = comment.next
                }
            }
        }
        out.append(0x0A)
    }

    @inline(__always)
    private func append(_ start: Int32, _ end: Int32, isOwn: Bool, to out: inout Scratch<UInt8>) {
        let count = Int(end &- start)
        guard count > 0, let base = isOwn ? UnsafePointer(ownText.base) : text.baseAddress else { return }
        out.reserve(count)
        let (source, target) = (base + Int(start), out.base + out.count)
        // Most leaves are shorter than a call is worth.
        if count <= 8 {
            for index in 0..<count { target[index] = source[index] }
        } else {
            target.update(from: source, count: count)
        }
        out.count &+= count
    }
}
