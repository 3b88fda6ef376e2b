/// One top-level statement with the trivia before it (or, where recovery had to cut, a few), parsed.
///
/// A chunk is immutable and knows nothing of where it stands: everything in it is counted from its own beginning. What
/// it holds is a function of the bytes from its beginning to `examined` alone, so after an edit elsewhere it can be used
/// again as it is, and whatever was computed from it can be cached by its identity.
///
/// Tokens, nodes, findings and text share one allocation, in this order, each array as long as it needs to be.
package final class Chunk: @unchecked Sendable {  // immutable after init
    private let storage: UnsafeMutableRawPointer
    package let tokenCount: Int32
    package let nodeCount: Int32
    package let diagnosticCount: Int32
    let longTokenCount: Int32
    /// UTF-8 bytes of the text.
    package let utf8Count: Int32
    /// How many bytes from the beginning of the chunk decided its content; more than there are where the end of the
    /// file did.
    let examined: UInt32
    /// Line breaks (LF, CR LF or CR alone) in the text.
    package let lineBreakCount: Int32
    /// The text begins with a byte order mark that was taken as one, which happens only at the beginning of a file.
    let hasByteOrderMark: Bool

    init(
        tokens: UnsafePointer<TokenWord>, tokenCount: Int, nodeCount: Int,
        diagnostics: UnsafePointer<DiagnosticRecord>, diagnosticCount: Int,
        longTokens: UnsafePointer<LongToken>, longTokenCount: Int,
        text: UnsafePointer<UInt8>, utf8Count: Int, examined: Int, hasByteOrderMark: Bool,
        fillNodes: (UnsafeMutablePointer<NodeRecord>) -> Void
    ) {
        self.tokenCount = Int32(truncatingIfNeeded: tokenCount)
        self.nodeCount = Int32(truncatingIfNeeded: nodeCount)
        self.diagnosticCount = Int32(truncatingIfNeeded: diagnosticCount)
        self.longTokenCount = Int32(truncatingIfNeeded: longTokenCount)
        self.utf8Count = Int32(truncatingIfNeeded: utf8Count)
        self.examined = UInt32(truncatingIfNeeded: examined)
        self.hasByteOrderMark = hasByteOrderMark
        let size =
            tokenCount * MemoryLayout<TokenWord>.stride + nodeCount * MemoryLayout<NodeRecord>.stride
            + diagnosticCount * MemoryLayout<DiagnosticRecord>.stride
            + longTokenCount * MemoryLayout<LongToken>.stride + utf8Count
        storage = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
        lineBreakCount = Int32(truncatingIfNeeded: countLineBreaks(UnsafeBufferPointer(start: text, count: utf8Count)))

        storage.copyMemory(from: tokens, byteCount: tokenCount * MemoryLayout<TokenWord>.stride)
        fillNodes(UnsafeMutablePointer(mutating: self.nodes))
        if diagnosticCount > 0 {
            UnsafeMutablePointer(mutating: self.diagnosticRecords).update(from: diagnostics, count: diagnosticCount)
        }
        if longTokenCount > 0 {
            UnsafeMutablePointer(mutating: self.longTokens).update(from: longTokens, count: longTokenCount)
        }
        UnsafeMutablePointer(mutating: self.text).update(from: text, count: utf8Count)
    }

    deinit { storage.deallocate() }

    // MARK: - The arrays

    @inline(__always)
    var tokens: UnsafePointer<TokenWord> { UnsafePointer(storage.assumingMemoryBound(to: TokenWord.self)) }

    @inline(__always)
    var nodes: UnsafePointer<NodeRecord> {
        UnsafePointer(
            (storage + Int(tokenCount) * MemoryLayout<TokenWord>.stride).assumingMemoryBound(to: NodeRecord.self))
    }

    var diagnosticRecords: UnsafePointer<DiagnosticRecord> {
        UnsafePointer(
            UnsafeMutableRawPointer(mutating: nodes + Int(nodeCount)).assumingMemoryBound(to: DiagnosticRecord.self))
    }

    var longTokens: UnsafePointer<LongToken> {
        UnsafePointer(
            UnsafeMutableRawPointer(mutating: diagnosticRecords + Int(diagnosticCount))
                .assumingMemoryBound(to: LongToken.self))
    }

    var text: UnsafePointer<UInt8> {
        UnsafePointer(
            UnsafeMutableRawPointer(mutating: longTokens + Int(longTokenCount)).assumingMemoryBound(to: UInt8.self))
    }

    // MARK: - Questions that every view asks

    @inline(__always)
    func length(ofToken index: Int) -> Int {
        let length = tokens[index].shortLength
        return length == TokenWord.longLength ? longLength(ofToken: index) : length
    }

    package func longLength(ofToken index: Int) -> Int {
        for place in 0..<Int(longTokenCount) where Int(longTokens[place].token) == index {
            return Int(longTokens[place].length)
        }
        return TokenWord.longLength
    }

    @inline(__always)
    func end(ofToken index: Int) -> Int { tokens[index].start + length(ofToken: index) }

    /// The tokens' range without the line break, indentation and end of file that may stand at its end.
    func trimmedRange(ofTokens tokens: Range<Int>) -> Range<Int> {
        guard !tokens.isEmpty else {
            let place = tokens.lowerBound > 0 ? end(ofToken: tokens.lowerBound - 1) : 0
            return place..<place
        }
        var last = tokens.upperBound - 1
        while last > tokens.lowerBound, self.tokens[last].kind.isLayout { last -= 1 }
        let start = self.tokens[tokens.lowerBound].start
        return start..<Swift.max(start, end(ofToken: last))
    }

    /// The arrays themselves, for whoever reads all of a chunk: tokens, nodes in preorder, and the text. A token whose
    /// `shortLength` is `TokenWord.longLength` is as long as `longLength(ofToken:)` says.
    ///
    /// They live as long as the chunk.
    package var records:
        (tokens: UnsafePointer<TokenWord>, nodes: UnsafePointer<NodeRecord>, text: UnsafePointer<UInt8>)
    { (tokens, nodes, text) }

    /// The text's bytes; the closure must not let the pointer escape.
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withExtendedLifetime(self) { body(UnsafeBufferPointer(start: text, count: Int(utf8Count))) }
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
