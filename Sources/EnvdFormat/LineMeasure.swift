import EnvdSyntax

// Whether a line fits.

extension LineLayout {
    func isShortEnough(_ line: Line, limit: Int? = nil) -> Bool {
        let limit = limit ?? style.lineLength
        if has.contains(.multiline), line.range.contains(where: { leaf($0).flags.contains(.multiline) }) {
            if containsStandaloneComments(line) { return false }
            return isShortEnoughAroundString(line, limit: limit)
        }
        var sum = 4 * line.depth
        for place in line.range {
            let leaf = leaf(place)
            if leaf.isStandaloneComment { return false }
            if leaf.flags.contains(.hasSpace), place > line.range.lowerBound { sum &+= 1 }
            sum &+= leaf.width
            if leaf.comment >= 0 { sum &+= commentColumns(leaf) }
            if sum > limit { return false }
        }
        return true
    }

    /// The first and the last of its printed lines fit, and the string stands alone among its neighbours.
    private func isShortEnoughAroundString(_ line: Line, limit: Int) -> Bool {
        var first = 4 * line.depth
        var last = 0
        var seenBreak = false
        var trailing = 0
        for place in line.range {
            let leaf = leaf(place)
            let space = leaf.flags.contains(.hasSpace) && place > line.range.lowerBound ? 1 : 0
            trailing += commentColumns(leaf)
            if leaf.flags.contains(.multiline) {
                let (head, tail) = firstAndLastLine(of: leaf)
                if !seenBreak { first += space + head }
                seenBreak = true
                last = tail
            } else if seenBreak {
                last += space + leaf.width
            } else {
                first += space + leaf.width
            }
        }
        if first > limit || last + trailing > limit { return false }
        return stringStandsAlone(line)
    }

    private func firstAndLastLine(of leaf: Leaf) -> (first: Int, last: Int) {
        func measure(_ bytes: UnsafeBufferPointer<UInt8>) -> (Int, Int) {
            guard let first = bytes.firstIndex(of: 0x0A), let last = bytes.lastIndex(of: 0x0A) else { return (0, 0) }
            return (
                DisplayWidth.measure(UnsafeBufferPointer(rebasing: bytes[..<first])).columns,
                DisplayWidth.measure(UnsafeBufferPointer(rebasing: bytes[(last + 1)...])).columns
            )
        }
        let range = Int(leaf.start)..<Int(leaf.end)
        if leaf.flags.contains(.ownText) { return measure(UnsafeBufferPointer(rebasing: ownText.elements[range])) }
        return measure(UnsafeBufferPointer(rebasing: text[range]))
    }

    /// black's rule for a string of several lines: one of them, not in a conditional or a dict's value, with no comma
    /// beside it or around it, but for one behind the element that it stands in.
    private func stringStandsAlone(_ line: Line) -> Bool {
        var commas: [Int] = []
        var string: Leaf?
        var levelLeft: Int32?
        // Whether the string's element begins on the line, and whether it is the last one.
        var beginsOnLine = beginsElement(line)
        var isLastElement = false
        for place in line.range {
            let leaf = leaf(place)
            let depth = max(0, leaf.markedDepth)
            if levelLeft == nil {
                var left: Int?
                if Int(depth) + 1 > commas.count {
                    while commas.count < Int(depth) + 1 { commas.append(0) }
                } else if Int(depth) + 1 < commas.count {
                    left = commas.removeLast()
                }
                if let left, let string, string.markedDepth == depth + 1 {
                    levelLeft = depth
                    if left > 0 { return false }
                }
            }
            if levelLeft.map({ depth <= $0 }) ?? true, leaf.isComma, Int(depth) < commas.count {
                let isLast = place == line.range.upperBound - 1
                // A comma that was put here counts for nothing.
                let closesStringsElement =
                    isLast
                    && (leaf.flags.contains(.ownText) || (isLastElement && commas[Int(depth)] == 0 && beginsOnLine))
                if line.isInsideBrackets || depth > 0, !closesStringsElement { commas[Int(depth)] += 1 }
            }
            if let level = levelLeft { levelLeft = min(level, depth) }
            if leaf.roles.contains(.precedesValue), depth == 0 {
                isLastElement = false
                beginsOnLine = true
            }
            if leaf.flags.contains(.multilineString) {
                if leaf.roles.contains(.unwelcomeMultilineString) || string != nil { return false }
                string = leaf
                isLastElement = true
            }
        }
        return string == nil || commas.allSatisfy { $0 == 0 }
    }

    /// Whether the line begins where an element does, and not at a comment within one, or at what directives leave of one.
    private func beginsElement(_ line: Line) -> Bool {
        guard let first = line.range.first else { return false }
        var index = Int(order[first]) - 1
        while index >= 0, leaves[index].isStandaloneComment, !leaves[index].flags.contains(.kept) { index -= 1 }
        return index < 0 || leaves[index].opens || leaves[index].isComma
            || leaves[index].roles.contains(.precedesValue)
    }
}
