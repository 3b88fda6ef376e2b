extension SourceFile {
    /// The ranges of all comments in source order, in UTF-8 bytes.
    package var commentRanges: [Range<Int>] {
        var comments: [Range<Int>] = []
        for (offset, _) in chunks {
            var token = token(at: offset)
            while let previous = token?.previous { token = previous }
            while let current = token {
                // Most gaps are empty or one blank wide.
                if current.leadingTriviaRange.count > 1 {
                    for piece in current.leadingTrivia where piece.kind == .comment { comments.append(piece.range) }
                }
                token = current.next
            }
        }
        return comments
    }
}
