import EnvdSyntax

extension RuleContext {
    /// What takes a statement out of the file, line and all. A suite is never left empty, not even if all fixes are applied
    /// at once: where nothing stays, the statement becomes `pass`.
    ///
    /// Nil where something else stands on the line, a comment above all, which only a person can judge.
    func removal(of statement: SyntaxNode) -> SourceEdit? {
        guard let newline = statement.lastToken, newline.kind == .newline,
            file.bytes(in: newline.leadingTriviaRange).allSatisfy(isBlank)
        else { return nil }
        let range = statement.range
        if let suite = statement.parent, suite.kind == .suite,
            !suite.children.prefix(64).contains(where: { other in
                other != statement && stays(other)
            })
        {
            return statement.kind == .passStmt ? nil : SourceEdit(range: range, replacement: "pass")
        }
        var line = file.position(at: range.lowerBound)
        line.column = 0
        let start = file.offset(of: line)
        guard file.bytes(in: start..<range.lowerBound).allSatisfy(isBlank) else { return nil }
        return SourceEdit(range: start..<newline.range.upperBound, replacement: "")
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

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
