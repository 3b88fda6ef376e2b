import EnvdSyntax

/// What can be folded away: blocks, what stands between brackets, comments, strings and `load`s of several lines.
///
/// In source order, outer before inner. What stands on one line is left out; whether whole lines can fold is for the caller to see.
package func foldingRanges(of file: SourceFile) -> [Fold] {
    var folds: [Fold] = []
    let statements = file.statements
    let breaks = LineBreaks(file)
    for statement in statements { addFolds(of: statement, breaks, to: &folds) }
    folds.append(contentsOf: loadFolds(statements))
    folds.append(contentsOf: commentFolds(file))
    return folds.sorted { ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound) }
}

/// A part of a file that can be folded away.
package struct Fold: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case block
        case brackets
        case string
        case documentation
        case comment
        case loads
    }

    package var kind: Kind
    /// What disappears, in UTF-8 bytes. It begins on the line that stays.
    package var range: Range<Int>
    /// Whether the last line, which closes what was opened on the first, should stay where a client folds whole lines.
    package var keepsLastLine: Bool
}

// MARK: - Nodes

/// Where lines begin, to tell quickly that something stands on one line.
private struct LineBreaks {
    /// In UTF-8 bytes, in order.
    private let starts: [Int]

    init(_ file: SourceFile) {
        starts = file.bytes.withUnsafeBufferPointer { bytes in
            bytes.indices.filter { bytes[$0] == 0x0A || bytes[$0] == 0x0D }
        }
    }

    /// Whether a line break stands within a range, its end not counted.
    func isBroken(_ range: Range<Int>) -> Bool {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < starts.count && starts[low] < range.upperBound
    }
}

/// The folds of a node and of all within it. What stands on one line has none, and most does.
private func addFolds(of root: SyntaxNode, _ breaks: LineBreaks, to folds: inout [Fold]) {
    var waiting = [root]
    while let node = waiting.popLast() {
        guard breaks.isBroken(node.range) else { continue }
        if let fold = fold(of: node) { folds.append(fold) }
        waiting.append(contentsOf: node.children)
    }
}

private func fold(of node: SyntaxNode) -> Fold? {
    switch node.kind {
    case .suite:
        // Of a block on the header's own line there is nothing to fold.
        guard let first = node.firstToken, first.kind == .newline, let colon = first.previous else { return nil }
        return makeFold(.block, colon.range.upperBound, node.range.upperBound)
    case .literalExpr:
        guard let token = node.firstToken, token.kind == .string || token.kind == .bytes, token.quoteWidth == 3 else {
            return nil
        }
        return makeFold(
            isDocumentation(node) ? .documentation : .string,
            token.range.lowerBound + token.prefixAndQuoteLength, token.range.upperBound)
    default:
        guard let (opening, closing) = node.brackets else { return nil }
        var fold = makeFold(.brackets, opening.range.upperBound, closing.range.lowerBound)
        // `)` on a line of its own goes on being seen below what it closes.
        fold?.keepsLastLine = closing.leadingTrivia.contains { $0.kind == .lineBreak }
        return fold
    }
}

private func makeFold(_ kind: Fold.Kind, _ start: Int, _ end: Int) -> Fold? {
    start < end ? Fold(kind: kind, range: start..<end, keepsLastLine: false) : nil
}

/// Whether a literal is a statement by itself, as the text at the beginning of a file or function is.
private func isDocumentation(_ literal: SyntaxNode) -> Bool { literal.parent?.kind == .exprStmt }

// MARK: - Groups

/// Two or more `load`s after each other.
private func loadFolds(_ statements: [SyntaxNode]) -> [Fold] {
    var folds: [Fold] = []
    var group: (first: SyntaxNode, last: SyntaxNode)?
    func close() {
        guard let (first, last) = group, first != last else { return }
        // The first stays to be seen as far as its line goes.
        let start = LoadStmt(first)?.module?.range.upperBound ?? first.range.upperBound
        if let fold = makeFold(.loads, start, last.range.upperBound) { folds.append(fold) }
    }
    for statement in statements {
        if statement.kind == .loadStmt {
            group = (group?.first ?? statement, statement)
        } else {
            close()
            group = nil
        }
    }
    close()
    return folds
}

/// Two or more lines that hold nothing but a comment.
private func commentFolds(_ file: SourceFile) -> [Fold] {
    let bytes = file.bytes
    var folds: [Fold] = []
    var group: (first: Range<Int>, last: Range<Int>)?
    func close() {
        guard let (first, last) = group, first != last else { return }
        if let fold = makeFold(.comment, first.upperBound, last.upperBound) { folds.append(fold) }
    }
    for comment in file.commentRanges where isAlone(comment, in: bytes) {
        if let last = group?.last, isNextLine(comment, after: last, in: bytes) {
            group?.last = comment
        } else {
            close()
            group = (comment, comment)
        }
    }
    close()
    return folds
}

private func isAlone(_ comment: Range<Int>, in bytes: [UInt8]) -> Bool {
    var before = comment.lowerBound
    while before > 0, bytes[before - 1] == 0x20 || bytes[before - 1] == 0x09 { before -= 1 }
    return before == 0 || bytes[before - 1] == 0x0A || bytes[before - 1] == 0x0D
}

/// Whether only one line break and blanks are between.
private func isNextLine(_ comment: Range<Int>, after last: Range<Int>, in bytes: [UInt8]) -> Bool {
    var at = last.upperBound
    guard at < comment.lowerBound else { return false }
    at += bytes[at] == 0x0D && bytes[at + 1] == 0x0A ? 2 : 1
    return bytes[at..<max(at, comment.lowerBound)].allSatisfy { $0 == 0x20 || $0 == 0x09 }
}
