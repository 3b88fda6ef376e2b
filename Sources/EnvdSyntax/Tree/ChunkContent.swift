/// What a chunk holds, where it lies in memory: what views of the tree refer to.
///
/// Tokens, nodes, findings and text share one allocation, behind the header in this order, each array as long as it needs to be.
///
/// It keeps nothing alive, so that a view is as cheap as a number. The memory is there as long as the chunk, and beyond until the thread
/// that let go of the chunk rests (`ChunkMemory`).
package struct ChunkContent: Hashable, @unchecked Sendable {  // immutable once it is made
    struct Header {
        let tokenCount: Int32
        let nodeCount: Int32
        let diagnosticCount: Int32
        let longTokenCount: Int32
        let utf8Count: Int32
        let examined: UInt32
        let lineBreakCount: Int32
        let hasByteOrderMark: Bool
    }

    private let base: UnsafeRawPointer

    /// Allocates and fills the memory.
    init(
        tokens: UnsafePointer<TokenWord>, tokenCount: Int, nodeCount: Int,
        diagnostics: UnsafePointer<DiagnosticRecord>, diagnosticCount: Int,
        longTokens: UnsafePointer<LongToken>, longTokenCount: Int,
        text: UnsafePointer<UInt8>, utf8Count: Int, examined: Int, hasByteOrderMark: Bool,
        fillNodes: (UnsafeMutablePointer<NodeRecord>) -> Void
    ) {
        let size =
            MemoryLayout<Header>.size.roundedUpToWords + tokenCount * MemoryLayout<TokenWord>.stride
            + nodeCount * MemoryLayout<NodeRecord>.stride
            + diagnosticCount * MemoryLayout<DiagnosticRecord>.stride
            + longTokenCount * MemoryLayout<LongToken>.stride + utf8Count
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
        memory.initializeMemory(
            as: Header.self,
            to: Header(
                tokenCount: Int32(truncatingIfNeeded: tokenCount), nodeCount: Int32(truncatingIfNeeded: nodeCount),
                diagnosticCount: Int32(truncatingIfNeeded: diagnosticCount),
                longTokenCount: Int32(truncatingIfNeeded: longTokenCount),
                utf8Count: Int32(truncatingIfNeeded: utf8Count), examined: UInt32(truncatingIfNeeded: examined),
                lineBreakCount: Int32(
                    truncatingIfNeeded: countLineBreaks(UnsafeBufferPointer(start: text, count: utf8Count))),
                hasByteOrderMark: hasByteOrderMark))
        base = UnsafeRawPointer(memory)
        UnsafeMutablePointer(mutating: self.tokens).update(from: tokens, count: tokenCount)
        fillNodes(UnsafeMutablePointer(mutating: nodes))
        if diagnosticCount > 0 {
            UnsafeMutablePointer(mutating: diagnosticRecords).update(from: diagnostics, count: diagnosticCount)
        }
        if longTokenCount > 0 {
            UnsafeMutablePointer(mutating: self.longTokens).update(from: longTokens, count: longTokenCount)
        }
        UnsafeMutablePointer(mutating: self.text).update(from: text, count: utf8Count)
    }

    func deallocate() { UnsafeMutableRawPointer(mutating: base).deallocate() }

    // MARK: - The arrays

    @inline(__always)
    var header: UnsafePointer<Header> { base.assumingMemoryBound(to: Header.self) }

    @inline(__always)
    var tokens: UnsafePointer<TokenWord> {
        (base + MemoryLayout<Header>.size.roundedUpToWords).assumingMemoryBound(to: TokenWord.self)
    }

    @inline(__always)
    var nodes: UnsafePointer<NodeRecord> {
        UnsafeRawPointer(tokens + tokenCount).assumingMemoryBound(to: NodeRecord.self)
    }

    var diagnosticRecords: UnsafePointer<DiagnosticRecord> {
        UnsafeRawPointer(nodes + nodeCount).assumingMemoryBound(to: DiagnosticRecord.self)
    }

    var longTokens: UnsafePointer<LongToken> {
        UnsafeRawPointer(diagnosticRecords + Int(header.pointee.diagnosticCount)).assumingMemoryBound(
            to: LongToken.self)
    }

    var text: UnsafePointer<UInt8> {
        UnsafeRawPointer(longTokens + Int(header.pointee.longTokenCount)).assumingMemoryBound(to: UInt8.self)
    }

    var tokenCount: Int { Int(header.pointee.tokenCount) }
    var nodeCount: Int { Int(header.pointee.nodeCount) }
    /// UTF-8 bytes of the text.
    package var utf8Count: Int { Int(header.pointee.utf8Count) }

    // MARK: - Questions that every view asks

    /// Whether the parser has findings in it.
    package var hasDiagnostics: Bool { header.pointee.diagnosticCount > 0 }

    @inline(__always)
    func length(ofToken index: Int) -> Int {
        let length = tokens[index].shortLength
        return length == TokenWord.longLength ? longLength(ofToken: index) : length
    }

    func longLength(ofToken index: Int) -> Int {
        for place in 0..<Int(header.pointee.longTokenCount) where Int(longTokens[place].token) == index {
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

    /// The statements as views, given where the chunk begins in the file.
    package func statements(at offset: Int) -> [SyntaxNode] {
        var out: [SyntaxNode] = []
        var place = 0
        while place < nodeCount {
            out.append(SyntaxNode(content: self, chunkOffset: offset, index: place))
            place += Int(nodes[place].size)
        }
        return out
    }

    /// The text's bytes; the closure must not let the pointer escape.
    @inline(__always)
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: text, count: Int(header.pointee.utf8Count)))
    }

    package func bytes(in range: Range<Int>) -> [UInt8] {
        withBytes { Array($0[range.clamped(to: 0..<$0.count)]) }
    }

    /// Invalid UTF-8 is repaired.
    package func string(in range: Range<Int>) -> String {
        withBytes { String(decoding: $0[range.clamped(to: 0..<$0.count)], as: UTF8.self) }
    }
}

extension Int {
    fileprivate var roundedUpToWords: Int { (self + 7) & ~7 }
}
