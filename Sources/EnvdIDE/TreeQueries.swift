import EnvdSyntax

// Questions that several features ask of the tree.

extension SyntaxNode {
    /// The brackets that are the node's own, if it has both.
    var brackets: (opening: SyntaxToken, closing: SyntaxToken)? {
        guard let opening = firstToken(where: { $0 == .leftParen || $0 == .leftBracket || $0 == .leftBrace }) else {
            return nil
        }
        let closingKind: SyntaxKind =
            switch opening.kind {
            case .leftParen: .rightParen
            case .leftBracket: .rightBracket
            default: .rightBrace
            }
        return firstToken(of: closingKind).map { (opening, $0) }
    }
}

extension SyntaxToken {
    /// How many quotes open a string or bytes token: 1, 3, or 0 if it is no such token.
    var quoteWidth: Int { quotes.width }

    /// UTF-8 bytes of a string's or bytes' prefix and opening quotes.
    var prefixAndQuoteLength: Int { quotes.start + quotes.width }

    private var quotes: (start: Int, width: Int) {
        let bytes = bytes
        guard let start = bytes.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }) else {
            return (0, 0)
        }
        // Two quotes are an empty string, not the beginning of a triple one.
        let isTriple = bytes.count >= start + 6 && bytes[start + 1] == bytes[start] && bytes[start + 2] == bytes[start]
        return (start, isTriple ? 3 : 1)
    }
}

extension SourceFile {
    /// The comment that a cursor stands in or behind, in UTF-8 bytes of the file.
    func comment(at offset: Int) -> Range<Int>? {
        token(at: offset)?.leadingTrivia.first { piece in
            piece.kind == .comment && piece.range.lowerBound < offset && offset <= piece.range.upperBound
        }?.range
    }
}

extension SyntaxKind {
    var isKeyword: Bool {
        rawValue >= SyntaxKind.andKeyword.rawValue && rawValue <= SyntaxKind.yieldKeyword.rawValue
    }
}
