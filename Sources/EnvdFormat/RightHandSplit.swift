import EnvdSyntax

// Splits at brackets: the last pair of a line (or, with some left out, one further left), and for definitions the first.

extension LineLayout {
    struct BracketSplit {
        var head: Line
        var body: Line
        var tail: Line
        /// The brackets, as leaves.
        var opening: Int32
        var closing: Int32
    }

    // MARK: - The right-hand split

    /// Splits at the last brackets; while the first line is still too long, at brackets further left, if what then follows
    /// them fits on one line.
    mutating func rightHandSplit(_ line: Line, forcing: Bool) -> BracketSplit? {
        var first: BracketSplit?
        var trailers = TrailersToOmit(line, layout: self)
        while trailers.next(self) {
            let omit = trailers.omitted
            if !omit.isEmpty {
                let target = line.range.last { leaf($0).closes && !omit.contains(order[$0]) }
                if let target {
                    let opening = leaf(target).partner
                    if opening >= 0, leaves[Int(opening)].isVisible,
                        charactersBefore(opening, in: line) > style.lineLength
                    {
                        continue
                    }
                }
            }
            // As in black: if this one cannot be split at all, nothing is.
            guard let split = splitAtLastBrackets(line, omit: omit, forcing: forcing) else { return nil }
            if first == nil, omit.isEmpty { first = split }
            if isShortEnough(split.head) || (!omit.isEmpty && isLongOnlyByBracketComment(split.head)) { return split }
        }
        return first ?? splitAtLastBrackets(line, omit: [], forcing: forcing)
    }

    private func charactersBefore(_ index: Int32, in line: Line) -> Int {
        var sum = 4 * line.depth
        for place in line.range {
            if order[place] == index { return sum }
            // The blank before the first one is not part of the line.
            sum +=
                leaf(place).length - (place == line.range.lowerBound && leaf(place).flags.contains(.hasSpace) ? 1 : 0)
        }
        return 0
    }

    private mutating func splitAtLastBrackets(_ line: Line, omit: [Int32], forcing: Bool) -> BracketSplit? {
        guard let split = findSplit(line, omit: omit) else { return nil }
        return chooseParentheses(split, line, omit: omit, forcing: forcing)
    }

    /// Head, body and tail around the last brackets with content that are not left out.
    private mutating func findSplit(_ line: Line, omit: [Int32]) -> BracketSplit? {
        var place = line.range.upperBound - 1
        while place >= line.range.lowerBound {
            let closing = leaf(place)
            guard closing.closes, !omit.contains(order[place]) else {
                place -= 1
                continue
            }
            var open = place - 1
            while open >= line.range.lowerBound, order[open] != closing.partner { open -= 1 }
            if open < line.range.lowerBound { return nil }
            if open + 1 == place {
                // Empty: they go with the tail.
                place = open - 1
                continue
            }
            return makeSplit(line, open: open, close: place)
        }
        return nil
    }

    private mutating func makeSplit(_ line: Line, open: Int, close: Int) -> BracketSplit {
        let head = Line(
            range: line.range.lowerBound..<(open + 1), depth: line.depth, marking: .insideMatchingBrackets)
        if has.contains(.multiline) || has.contains(.magicTrailingComma) { markHead(head.range) }
        let body = bodyLine(of: line, (open + 1)..<close, opening: open)
        let tail = Line(range: close..<line.range.upperBound, depth: line.depth, marking: .none)
        return BracketSplit(head: head, body: body, tail: tail, opening: order[open], closing: order[close])
    }

    /// The content of brackets as a line of its own, with the comma that a definition's single parameter gets.
    private mutating func bodyLine(of line: Line, _ range: Range<Int>, opening: Int) -> Line {
        var range = range
        if wantsComma(range, of: line, opening: opening),
            let last = range.last(where: { !leaf($0).isStandaloneComment }), !leaf(last).isComma
        {
            range = addComma(behind: last, in: range)
        }
        mark(range)
        var body = Line(range: range, depth: line.depth + 1, isInsideBrackets: true)
        body.mustSplit = mustSplit(body, openedBy: leaf(opening))
        return body
    }

    private func wantsComma(_ range: Range<Int>, of line: Line, opening: Int) -> Bool {
        guard isDefinition(line), leaf(opening).kind == .leftParen, leaf(opening).isVisible, !range.isEmpty else {
            return false
        }
        if range.contains(where: { leaf($0).isComma && !leaf($0).roles.contains(.inAnnotation) }) { return false }
        guard let first = range.first(where: { !leaf($0).isStandaloneComment }) else { return true }
        return !leaf(first).roles.contains(.inReturnAnnotation)
    }

    /// Several elements, and a comma behind the last of them or brackets that are a value: one element a line.
    private func mustSplit(_ body: Line, openedBy opening: Leaf) -> Bool {
        guard let last = body.range.last else { return false }
        let endsInComma = leaf(last).isComma
        guard let best = highestDelimiter(body, ignoringLast: endsInComma), best.priority == SplitPriority.comma else {
            return false
        }
        return (style.heedsMagicTrailingComma && endsInComma) || opening.roles.contains(.atomBracket)
    }

