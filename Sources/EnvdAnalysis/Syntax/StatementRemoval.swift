import EnvdSyntax

extension RuleContext {
    /// What takes a statement out of the file, line and all. A suite is never left empty, not even if all fixes are applied
    /// at once: where nothing stays, the statement becomes `pass`.
    ///
    /// Nil where something else stands on the line, a comment above all, which only a person can judge.
    func removal(of statement: SyntaxNode) -> SourceEdit? {
        guard let newline = statement.lastToken, newline.kind == .newline,
            newline.hasOnlyBlanksBefore
        else { return nil }
        let range = statement.range
        if let suite = statement.parent, suite.kind == .suite,
            !suite.children.prefix(64).contains(where: { other in
                other != statement && stays(other)
            })
        {
            return statement.kind == .passStmt ? nil : SourceEdit(range: range, replacement: "pass")
        }
        // A chunk begins where a line does.
        let isAlone: Int? = statement.content.withBytes { bytes in
            var start = range.lowerBound - statement.chunkOffset
            while start > 0, isBlank(bytes[start - 1]) { start -= 1 }
            return start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D ? start : nil
        }
        guard let start = isAlone else { return nil }
        return SourceEdit(
            range: (start + statement.chunkOffset)..<newline.range.upperBound, replacement: "")
    }
}

/// Whether no fix takes away a statement.
private func stays(_ statement: SyntaxNode) -> Bool {
    switch statement.kind {
    case .passStmt, .continueStmt, .assignStmt: false
    case .returnStmt: ReturnStmt(statement)?.value != nil
    default: true
    }
}

extension SyntaxToken {
    fileprivate var hasOnlyBlanksBefore: Bool {
        let trivia = leadingTriviaRange
        return content.withBytes { bytes in
            for place in trivia where !isBlank(bytes[place - chunkOffset]) { return false }
            return true
        }
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
