extension SourceFile {
    /// The ranges of all comments in source order, in UTF-8 bytes.
    package var commentRanges: [Range<Int>] {
        chunks.flatMap { offset, chunk in chunk.commentRanges(at: offset) }
    }
}

extension Chunk {
    /// The ranges of the comments in source order, in UTF-8 bytes of a file in which the chunk begins at an offset.
    package func commentRanges(at offset: Int) -> [Range<Int>] {
        var comments: [Range<Int>] = []
        var token = tokenCount > 0 ? SyntaxToken(content: content, chunkOffset: offset, index: 0) : nil
        while let current = token {
            // Most gaps are empty or one blank wide.
            if current.leadingTriviaRange.count > 1 {
                for piece in current.leadingTrivia where piece.kind == .comment { comments.append(piece.range) }
            }
            token = current.next
        }
        return comments
    }
}
