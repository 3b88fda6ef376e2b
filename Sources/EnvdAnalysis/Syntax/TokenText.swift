import EnvdSyntax

extension SyntaxToken {
    /// Whether the token is spelled so. Rules ask this of most tokens and the answer is nearly always no, so no string is made.
    func isText(_ text: StaticString) -> Bool {
        let range = localRange
        guard range.count == text.utf8CodeUnitCount else { return false }
        return content.withBytes { bytes in
            text.withUTF8Buffer { $0.elementsEqual(bytes[range]) }
        }
    }

    /// Whether both tokens are of one kind and spelled alike.
    func isSpelledLike(_ other: SyntaxToken) -> Bool {
        guard kind == other.kind else { return false }
        let (mine, others) = (localRange, other.localRange)
        guard mine.count == others.count else { return false }
        return content.withBytes { bytes in
            other.content.withBytes { bytes[mine].elementsEqual($0[others]) }
        }
    }

    /// The token's first byte; nil of a token without text.
    var firstByte: UInt8? {
        let range = localRange
        return range.isEmpty ? nil : content.withBytes { $0[range.lowerBound] }
    }

    /// In UTF-8 bytes from the beginning of the chunk.
    private var localRange: Range<Int> {
        let range = range
        return (range.lowerBound - chunkOffset)..<(range.upperBound - chunkOffset)
    }
}
