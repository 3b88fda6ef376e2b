import EnvdSyntax

// Splits at commas and operators, and at comments on lines of their own.

extension LineLayout {
    /// One line for each part between the delimiters of the highest priority.
    mutating func delimiterSplit(_ line: Line) -> [Line]? {
        guard let best = highestDelimiter(line, ignoringLast: true) else { return nil }
        let all = highestDelimiter(line)
        if best.priority == SplitPriority.dot, (all?.priority == best.priority ? all?.count : best.count) == 1 {
            return nil
        }
        let base = baseDepth(line)
        let isComma = best.priority == SplitPriority.comma
        var builder = PieceBuilder(line)
        var lowest = Int32.max
        var mayAddComma = isComma
        let lastCode = line.range.dropFirst().last { !leaf($0).isStandaloneComment }
        let endsInComment = line.range.last.map { leaf($0).isStandaloneComment } ?? false

        for place in line.range {
            let current = leaf(place)
            builder.append(place, current, self)
            lowest = min(lowest, current.depth)
            if mayAddComma, current.depth == lowest {
                if current.roles.contains(.starOfParameter) { mayAddComma = allowsCommaAfterStarInDef }
                if current.roles.contains(.starOfArgument) { mayAddComma = allowsCommaAfterStarInCall }
            }
            if current.roles.contains(.commaOfIndex), current.depth == base { mayAddComma = false }
            if endsInComment, place == lastCode, mayAddComma, !leaf(builder.last).isComma {
                builder.addsComma = builder.last
            }
            if delimiter(at: place, in: line, base: base) == best.priority {
                if place + 1 < line.range.upperBound, !isComma {
                    // A comment behind an operator goes to the end of the line before it.
                    let operatorLeaf = Int(order[place + 1])
                    let comment = leaves[operatorLeaf].comment
                    if comment >= 0 {
                        leaves[operatorLeaf].comment = -1
                        if place == builder.start, current.isStandaloneComment {
                            builder.cut(after: place)
                            for line in linesOfTheirOwn(comment) { builder.insert(line) }
                        } else {
                            attach(comment: comment, toLineFrom: builder.start, to: place + 1)
                        }
                    }
                }
                builder.cut(after: place)
            }
        }
        if builder.start < line.range.upperBound {
            let last = leaf(line.range.upperBound - 1)
            if mayAddComma, !last.isComma, !last.isStandaloneComment { builder.addsComma = line.range.upperBound - 1 }
            builder.cut(after: line.range.upperBound - 1)
        }
        return finish(builder)
    }

    /// The comments of a chain, each as a line.
    private mutating func linesOfTheirOwn(_ first: Int32) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var next = first
        while next >= 0 {
            let comment = comments[Int(next)]
            order.append(Int32(leaves.count))
            ranges.append((order.count - 1)..<order.count)
            leaves.append(
                Leaf(
                    kind: .unknown, flags: [.standaloneComment, .ownText], start: comment.start, end: comment.end,
                    columns: comment.columns, characters: comment.characters))
            next = comment.next
        }
        return ranges
    }

    /// Comments on lines of their own, apart from the rest.
    mutating func standaloneCommentSplit(_ line: Line) -> [Line]? {
        guard containsStandaloneComments(line) else { return nil }
        var builder = PieceBuilder(line)
        for place in line.range { builder.append(place, leaf(place), self) }
        builder.cut(after: line.range.upperBound - 1)
        return finish(builder)
    }

    private mutating func finish(_ builder: PieceBuilder) -> [Line] {
        builder.pieces.map { piece in
            var piece = piece
            if let comma = builder.commas[piece.range.lowerBound] {
                piece.range = addComma(behind: comma, in: piece.range)
            }
            return piece
        }
    }

    /// Keeps several `# type: ignore` on the lines that they had.
    mutating func typeIgnoreSplit(_ line: Line) -> [Line]? {
        guard typeIgnoresOutsideBrackets(line) > 1, line.range.contains(where: { leaf($0).kind == .dot }) else {
            return nil
        }
        var pieces: [Line] = []
        var start = line.range.lowerBound
        for place in line.range where hasTypeIgnore(leaf(place)) || place == line.range.upperBound - 1 {
            pieces.append(piece(of: line, start..<(place + 1)))
            start = place + 1
        }
        return pieces
    }

    /// The last resort for comments that would swallow what follows them.
    func splitAtStandaloneComments(_ line: Line) -> [Line] {
        var pieces: [Line] = []
        var start = line.range.lowerBound
        for place in line.range where place > start {
            let afterComment = place - start == 1 && leaf(start).isStandaloneComment
            if leaf(place).isStandaloneComment || (afterComment && leaf(place).kind != .colon) {
                pieces.append(piece(of: line, start..<place))
                start = place
            }
        }
        pieces.append(piece(of: line, start..<line.range.upperBound))
        return pieces
    }

    private func piece(of line: Line, _ range: Range<Int>) -> Line {
        Line(
            range: range, depth: line.depth, isInsideBrackets: line.isInsideBrackets,
            marking: line.isInsideBrackets ? .all : .none)
    }
}

/// Collects the parts of a line, and gives comments that stand on lines of their own a part each.
private struct PieceBuilder {
    private let line: Line
    private(set) var pieces: [Line] = []
    /// Behind which place a part gets a comma, by where the part begins.
    private(set) var commas: [Int: Int] = [:]
    private(set) var start: Int
    private(set) var last: Int
    var addsComma: Int?
    private var brackets = 0

    init(_ line: Line) {
        self.line = line
        start = line.range.lowerBound
        last = start
    }

    mutating func append(_ place: Int, _ leaf: Leaf, _ layout: borrowing LineLayout) {
        if place > start, brackets == 0 {
            let isBehindComment = place - start == 1 && layout.leaf(start).isStandaloneComment
            if isBehindComment || leaf.isStandaloneComment { cut(after: place - 1) }
        }
        last = place
        if leaf.opens { brackets += 1 }
        if leaf.closes { brackets -= 1 }
    }

    /// Puts a line between the parts that there are and those to come.
    mutating func insert(_ range: Range<Int>) {
        pieces.append(Line(range: range, depth: line.depth, isInsideBrackets: line.isInsideBrackets))
    }

    mutating func cut(after place: Int) {
        guard place >= start else { return }
        var piece = Line(range: start..<(place + 1), depth: line.depth, isInsideBrackets: line.isInsideBrackets)
        if !line.isInsideBrackets { piece.marking = .none }
        if let comma = addsComma {
            commas[start] = comma
            addsComma = nil
        }
        pieces.append(piece)
        start = place + 1
        brackets = 0
    }
}
