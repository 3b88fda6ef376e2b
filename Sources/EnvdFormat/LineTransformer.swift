import EnvdSyntax

// From one logical line to the lines that are printed: what fits stays, all else is split at brackets, commas and operators.

extension LineLayout {
    /// Splits the line as far as needed and appends what comes out to `result`.
    ///
    /// - Parameter forcing: keeps all optional parentheses that a split comes upon: the second opinion.
    mutating func transform(_ line: Line, forcing: Bool = false) {
        if isComment(line) {
            result.append(line)
            return
        }
        let fits =
            !containsUncollapsableTypeComments(line) && !line.mustSplit && !hasMagicTrailingComma(line)
            && (isShortEnough(line) || containsUnsplittableTypeIgnore(line))
            && !(line.isInsideBrackets && containsStandaloneComments(line))
        if !fits, trySplits(line, forcing: forcing) { return }
        if containsStandaloneComments(line) {
            result.append(contentsOf: splitAtStandaloneComments(line))
        } else {
            result.append(line)
        }
    }

    private enum Split {
        case leftHand, delimiters, typeIgnores, standaloneComments, rightHand
    }

    private mutating func trySplits(_ line: Line, forcing: Bool) -> Bool {
        if isDefinition(line), !returnTypeWantsSplit(line) { return run(.leftHand, on: line, forcing: forcing) }
        if line.isInsideBrackets {
            return run(.delimiters, on: line, forcing: forcing) || run(.typeIgnores, on: line, forcing: forcing)
                || run(.standaloneComments, on: line, forcing: forcing) || run(.rightHand, on: line, forcing: forcing)
        }
        return run(.rightHand, on: line, forcing: forcing)
    }

    private mutating func pieces(of line: Line, by split: Split, forcing: Bool) -> [Line]? {
        switch split {
        case .leftHand: leftHandSplit(line)
        case .delimiters: delimiterSplit(line)
        case .typeIgnores: typeIgnoreSplit(line)
        case .standaloneComments: standaloneCommentSplit(line)
        case .rightHand: rightHandSplit(line, forcing: forcing)
        }
    }

    private mutating func run(_ split: Split, on line: Line, forcing: Bool) -> Bool {
        let columnsBefore = columns(line)
        let optional = hasOptionalParentheses(line)
        let mark = result.count
        let mayWantSecondOpinion = split == .rightHand && !forcing && optional.any
        let before = mayWantSecondOpinion ? snapshot(line) : nil
        guard let pieces = pieces(of: line, by: split, forcing: forcing) else { return false }
        for piece in pieces {
            if piece.range == line.range, piece.depth == line.depth, columns(piece) == columnsBefore {
                result.removeSubrange(mark...)
                return false
            }
            transform(piece, forcing: forcing)
        }
        guard let before, mark < result.count else { return true }
        let first = result[mark]
        if optional.outer.contains(where: { leaves[Int($0)].isVisible }) || containsMultilineStrings(line)
            || containsUncollapsableTypeComments(first) || containsUnsplittableTypeIgnore(first)
            || isShortEnough(first) || isLongOnlyByBracketComment(first)
            || line.range.contains(where: { leaf($0).isStandaloneComment || isAdded(leaf($0)) })
        {
            return true
        }
        // Nothing came out short: the same again with every optional parenthesis taken, if that fits everywhere.
        let firstOpinion = Array(result[mark...])
        let after = snapshot(line)
        result.removeSubrange(mark...)
        restore(before)
        if run(split, on: line, forcing: true), result[mark...].allSatisfy({ isShortEnough($0) }) { return true }
        result.removeSubrange(mark...)
        restore(after)
        result.append(contentsOf: firstOpinion)
        return true
    }

    /// A comma that the source does not have.
    private func isAdded(_ leaf: Leaf) -> Bool { leaf.isComma && leaf.flags.contains(.ownText) }

    // MARK: - What a split changes besides lines

    struct Snapshot {
        var places: Range<Int>
        var flags: [Leaf.Flags]
        var comments: [Int32]
        var links: [Int32]
    }

    private func snapshot(_ line: Line) -> Snapshot {
        Snapshot(
            places: line.range, flags: line.range.map { leaf($0).flags }, comments: line.range.map { leaf($0).comment },
            links: comments.map(\.next))
    }

    private mutating func restore(_ snapshot: Snapshot) {
        for (index, place) in snapshot.places.enumerated() {
            leaves[Int(order[place])].flags = snapshot.flags[index]
            leaves[Int(order[place])].comment = snapshot.comments[index]
        }
        for (index, next) in snapshot.links.enumerated() { comments[index].next = next }
    }

    // MARK: - Type comments

    /// A type comment that would belong to something else, or be hidden behind another comment, on one line.
    func containsUncollapsableTypeComments(_ line: Line) -> Bool {
        guard !comments.isEmpty, line.range.count > 0 else { return false }
        var ignored: Set<Int> = [line.range.upperBound - 1]
        let last = leaf(line.range.upperBound - 1)
        if last.isComma || (last.kind == .rightParen && !last.isVisible) {
            if line.range.count < 2 { return false }
            ignored.insert(line.range.upperBound - 2)
        }
        var seen = false
        for place in line.range {
            var next = leaf(place).comment
            while next >= 0 {
                let comment = comments[Int(next)]
                if comment.isType, seen || (!comment.isTypeIgnore && !ignored.contains(place)) { return true }
                seen = true
                next = comment.next
            }
        }
        return false
    }

    /// A `# type: ignore` at the end of what was one line in the source.
    func containsUnsplittableTypeIgnore(_ line: Line) -> Bool {
        guard !comments.isEmpty else { return false }
        guard let first = line.range.first(where: { leaf($0).line != 0 }),
            let last = line.range.last(where: { leaf($0).line != 0 }), leaf(first).line == leaf(last).line
        else { return false }
        return line.range.suffix(2).contains { hasTypeIgnore(leaf($0)) }
    }

    func hasTypeIgnore(_ leaf: Leaf) -> Bool {
        var next = leaf.comment
        while next >= 0 {
            if comments[Int(next)].isTypeIgnore { return true }
            next = comments[Int(next)].next
        }
        return false
    }

    func typeIgnoresOutsideBrackets(_ line: Line) -> Int {
        guard !comments.isEmpty else { return 0 }
        let base = baseDepth(line)
        return line.range.count { leaf($0).depth == base && hasTypeIgnore(leaf($0)) }
    }

    /// Too long, but not without the comment behind an index's opening bracket.
    func isLongOnlyByBracketComment(_ line: Line) -> Bool {
        var sum = 4 * line.depth
        for place in line.range {
            let leaf = leaf(place)
            if leaf.flags.contains(.hasSpace), place > line.range.lowerBound { sum += 1 }
            sum += leaf.width
            if leaf.comment >= 0, leaf.kind != .leftBracket { return false }
        }
        return sum <= style.lineLength
    }
}
