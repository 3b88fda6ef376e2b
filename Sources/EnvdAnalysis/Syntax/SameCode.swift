import EnvdSyntax

/// Whether two nodes are the same code: the same tokens, however they are laid out. Comments do not count.
func isSameCode(_ a: SyntaxNode, _ b: SyntaxNode) -> Bool {
    guard a.kind == b.kind else { return false }
    let (tokens, others) = (a.tokens, b.tokens)
    guard tokens.count == others.count else { return false }
    return zip(tokens, others).allSatisfy { token, other in
        isLayout(token.kind) ? token.kind == other.kind : token.isSpelledLike(other)
    }
}

private func isLayout(_ kind: SyntaxKind) -> Bool {
    kind == .newline || kind == .indent || kind == .dedent || kind == .eof
}
