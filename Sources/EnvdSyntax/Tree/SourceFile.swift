/// A parsed file: an immutable value, cheap to copy, that prints back to the bytes it was made of.
///
/// It is a list of chunks in groups of up to 64, so that an edit copies one group and the list of groups, not the whole
/// list. Parsing never fails; what is wrong stands in `diagnostics`.
package struct SourceFile: Sendable {
    let groups: [ChunkGroup]
    /// Where each group begins, in UTF-8 bytes and lines, and what follows the last.
    let groupOffsets: [Int]
    let groupLines: [Int]

    init(groups: [ChunkGroup]) {
        self.groups = groups
        var offsets: [Int] = []
        var lines: [Int] = []
        offsets.reserveCapacity(groups.count + 1)
        lines.reserveCapacity(groups.count + 1)
        var (offset, line) = (0, 0)
        for group in groups {
            offsets.append(offset)
            lines.append(line)
            offset += group.utf8Count
            line += group.lineBreakCount
        }
        offsets.append(offset)
        lines.append(line)
        groupOffsets = offsets
        groupLines = lines
    }

    package init(_ text: String) {
        var text = text
        self = text.withUTF8 { SourceFile(bytes: $0) }
    }

    package init(bytes: [UInt8]) {
        self = bytes.withUnsafeBufferPointer { SourceFile(bytes: $0) }
    }

    /// Parses all of the bytes. Of a file larger than `SyntaxLimits.fileSize` the caller must not ask this.
    package init(bytes: UnsafeBufferPointer<UInt8>) {
        let window = Window(capacity: bytes.count)
        window.append(bytes)
        window.terminate()
        var builder = GroupBuilder()
        var parser = ChunkParser(text: window.base, count: window.count, endIsEndOfFile: true)
        var position = 0
        while true {
            guard let chunk = parser.chunk(at: position, isFileStart: position == 0) else { break }
            builder.append(chunk)
            position += Int(chunk.utf8Count)
            if chunk.isEndOfFile { break }
        }
        self.init(groups: builder.finish())
    }

    package var utf8Count: Int { groupOffsets[groups.count] }

    /// Line breaks plus one, as editors count lines.
    package var lineCount: Int { groupLines[groups.count] + 1 }

    // MARK: - Chunks

    /// The chunks in order, each with where it begins in UTF-8 bytes.
    package var chunks: [(offset: Int, chunk: Chunk)] {
        var out: [(offset: Int, chunk: Chunk)] = []
        for (index, group) in groups.enumerated() {
            for (place, chunk) in group.chunks.enumerated() {
                out.append((groupOffsets[index] + Int(group.offsets[place]), chunk))
            }
        }
        return out
    }

    /// The chunk that holds an offset; the last one (the end of the file) holds the file's length.
    package func chunk(at offset: Int) -> (offset: Int, chunk: Chunk) {
        let (group, place) = locate(offset)
        return (groupOffsets[group] + Int(groups[group].offsets[place]), groups[group].chunks[place])
    }

    /// The group and the place in it of the chunk that holds an offset.
    func locate(_ offset: Int) -> (group: Int, place: Int) {
        var (low, high) = (0, groups.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if groupOffsets[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        let group = groups[low]
        let inner = offset - groupOffsets[low]
        var (first, last) = (0, group.chunks.count - 1)
        while first < last {
            let middle = (first + last + 1) / 2
            if Int(group.offsets[middle]) <= inner { first = middle } else { last = middle - 1 }
        }
        return (low, first)
    }

    // MARK: - Tree

    /// The top-level statements.
    package var statements: [SyntaxNode] {
        var out: [SyntaxNode] = []
        for (offset, chunk) in chunks { out.append(contentsOf: chunk.statements(at: offset)) }
        return out
    }

    /// The token that holds an offset, or whose leading trivia does; the end of the file for offsets beyond all others.
    package func token(at offset: Int) -> SyntaxToken? {
        let (start, chunk) = self.chunk(at: max(0, min(offset, utf8Count)))
        let inner = offset - start
        var (low, high) = (0, Int(chunk.tokenCount) - 1)
        while low < high {
            let middle = (low + high) / 2
            if chunk.end(ofToken: middle) > inner { high = middle } else { low = middle + 1 }
        }
        return high >= 0 ? SyntaxToken(content: chunk.content, chunkOffset: start, index: low) : nil
    }

    /// The innermost node whose range holds all of a range; nil where only the file does.
    package func node(covering range: Range<Int>) -> SyntaxNode? {
        let (start, chunk) = self.chunk(at: max(0, min(range.lowerBound, utf8Count)))
        var found: SyntaxNode?
        var place = 0
        var end = Int(chunk.nodeCount)
        while place < end {
            let node = SyntaxNode(content: chunk.content, chunkOffset: start, index: place)
            let nodeRange = node.range
            if nodeRange.lowerBound <= range.lowerBound, range.upperBound <= nodeRange.upperBound {
                found = node
                end = place + Int(node.record.size)
                place += 1
            } else {
                place += Int(node.record.size)
            }
        }
        return found
    }

    /// All syntax findings in source order.
    package var diagnostics: [SyntaxDiagnostic] {
        var out: [SyntaxDiagnostic] = []
        for (offset, chunk) in chunks where chunk.diagnosticCount > 0 {
            out.append(contentsOf: chunk.diagnostics(at: offset))
        }
        return out
    }

    package var hasDiagnostics: Bool {
        groups.contains { group in group.chunks.contains { $0.diagnosticCount > 0 } }
    }

    // MARK: - Text

    package var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(utf8Count)
        for group in groups {
            for chunk in group.chunks { chunk.withBytes { out.append(contentsOf: $0) } }
        }
        return out
    }

    package func bytes(in range: Range<Int>) -> [UInt8] {
        let range = range.clamped(to: 0..<utf8Count)
        var out: [UInt8] = []
        guard !range.isEmpty else { return out }
        out.reserveCapacity(range.count)
        var (group, place) = locate(range.lowerBound)
        while group < groups.count {
            let start = groupOffsets[group] + Int(groups[group].offsets[place])
            if start >= range.upperBound { break }
            let chunk = groups[group].chunks[place]
            let inner =
                (max(range.lowerBound, start) - start)..<(min(range.upperBound, start + Int(chunk.utf8Count)) - start)
            chunk.withBytes { out.append(contentsOf: $0[inner]) }
            place += 1
            if place == groups[group].chunks.count {
                group += 1
                place = 0
            }
        }
        return out
    }

    /// Invalid UTF-8 is repaired.
    package func text(in range: Range<Int>) -> String { String(decoding: bytes(in: range), as: UTF8.self) }

    /// What the tree takes in memory, in bytes, the text included.
    package var memoryFootprint: Int {
        groups.reduce(0) { sum, group in
            sum + group.chunks.reduce(0) { $0 + $1.memoryFootprint + 12 } + 96
        } + groups.count * 24
    }

    /// Whether both have the same chunks in content, not necessarily in identity.
    package func hasSameContent(as other: SourceFile) -> Bool {
        let (mine, theirs) = (chunks, other.chunks)
        return mine.count == theirs.count
            && zip(mine, theirs).allSatisfy { $0.offset == $1.offset && $0.chunk.hasSameContent(as: $1.chunk) }
    }
}

extension Chunk {
    /// Whether the parser has findings in it.
    package var hasDiagnostics: Bool { content.hasDiagnostics }

    package var isEndOfFile: Bool { tokenCount == 1 && tokens[0].kind == .eof }

    /// The chunk's statements as views, given where it begins in the file.
    package func statements(at offset: Int) -> [SyntaxNode] { content.statements(at: offset) }
}

/// Up to 64 chunks and where they begin.
final class ChunkGroup: Sendable {
    let chunks: [Chunk]
    /// UTF-8 bytes from the beginning of the group.
    let offsets: [Int32]
    let utf8Count: Int
    let lineBreakCount: Int
    /// How far from the group's beginning its chunks looked, at most.
    let examined: Int

    static let size = 64

    init(chunks: [Chunk]) {
        var offsets: [Int32] = []
        offsets.reserveCapacity(chunks.count)
        var (offset, lines, examined) = (0, 0, 0)
        for chunk in chunks {
            offsets.append(Int32(truncatingIfNeeded: offset))
            examined = max(examined, offset + Int(chunk.examined))
            offset += Int(chunk.utf8Count)
            lines += Int(chunk.lineBreakCount)
        }
        self.chunks = chunks
        self.offsets = offsets
        utf8Count = offset
        lineBreakCount = lines
        self.examined = examined
    }
}

/// Packs chunks into groups, taking whole groups over as they are.
struct GroupBuilder {
    private var groups: [ChunkGroup] = []
    private var open: [Chunk] = []

    init(reserving count: Int = 0) { groups.reserveCapacity(count) }

    mutating func append(_ chunk: Chunk) {
        open.append(chunk)
        if open.count == ChunkGroup.size { close() }
    }

    mutating func append(_ group: ChunkGroup) {
        if !open.isEmpty {
            // A short rest joins the group behind it, so that groups do not crumble over many edits.
            if open.count + group.chunks.count <= ChunkGroup.size {
                open.append(contentsOf: group.chunks)
                close()
                return
            }
            close()
        }
        groups.append(group)
    }

    private mutating func close() {
        groups.append(ChunkGroup(chunks: open))
        open.removeAll(keepingCapacity: true)
    }

    mutating func finish() -> [ChunkGroup] {
        if !open.isEmpty { close() }
        return groups
    }
}

/// Contiguous text with NUL bytes behind it, as the chunk parser wants it.
final class Window {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 64) + ChunkParser.padding
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
        if count + bytes.count + ChunkParser.padding > capacity {
            capacity = (count + bytes.count) * 2 + ChunkParser.padding
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            larger.update(from: base, count: count)
            base.deallocate()
            base = larger
        }
        (base + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    func terminate() { (base + count).update(repeating: 0, count: ChunkParser.padding) }
}