    // MARK: - Optional parentheses

    /// Where the split is at optional parentheses, tries to do without them.
    private mutating func chooseParentheses(
        _ split: BracketSplit, _ line: Line, omit: [Int32], forcing: Bool
    ) -> BracketSplit? {
        let isOptional = !leaves[Int(split.opening)].isVisible && !leaves[Int(split.closing)].isVisible
        if !forcing, isOptional, canOmit(split) {
            var isRefused = true
            if let without = findSplit(line, omit: omit + [split.closing]) {
                if prefers(without, to: split) {
                    if let better = chooseParentheses(without, line, omit: omit + [split.closing], forcing: forcing) {
                        return better
                    }
                } else {
                    isRefused = false
                }
            }
            // Several `=` on the line, of keyword arguments too, keep the parentheses in any case, as in black.
            if isRefused, line.range.count(where: { leaf($0).kind == .equal }) < 2 {
                if !canBeSplit(split.body), !isShortEnough(split.body) { return nil }
                if containsMultilineStrings(split.head) || containsMultilineStrings(split.tail) { return nil }
            }
        }
        show(split.opening)
        show(split.closing)
        return split
    }

    /// Whether the split without the optional parentheses is better, where both are possible.
    private func prefers(_ without: BracketSplit, to split: BracketSplit) -> Bool {
        if containsUnsplittableTypeIgnore(without.head) || containsUnsplittableTypeIgnore(without.body)
            || containsUnsplittableTypeIgnore(without.tail)
        {
            return true
        }
        let head = split.head.range
        guard head.count >= 2, leaf(head.upperBound - 2).kind == .equal else { return true }
        // The left side has no brackets of its own, is too long anyway, or will be split further.
        if !head.dropLast().contains(where: { leaf($0).opens || leaf($0).closes }) { return true }
        if !isShortEnough(split.head, limit: style.lineLength - 1) { return true }
        if hasMagicTrailingComma(split.head) { return true }
        let equals = head.count { leaf($0).kind == .equal }
        let equalsWithout = without.head.range.count { leaf($0).kind == .equal }
        if equals > 1, equals > equalsWithout { return false }
        for place in without.head.range.reversed() {
            if leaf(place).kind == .equal { break }
            if leaf(place).closes { return true }
        }
        return without.head.range.contains { leaf($0).kind == .equal } && isShortEnough(without.head)
    }

    /// Whether the content is safe and pleasant to lay out without the optional parentheses around it.
    private func canOmit(_ split: BracketSplit) -> Bool {
        let body = split.body
        if typeIgnoresOutsideBrackets(body) > 1, highestDelimiter(body) == nil,
            body.range.contains(where: { leaf($0).kind == .dot })
        {
            return false
        }
        if leaves[Int(split.opening)].comment >= 0 { return false }
        // A comment line outside inner brackets needs these ones.
        var place = body.range.upperBound - 1
        while place >= body.range.lowerBound {
            let leaf = leaf(place)
            if leaf.isStandaloneComment { return false }
            if leaf.closes, leaf.isVisible {
                var open = place - 1
                while open >= body.range.lowerBound, order[open] != leaf.partner { open -= 1 }
                if open >= body.range.lowerBound { place = open }
            }
            place -= 1
        }
        guard let delimiters = highestDelimiter(body) else { return true }
        if delimiters.count > 1 { return false }
        if delimiters.priority == SplitPriority.dot { return true }
        guard body.range.count >= 2 else { return false }

        let first = leaf(body.range.lowerBound)
        if first.opens, !leaf(body.range.lowerBound + 1).closes, canOmitOpening(body) { return true }
        let last = leaf(body.range.upperBound - 1)
        let isSubscript = last.roles.contains(.subscriptBracket)
        if last.closes, last.kind != .rightBracket || !isSubscript {
            if leaf(body.range.upperBound - 2).opens { return false }
            if first.flags.contains(.multilineString) { return true }
            if canOmitClosing(body) { return true }
        }
        return false
    }

    /// What follows the brackets that begin the line fits, up to the next brackets.
    private func canOmitOpening(_ line: Line) -> Bool {
        let first = order[line.range.lowerBound]
        var isBehind = false
        var sum = 4 * line.depth
        for place in line.range {
            let leaf = leaf(place)
            if leaf.flags.contains(.multiline) { return false }
            if leaf.closes, leaf.partner == first { isBehind = true }
            guard isBehind else { continue }
            sum += leaf.length + commentCharacters(leaf)
            if sum > style.lineLength { return false }
            if leaf.opens { isBehind = false }
        }
        return true
    }

    /// What stands before the brackets that end the line fits, or has brackets to split at.
    private func canOmitClosing(_ line: Line) -> Bool {
        let opening = leaf(line.range.upperBound - 1).partner
        var sum = 4 * line.depth
        var seenBrackets = false
        for place in line.range {
            let leaf = leaf(place)
            if leaf.flags.contains(.multiline) { return false }
            sum += leaf.length + commentCharacters(leaf)
            if order[place] == opening {
                if seenBrackets || sum <= style.lineLength { return true }
            } else if leaf.opens {
                seenBrackets = true
            }
        }
        return false
    }

