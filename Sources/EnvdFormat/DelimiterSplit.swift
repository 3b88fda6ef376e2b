import EnvdSyntax

// Splits at commas and operators, and at comments on lines of their own.

extension LineLayout {
    /// One line for each part between the delimiters of the highest priority.
    mutating func delimiterSplit(_ line: Line) -> Bool {
        guard let best = highestDelimiter(line, ignoringLast: true) else { return false }
        if best.priority == SplitPriority.dot {
            let all = highestDelimiter(line)
            if (all?.priority == best.priority ? all?.count : best.count) == 1 { return false }
        }
        let base = baseDepth(line)
        let isComma = best.priority == SplitPriority.comma
        var builder = PieceBuilder(line, firstPiece: pieces.count)
        var lowest = Int32.max
        var mayAddComma = isComma
        let lastCode = line.range.dropFirst().last { !leaf($0).isStandaloneComment }
        let endsInComment = line.range.last.map { leaf($0).isStandaloneComment } ?? false

        for place in line.range {
            let current = leaf(place)
            append(place, current, to: &builder)
            lowest = min(lowest, current.depth)
            if mayAddComma, current.depth == lowest {
                if current.roles.contains(.starOfParameter) { mayAddComma = traits.hasCommaAfterStarInDef }
                if current.roles.contains(.starOfArgument) { mayAddComma = traits.hasCommaAfterStarInCall }
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
                        if place <= builder.start, current.isStandaloneComment {
                            cut(&builder, after: place)
                            insertLines(ofTheirOwn: comment, into: builder)
                        } else {
                            attach(comment: comment, toLineFrom: builder.start, to: place + 1)
                        }
                    }
                }
                cut(&builder, after: place)
            }
        }
        if builder.start < line.range.upperBound {
            let last = leaf(line.range.upperBound - 1)
            if mayAddComma, !last.isComma, !last.isStandaloneComment { builder.addsComma = line.range.upperBound - 1 }
            cut(&builder, after: line.range.upperBound - 1)
        }
        finish(builder)
        return true
    }

    /// The comments of a chain, each as a line.
    private mutating func insertLines(ofTheirOwn first: Int32, into builder: PieceBuilder) {
        var next = first
        has.insert(.standaloneComment)
        while next >= 0 {
            let comment = comments[Int(next)]
            order.append(Int32(leaves.count))
            leaves.append(
                Leaf(
                    kind: .unknown, flags: comment.hasOwnText ? [.standaloneComment, .ownText] : .standaloneComment,
                    start: comment.start, end: comment.end, columns: comment.columns, characters: comment.characters))
            pieces.append(
                Line(
                    range: (order.count - 1)..<order.count, depth: builder.line.depth,
                    isInsideBrackets: builder.line.isInsideBrackets))
            next = comment.next
        }
    }

    /// Comments on lines of their own, apart from the rest.
    mutating func standaloneCommentSplit(_ line: Line) -> Bool {
        guard containsStandaloneComments(line) else { return false }
        var builder = PieceBuilder(line, firstPiece: pieces.count)
        for place in line.range { append(place, leaf(place), to: &builder) }
        cut(&builder, after: line.range.upperBound - 1)
        finish(builder)
        return true
    }

    private mutating func append(_ place: Int, _ leaf: Leaf, to builder: inout PieceBuilder) {
        if place > builder.start, builder.brackets == 0 {
            let isBehindComment = place - builder.start == 1 && self.leaf(builder.start).isStandaloneComment
            if isBehindComment || leaf.isStandaloneComment { cut(&builder, after: place - 1) }
        }
        builder.last = place
        if leaf.isStandaloneComment, leaf.comment >= 0, builder.brackets == 0 {
            // Behind text that is kept.
            leaves[Int(order[place])].comment = -1
            cut(&builder, after: place)
            insertLines(ofTheirOwn: leaf.comment, into: builder)
        }
        if leaf.opens { builder.brackets += 1 }
        if leaf.closes { builder.brackets -= 1 }
    }

    private mutating func cut(_ builder: inout PieceBuilder, after place: Int) {
        guard place >= builder.start else { return }
        var piece = Line(
            range: builder.start..<(place + 1), depth: builder.line.depth,
            isInsideBrackets: builder.line.isInsideBrackets)
        if !builder.line.isInsideBrackets { piece.marking = .none }
        if builder.line.isInsideBrackets { mark(piece.range) }
        piece.comma = builder.addsComma
        builder.addsComma = -1
        pieces.append(piece)
        builder.start = place + 1
        builder.brackets = 0
    }

    private mutating func finish(_ builder: PieceBuilder) {
        for index in builder.firstPiece..<pieces.count where pieces[index].comma >= 0 {
            pieces[index].range = addComma(behind: pieces[index].comma, in: pieces[index].range)
        }
    }

    /// Keeps several `# type: ignore` on the lines that they had.
    mutating func typeIgnoreSplit(_ line: Line) -> Bool {
        guard typeIgnoresOutsideBrackets(line) > 1, line.range.contains(where: { leaf($0).kind == .dot }) else {
            return false
        }
        var start = line.range.lowerBound
        for place in line.range where hasTypeIgnore(leaf(place)) || place == line.range.upperBound - 1 {
            countBrackets(from: start, to: place + 1)
            pieces.append(piece(of: line, start..<(place + 1)))
            start = place + 1
        }
        return true
    }

    /// Counts depths anew where a piece closes brackets that it does not open: for black these are none.
    private func countBrackets(from start: Int, to end: Int) {
        let base = leaf(start).depth
        var hidden: Int32 = 0
        for place in start..<end {
            let index = Int(order[place])
            if leaves[index].closes, leaves[index].depth + hidden < base { hidden += 1 }
            leaves[index].depth += hidden
            leaves[index].markedDepth = leaves[index].depth - base
        }
    }

    /// The last resort for comments that would swallow what follows them.
    mutating func splitAtStandaloneComments(_ line: Line) {
        var start = line.range.lowerBound
        for place in line.range where place > start {
            let afterComment = place - start == 1 && leaf(start).isStandaloneComment
            if leaf(place).isStandaloneComment || (afterComment && leaf(place).kind != .colon) {
                result.append(lastResort(line, start..<place))
                start = place
            }
        }
        result.append(lastResort(line, start..<line.range.upperBound))
    }

    /// A part that keeps the blank before it: black prints it in front of the indentation.
    private func lastResort(_ line: Line, _ range: Range<Int>) -> Line {
        var part = piece(of: line, range)
        part.keepsSpace = range.lowerBound > line.range.lowerBound
        return part
    }

    private func piece(of line: Line, _ range: Range<Int>) -> Line {
        Line(
            range: range, depth: line.depth, isInsideBrackets: line.isInsideBrackets,
            marking: line.isInsideBrackets ? .all : .none)
    }
}

/// How far a line has been cut into parts; comments that stand on lines of their own get a part each.
private struct PieceBuilder {
    let line: Line
    /// Where its parts begin on the stack of them.
    let firstPiece: Int
    /// The first place of the part that is open, and the last that went into it.
    var start: Int
    var last: Int
    /// The place in it behind which it gets a comma, -1 for none.
    var addsComma = -1
    var brackets = 0

    init(_ line: Line, firstPiece: Int) {
        self.line = line
        self.firstPiece = firstPiece
        start = line.range.lowerBound
        last = start
    }
}
