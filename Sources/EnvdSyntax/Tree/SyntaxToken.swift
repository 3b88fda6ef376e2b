/// A view of one token; it keeps nothing alive (`ChunkMemory`).
package struct SyntaxToken: Sendable, Hashable {
    package let content: ChunkContent
    private let chunkOffsetWord: UInt32
    private let indexWord: UInt32

    @inline(__always)
    init(content: ChunkContent, chunkOffset: Int, index: Int) {
        self.content = content
        // No file is so large that these do not hold its places (`SyntaxLimits.fileSize`).
        chunkOffsetWord = UInt32(truncatingIfNeeded: chunkOffset)
        indexWord = UInt32(truncatingIfNeeded: index)
    }

    /// Where the chunk begins in the file, in UTF-8 bytes.
    package var chunkOffset: Int { Int(chunkOffsetWord) }
    /// The token's place in the chunk.
    package var index: Int { Int(indexWord) }

    package var kind: SyntaxKind { content.tokens[index].kind }

    /// Without the trivia before it.
    package var range: Range<Int> {
        let start = content.tokens[index].start
        return (chunkOffset + start)..<(chunkOffset + start + content.length(ofToken: index))
    }

    package var text: String {
        let start = content.tokens[index].start
        return content.string(in: start..<(start + content.length(ofToken: index)))
    }

    package var bytes: [UInt8] {
        let start = content.tokens[index].start
        return content.bytes(in: start..<(start + content.length(ofToken: index)))
    }

    /// Whether both are written alike.
    package func hasSameText(as other: SyntaxToken) -> Bool {
        withBytes { bytes in
            other.withBytes { others in
                guard bytes.count == others.count else { return false }
                for place in 0..<bytes.count where bytes[place] != others[place] { return false }
                return true
            }
        }
    }

    /// The text's bytes where they lie; the closure must not let the pointer escape.
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = content.tokens[index].start
        let length = content.length(ofToken: index)
        return content.withBytes { body(UnsafeBufferPointer(rebasing: $0[start..<(start + length)])) }
    }

    /// The string is not closed, or another mistake in the token has been reported.
    package var isBroken: Bool { content.tokens[index].isRecovered }

    // MARK: - Relatives

    /// The token before it in the same chunk.
    package var previous: SyntaxToken? {
        index > 0 ? SyntaxToken(content: content, chunkOffset: chunkOffset, index: index - 1) : nil
    }

    /// The token behind it in the same chunk.
    package var next: SyntaxToken? {
        index + 1 < content.tokenCount
            ? SyntaxToken(content: content, chunkOffset: chunkOffset, index: index + 1) : nil
    }

    /// The innermost node that holds the token; nil for the end of the file.
    package var parent: SyntaxNode? {
        var found: Int?
        var place = 0
        var end = content.nodeCount
        while place < end {
            let record = content.nodes[place]
            if Int(record.firstToken) <= index, index < Int(record.tokenEnd) {
                found = place
                end = place + Int(record.size)
                place += 1
            } else {
                place += Int(record.size)
            }
        }
        return found.map { SyntaxNode(content: content, chunkOffset: chunkOffset, index: $0) }
    }

    // MARK: - Trivia

    /// What stands between the token before and this one: blanks, comments, line breaks, line joins.
    package var leadingTriviaRange: Range<Int> {
        let start = index > 0 ? content.end(ofToken: index - 1) : 0
        return (chunkOffset + start)..<(chunkOffset + content.tokens[index].start)
    }

    package var leadingTrivia: [Trivia] {
        let range = leadingTriviaRange
        return content.withBytes {
            Trivia.pieces(of: $0, in: (range.lowerBound - chunkOffset)..<(range.upperBound - chunkOffset))
        }
        .map { Trivia(kind: $0.kind, range: ($0.range.lowerBound + chunkOffset)..<($0.range.upperBound + chunkOffset)) }
    }
}

/// A piece of the text between tokens.
package struct Trivia: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case blanks
        /// A line break that ends no statement: of a blank line or inside brackets.
        case lineBreak
        /// From `#` to the end of the line, without the break.
        case comment
        /// A backslash and the line break behind it.
        case lineJoin
        case byteOrderMark
    }

    package let kind: Kind
    /// UTF-8 bytes in the file.
    package let range: Range<Int>

    static func pieces(of bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> [Trivia] {
        var out: [Trivia] = []
        var at = range.lowerBound
        func lineBreak(at place: Int) -> Int {
            bytes[place] == 0x0D && place + 1 < range.upperBound && bytes[place + 1] == 0x0A ? 2 : 1
        }
        while at < range.upperBound {
            let start = at
            let kind: Kind
            switch bytes[at] {
            case 0x20, 0x09:
                kind = .blanks
                while at < range.upperBound, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
            case 0x0A, 0x0D:
                kind = .lineBreak
                at += lineBreak(at: at)
            case UInt8(ascii: "#"):
                kind = .comment
                while at < range.upperBound, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
            case UInt8(ascii: "\\"):
                kind = .lineJoin
                at += 1
                if at < range.upperBound { at += lineBreak(at: at) }
            default:
                kind = .byteOrderMark
                at = min(at + 3, range.upperBound)
            }
            out.append(Trivia(kind: kind, range: start..<at))
        }
        return out
    }
}

extension Chunk {
    package func bytes(in range: Range<Int>) -> [UInt8] { content.bytes(in: range) }

    /// Invalid UTF-8 is repaired.
    package func string(in range: Range<Int>) -> String { content.string(in: range) }
}
