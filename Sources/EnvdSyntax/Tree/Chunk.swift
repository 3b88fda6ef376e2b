/// One top-level statement with the trivia before it (or, where recovery had to cut, a few), parsed.
///
/// A chunk is immutable and knows nothing of where it stands: everything in it is counted from its own beginning. What
/// it holds is a function of the bytes from its beginning to `examined` alone, so after an edit elsewhere it can be used
/// again as it is, and whatever was computed from it can be cached by its identity.
package final class Chunk: Sendable {
    let content: ChunkContent

    init(_ content: ChunkContent) { self.content = content }

    deinit { ChunkMemory.retire(content) }

    package var tokenCount: Int32 { content.header.pointee.tokenCount }
    package var nodeCount: Int32 { content.header.pointee.nodeCount }
    package var diagnosticCount: Int32 { content.header.pointee.diagnosticCount }
    var longTokenCount: Int32 { content.header.pointee.longTokenCount }
    /// UTF-8 bytes of the text.
    package var utf8Count: Int32 { content.header.pointee.utf8Count }
    /// How many bytes from the beginning of the chunk decided its content; more than there are where the end of the
    /// file did.
    var examined: UInt32 { content.header.pointee.examined }
    /// Line breaks (LF, CR LF or CR alone) in the text.
    package var lineBreakCount: Int32 { content.header.pointee.lineBreakCount }
    /// The text begins with a byte order mark that was taken as one, which happens only at the beginning of a file.
    var hasByteOrderMark: Bool { content.header.pointee.hasByteOrderMark }

    // MARK: - The arrays

    @inline(__always) var tokens: UnsafePointer<TokenWord> { content.tokens }
    @inline(__always) var nodes: UnsafePointer<NodeRecord> { content.nodes }
    var diagnosticRecords: UnsafePointer<DiagnosticRecord> { content.diagnosticRecords }
    var text: UnsafePointer<UInt8> { content.text }

    @inline(__always) func length(ofToken index: Int) -> Int { content.length(ofToken: index) }
    package func longLength(ofToken index: Int) -> Int { content.longLength(ofToken: index) }
    @inline(__always) func end(ofToken index: Int) -> Int { content.end(ofToken: index) }

    /// The arrays themselves, for whoever reads all of a chunk: tokens, nodes in preorder, and the text. A token whose
    /// `shortLength` is `TokenWord.longLength` is as long as `longLength(ofToken:)` says.
    ///
    /// They live as long as the chunk.
    package var records:
        (tokens: UnsafePointer<TokenWord>, nodes: UnsafePointer<NodeRecord>, text: UnsafePointer<UInt8>)
    { (tokens, nodes, text) }

    /// The text's bytes; the closure must not let the pointer escape.
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withExtendedLifetime(self) { content.withBytes(body) }
    }

    /// What the chunk's arrays and its object take in memory, in bytes, the text included.
    package var memoryFootprint: Int {
        Int(tokenCount) * MemoryLayout<TokenWord>.stride + Int(nodeCount) * MemoryLayout<NodeRecord>.stride
            + Int(diagnosticCount) * MemoryLayout<DiagnosticRecord>.stride
            + Int(longTokenCount) * MemoryLayout<LongToken>.stride + Int(utf8Count)
            + 2 * 16 + 56
    }

    /// Whether both hold the same text, tokens, nodes and findings.
    package func hasSameContent(as other: Chunk) -> Bool {
        if self === other { return true }
        guard
            tokenCount == other.tokenCount, nodeCount == other.nodeCount, diagnosticCount == other.diagnosticCount,
            longTokenCount == other.longTokenCount, utf8Count == other.utf8Count, examined == other.examined,
            lineBreakCount == other.lineBreakCount, hasByteOrderMark == other.hasByteOrderMark
        else { return false }
        for index in 0..<Int(tokenCount) where tokens[index].bits != other.tokens[index].bits { return false }
        for index in 0..<Int(nodeCount) {
            let (a, b) = (nodes[index], other.nodes[index])
            guard
                a.kind == b.kind, a.firstToken == b.firstToken, a.tokenEnd == b.tokenEnd, a.size == b.size,
                a.parent == b.parent
            else { return false }
        }
        for index in 0..<Int(diagnosticCount) {
            let (a, b) = (diagnosticRecords[index], other.diagnosticRecords[index])
            guard
                a.start == b.start, a.length == b.length, a.code == b.code, a.expected == b.expected,
                a.found == b.found
            else { return false }
        }
        for index in 0..<Int(utf8Count) where text[index] != other.text[index] { return false }
        return true
    }
}

extension SyntaxKind {
    /// Tokens that arrange lines and have no place in a node's range.
    @inline(__always)
    var isLayout: Bool { rawValue <= SyntaxKind.eof.rawValue }
}

/// Line breaks in the bytes: LF, CR LF or CR alone, as the editor protocol and Starlark count them.
func countLineBreaks(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    // Eight bytes a step: byte by byte this was an eighth of the whole parse. In `zeroBytes(word ^ pattern)` the high
    // bit of every byte that equals the pattern's is set, and no other bit.
    func zeroBytes(_ word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((word & low) &+ low) | word | low)
    }
    var feeds = 0
    var returns: UInt64 = 0
    var at = 0
    while at &+ 8 <= bytes.count {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
        feeds &+= zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A).nonzeroBitCount
        returns |= zeroBytes(word ^ 0x0D0D_0D0D_0D0D_0D0D)
        at &+= 8
    }
    while at < bytes.count {
        if base[at] == 0x0A { feeds &+= 1 }
        if base[at] == 0x0D { returns = 1 }
        at &+= 1
    }
    guard returns != 0 else { return feeds }
    var lone = 0
    for index in bytes.indices where bytes[index] == 0x0D {
        if index + 1 == bytes.count || bytes[index + 1] != 0x0A { lone += 1 }
    }
    return feeds + lone
}
