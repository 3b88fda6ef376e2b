import EnvdSyntax

/// Whether two nodes are the same code: the same tokens, however they are laid out. Comments do not count.
func isSameCode(_ a: SyntaxNode, _ b: SyntaxNode) -> Bool {
    guard a.kind == b.kind else { return false }
    let (tokens, others) = (a.tokens, b.tokens)
    guard tokens.count == others.count else { return false }
    for (index, other) in zip(tokens.indices, others.indices) {
        let (token, other) = (tokens[index], others[other])
        guard token.kind == other.kind, isLayout(token.kind) || token.isSpelledLike(other) else { return false }
    }
    return true
}

private func isLayout(_ kind: SyntaxKind) -> Bool {
    kind == .newline || kind == .indent || kind == .dedent || kind == .eof
}
