import EnvdSyntax

/// What a selection grows to from an offset, step by step: the word, what stands around it, its statement, its block,
/// the file. Innermost first, each larger than the one before and around it; never empty.
package func selectionRanges(at offset: Int, in file: SourceFile) -> [Range<Int>] {
    let offset = max(0, min(offset, file.utf8Count))
    var ranges = SelectionRanges(offset: offset)
    var node: SyntaxNode?
    if let token = touchedToken(at: offset, in: file) {
        if token.kind == .string || token.kind == .bytes { ranges.add(content(of: token)) }
        ranges.add(token.range)
        node = token.parent
    } else {
        if let comment = touchedComment(at: offset, in: file) { ranges.add(comment) }
        node = file.node(covering: offset..<offset)
    }
    while let current = node {
        if let inside = insideOfBrackets(current) { ranges.add(inside) }
        ranges.add(current.kind == .suite ? statements(of: current) : current.range)
        node = current.parent
    }
    ranges.add(0..<file.utf8Count)
    return ranges.ranges
}

private struct SelectionRanges {
    /// A client reads the answer as one object within another, and many a client's stack allows 1,000 frames of Python
    /// for that. Programs that people write have thirty.
    static let limit = 100

    let offset: Int
    var ranges: [Range<Int>] = []

    mutating func add(_ range: Range<Int>) {
        guard range.lowerBound <= offset, offset <= range.upperBound else { return }
        if let last = ranges.last {
            guard range != last, range.lowerBound <= last.lowerBound, last.upperBound <= range.upperBound else {
                return
            }
            // The outermost counts more than those far out on the way to it.
            if ranges.count == Self.limit { ranges.removeLast() }
        }
        ranges.append(range)
    }
}

/// The token under the cursor. Between two, the one that is a word, then the one behind the cursor.
private func touchedToken(at offset: Int, in file: SourceFile) -> SyntaxToken? {
    func touches(_ token: SyntaxToken) -> Bool {
        !token.range.isEmpty && token.kind != .newline && token.range.lowerBound <= offset
            && offset <= token.range.upperBound
    }
    let behind = file.token(at: offset).flatMap { touches($0) ? $0 : nil }
    let before = offset > 0 ? file.token(at: offset - 1).flatMap { touches($0) ? $0 : nil } : nil
    guard let behind, let before else { return behind ?? before }
    return isWord(before.kind) && !isWord(behind.kind) ? before : behind
}

private func isWord(_ kind: SyntaxKind) -> Bool {
    switch kind {
    case .identifier, .integer, .float, .string, .bytes, .formattedString: true
    default: kind.isKeyword
    }
}

private func touchedComment(at offset: Int, in file: SourceFile) -> Range<Int>? {
    file.token(at: offset)?.leadingTrivia.first { piece in
        piece.kind == .comment && piece.range.lowerBound <= offset && offset <= piece.range.upperBound
    }?.range
}

/// A string without its quotes.
private func content(of token: SyntaxToken) -> Range<Int> {
    let start = token.range.lowerBound + token.prefixAndQuoteLength
    let quotes = token.quoteWidth
    let end = token.range.upperBound - quotes
    return start <= end && !token.isBroken ? start..<end : token.range
}

/// A block without the line break of its header.
private func statements(of suite: SyntaxNode) -> Range<Int> {
    guard let first = suite.children.first(where: { _ in true }) else { return suite.range }
    return first.range.lowerBound..<max(first.range.upperBound, suite.range.upperBound)
}

private func insideOfBrackets(_ node: SyntaxNode) -> Range<Int>? {
    guard let (opening, closing) = node.brackets, opening.range.upperBound <= closing.range.lowerBound else {
        return nil
    }
    return opening.range.upperBound..<closing.range.lowerBound
}