    /// False for what surely cannot: a single leaf, or a string with one method call.
    private func canBeSplit(_ line: Line) -> Bool {
        guard line.range.count >= 2 else { return false }
        let start = line.range.lowerBound
        guard leaf(start).kind == .string || leaf(start).kind == .bytes, leaf(start + 1).kind == .dot else {
            return true
        }
        var calls = 0
        var dots = 0
        let next = leaf(line.range.upperBound - 1)
        for place in (start..<(line.range.upperBound - 1)).reversed() {
            let leaf = leaf(place)
            if leaf.opens {
                if !next.closes { return false }
                calls += 1
            } else if leaf.kind == .dot {
                dots += 1
            } else if leaf.kind == .identifier {
                if !(next.kind == .dot || next.opens) { return false }
            } else if !leaf.closes {
                return false
            }
            if dots > 1, calls > 1 { return false }
        }
        return true
    }

    // MARK: - Definitions

    /// Splits at the first parentheses with content: a definition's parameters, or else its return type.
    mutating func leftHandSplit(_ line: Line) -> BracketSplit? {
        for kind in [SyntaxKind.leftParen, .leftBracket] {
            var place = line.range.lowerBound
            while place < line.range.upperBound {
                let partner = leaf(place).partner
                // The other one stands in text that is kept.
                if leaf(place).kind == kind, partner < 0 { break }
                guard leaf(place).kind == kind,
                    let close = line.range.last(where: { order[$0] == partner }), close > place + 1
                else {
                    place += 1
                    continue
                }
                show(order[place])
                show(order[close])
                return makeSplit(line, open: place, close: close)
            }
        }
        return nil
    }

    /// A return type with a comma that asks for one element a line, or a string that does not fit, is split first.
    func returnTypeWantsSplit(_ line: Line) -> Bool {
        guard let arrow = line.range.first(where: { leaf($0).kind == .arrow }) else { return false }
        let colon = line.range.last ?? arrow
        guard arrow + 1 < colon else { return false }
        let type = Line(range: (arrow + 1)..<colon, depth: line.depth, marking: .insideMatchingBrackets)
        if hasMagicTrailingComma(type) { return true }
        guard let first = type.range.first(where: { leaf($0).isVisible }) else { return false }
        return leaf(first).kind == .string && !isShortEnough(type)
    }
}

/// Sets of brackets at the end of a line that a right-hand split passes over, from none to more and more, as long as
/// what is passed over fits on one line.
struct TrailersToOmit {
    private(set) var omitted: [Int32] = []
    private let line: Line
    private var place: Int
    private var length: Int
    private var isFirst: Bool
    private var opening: Int32 = -1
    private var closing: Int32 = -1
    private var inner: [Int32] = []
    /// The walk stopped at a bracket to yield.
    private var isAfterYield = false
    private var isFinished = false

    init(_ line: Line, layout: borrowing LineLayout) {
        self.line = line
        place = line.range.upperBound - 1
        length = 4 * line.depth
        isFirst = !layout.hasMagicTrailingComma(line)
    }

    /// Goes on to the next set; false where there is none.
    mutating func next(_ layout: borrowing LineLayout) -> Bool {
        if isFirst {
            isFirst = false
            return true
        }
        if isFinished { return false }
        while place >= line.range.lowerBound {
            let leaf = layout.leaf(place)
            let before = place > line.range.lowerBound ? layout.leaf(place - 1) : nil
            if isAfterYield {
                isAfterYield = false
                if !take(leaf, layout) { break }
                place -= 1
                continue
            }
            if leaf.flags.contains(.multiline) { break }
            length += leaf.length + layout.commentCharacters(leaf)
            if length > layout.style.lineLength || leaf.isStandaloneComment || leaf.comment >= 0 { break }
            if opening >= 0 {
                if layout.order[place] == opening {
                    opening = -1
                } else if leaf.closes {
                    if layout.asksForSplit(leaf, at: place, in: line) { break }
                    inner.append(layout.order[place])
                }
            } else if leaf.closes {
                if before?.opens == true {
                    inner.append(layout.order[place])
                } else if closing >= 0 {
                    omitted.append(closing)
                    omitted.append(contentsOf: inner)
                    inner.removeAll()
                    isAfterYield = true
                    return true
                } else if !take(leaf, layout) {
                    break
                }
            }
            place -= 1
        }
        isFinished = true
        return false
    }

    /// The bracket becomes the next one to pass over; false where it must be split.
    private mutating func take(_ leaf: Leaf, _ layout: borrowing LineLayout) -> Bool {
        if layout.asksForSplit(leaf, at: place, in: line) { return false }
        if leaf.isVisible {
            opening = leaf.partner
            closing = layout.order[place]
        }
        return true
    }
}
