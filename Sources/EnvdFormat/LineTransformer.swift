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
            splitAtStandaloneComments(line)
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

    /// Puts what the line is split into on top of `pieces`; false where it cannot be split so.
    private mutating func makePieces(of line: Line, by split: Split, forcing: Bool) -> Bool {
        switch split {
        case .leftHand: return push(leftHandSplit(line))
        case .delimiters: return delimiterSplit(line)
        case .typeIgnores: return typeIgnoreSplit(line)
        case .standaloneComments: return standaloneCommentSplit(line)
        case .rightHand: return push(rightHandSplit(line, forcing: forcing))
        }
    }

    private mutating func push(_ split: BracketSplit?) -> Bool {
        guard let split else { return false }
        pieces.append(split.head)
        pieces.append(split.body)
        pieces.append(split.tail)
        return true
    }

    private mutating func run(_ split: Split, on line: Line, forcing: Bool) -> Bool {
        let mark = result.count
        let mayWantSecondOpinion = split == .rightHand && !forcing && hasOptionalParentheses(line)
        let before = mayWantSecondOpinion ? save(line) : nil
        defer { if let before { drop(before) } }
        guard transformPieces(of: line, by: split, forcing: forcing) else { return false }
        guard let before, mark < result.count else { return true }
        let first = result[mark]
        if hasShownParentheses(line, since: before) || containsMultilineStrings(line)
            || containsUncollapsableTypeComments(first) || containsUnsplittableTypeIgnore(first)
            || isShortEnough(first) || isLongOnlyByBracketComment(first)
            || line.range.contains(where: { leaf($0).isStandaloneComment || isAdded(leaf($0)) })
        {
            return true
        }
        // Nothing came out short: the same again with every optional parenthesis taken, if that fits everywhere. As in black,
        // what the first attempt has shown inside brackets stays in sight.
        let firstOpinion = Array(UnsafeBufferPointer(rebasing: result.elements[mark...]))
        let after = save(line)
        result.truncate(to: mark)
        restoreComments(before)
        if transformPieces(of: line, by: split, forcing: true),
            result.elements[mark...].allSatisfy({ isShortEnough($0) })
        {
            drop(after)
            return true
        }
        result.truncate(to: mark)
        restore(after)
        drop(after)
        for line in firstOpinion { result.append(line) }
        return true
    }

    private mutating func transformPieces(of line: Line, by split: Split, forcing: Bool) -> Bool {
        let mark = result.count
        let base = pieces.count
        defer { pieces.truncate(to: base) }
        guard makePieces(of: line, by: split, forcing: forcing) else { return false }
        for index in base..<pieces.count {
            let piece = pieces[index]
            if piece.range == line.range, piece.depth == line.depth {
                result.truncate(to: mark)
                return false
            }
            transform(piece, forcing: forcing)
        }
        return true
    }

    /// A comma that the source does not have.
    private func isAdded(_ leaf: Leaf) -> Bool { leaf.isComma && leaf.flags.contains(.ownText) }

    // MARK: - Optional parentheses

    private func hasOptionalParentheses(_ line: Line) -> Bool {
        guard line.marking != .none, line.range.contains(where: { !leaf($0).isVisible }) else { return false }
        if line.marking == .all { return true }
        let marked = markedPlaces(line)
        return line.range.contains { marked[$0 - line.range.lowerBound] && !leaf($0).isVisible }
    }

    /// Whether an optional parenthesis outside all brackets of the line has become one that is seen.
    private func hasShownParentheses(_ line: Line, since saved: Saved) -> Bool {
        let base = baseDepth(line)
        var marked: [Bool]?
        for (index, place) in line.range.enumerated() {
            let leaf = leaf(place)
            guard leaf.isVisible, leaf.depth == base,
                savedLeaves[saved.leaves + index].flags.contains(.invisible)
            else { continue }
            if line.marking == .all { return true }
            let known = marked ?? markedPlaces(line)
            marked = known
            if known[index] { return true }
        }
        return false
    }

    // MARK: - What a split changes besides lines

    struct SavedLeaf {
        var flags: Leaf.Flags
        var comment: Int32
    }

    /// Where the state of a line's leaves and of all comments lies on the stacks.
    private struct Saved {
        var places: Range<Int>
        var leaves: Int
        var links: Int
    }

    private mutating func save(_ line: Line) -> Saved {
        let saved = Saved(places: line.range, leaves: savedLeaves.count, links: savedLinks.count)
        for place in line.range {
            let leaf = leaf(place)
            savedLeaves.append(SavedLeaf(flags: leaf.flags, comment: leaf.comment))
        }
        for index in 0..<comments.count { savedLinks.append(comments[index].next) }
        return saved
    }

    private mutating func restore(_ saved: Saved) {
        for (index, place) in saved.places.enumerated() {
            leaves[Int(order[place])].flags = savedLeaves[saved.leaves + index].flags
        }
        restoreComments(saved)
    }

    private mutating func restoreComments(_ saved: Saved) {
        for (index, place) in saved.places.enumerated() {
            leaves[Int(order[place])].comment = savedLeaves[saved.leaves + index].comment
        }
        for index in 0..<comments.count { comments[index].next = savedLinks[saved.links + index] }
        mark(saved.places)
    }

    private mutating func drop(_ saved: Saved) {
        savedLeaves.truncate(to: saved.leaves)
        savedLinks.truncate(to: saved.links)
    }

    // MARK: - Type comments

    /// A type comment that would belong to something else, or be hidden behind another comment, on one line.
    func containsUncollapsableTypeComments(_ line: Line) -> Bool {
        guard has.contains(.typeComment), line.range.count > 0 else { return false }
        var firstIgnored = line.range.upperBound - 1
        let last = leaf(firstIgnored)
        if last.isComma || (last.kind == .rightParen && !last.isVisible) {
            if line.range.count < 2 { return false }
            firstIgnored -= 1
        }
        var seen = false
        for place in line.range {
            var next = leaf(place).comment
            while next >= 0 {
                let comment = comments[Int(next)]
                if comment.isType, seen || (!comment.isTypeIgnore && place < firstIgnored) { return true }
                seen = true
                next = comment.next
            }
        }
        return false
    }

    /// A `# type: ignore` at the end of what was one line in the source.
    func containsUnsplittableTypeIgnore(_ line: Line) -> Bool {
        guard has.contains(.typeComment) else { return false }
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
        guard has.contains(.typeComment) else { return 0 }
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
