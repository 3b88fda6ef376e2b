/// The unit in which an editor counts columns.
package enum PositionEncoding: Sendable, Hashable, CaseIterable {
    case utf8, utf16, utf32
}

/// A place as editors name it: both numbers count from zero.
package struct SourcePosition: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: SourcePosition, b: SourcePosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

extension SourceFile {
    /// The line and column of an offset in UTF-8 bytes. An offset inside a scalar counts as the scalar's beginning, one
    /// between CR and LF as the line's end; a byte that is no UTF-8 counts as one unit.
    package func position(at offset: Int, encoding: PositionEncoding = .utf8) -> SourcePosition {
        let offset = max(0, min(offset, utf8Count))
        let (group, place) = stepBackFromEmpty(locate(offset))
        let chunkStart = groupOffsets[group] + Int(groups[group].offsets[place])
        let chunk = groups[group].chunks[place]
        var line = groupLines[group]
        for index in 0..<place { line += Int(groups[group].chunks[index].lineBreakCount) }
        return chunk.withBytes { bytes in
            // Chunks begin at the beginning of a line.
            var lineStart = 0
            var at = 0
            let end = offset - chunkStart
            while at < end {
                let next = lineBreakEnd(bytes, at)
                if next > at {
                    if next > end { break }
                    line += 1
                    lineStart = next
                    at = next
                } else {
                    at += 1
                }
            }
            let column = units(in: bytes, from: lineStart, to: end, encoding: encoding)
            return SourcePosition(line: line, column: column)
        }
    }

    /// The offset in UTF-8 bytes of a position. Beyond the end of a line it is the line's end before its break, beyond
    /// the last line the file's end, as the protocol asks for.
    package func offset(of position: SourcePosition, encoding: PositionEncoding = .utf8) -> Int {
        guard position.line >= 0 else { return 0 }
        guard position.line < lineCount else { return utf8Count }
        var (low, high) = (0, groups.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if groupLines[middle] <= position.line { low = middle } else { high = middle - 1 }
        }
        var line = groupLines[low]
        var place = 0
        while place + 1 < groups[low].chunks.count,
            line + Int(groups[low].chunks[place].lineBreakCount) <= position.line
        {
            line += Int(groups[low].chunks[place].lineBreakCount)
            place += 1
        }
        (low, place) = stepBackFromEmpty((low, place))
        line = groupLines[low]
        for index in 0..<place { line += Int(groups[low].chunks[index].lineBreakCount) }
        let start = groupOffsets[low] + Int(groups[low].offsets[place])
        let wanted = max(0, position.column)
        return start
            + groups[low].chunks[place].withBytes { bytes in
                var at = 0
                while line < position.line, at < bytes.count {
                    let next = lineBreakEnd(bytes, at)
                    if next > at {
                        line += 1
                        at = next
                    } else {
                        at += 1
                    }
                }
                var column = 0
                while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D {
                    let (length, width) = unit(in: bytes, at: at, encoding: encoding)
                    if column + width > wanted { break }
                    column += width
                    at += length
                }
                return at
            }
    }
}

extension SourceFile {
    /// Every chunk begins at the beginning of a line, but for the empty end of a file whose last line has no break: that
    /// line belongs to the chunk before.
    private func stepBackFromEmpty(_ found: (group: Int, place: Int)) -> (group: Int, place: Int) {
        guard groups[found.group].chunks[found.place].utf8Count == 0 else { return found }
        if found.place > 0 { return (found.group, found.place - 1) }
        if found.group > 0 { return (found.group - 1, groups[found.group - 1].chunks.count - 1) }
        return found
    }
}

/// Where the lines of a text begin, for whoever needs its lines and not its tree.
package struct LineTable: Sendable {
    /// Offsets in UTF-8 bytes.
    private let starts: [Int]

    package init(_ text: [UInt8]) {
        starts = text.withUnsafeBufferPointer { bytes in
            var starts = [0]
            // Most lines are about as long as this.
            starts.reserveCapacity(bytes.count / 32 + 16)
            var at = 0
            while at < bytes.count {
                // Eight bytes a step, of which each LF leaves a bit.
                if let base = bytes.baseAddress, at &+ 8 <= bytes.count {
                    let word = UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
                    if places(of: 0x0D, in: word) == 0 {
                        var found = places(of: 0x0A, in: word)
                        while found != 0 {
                            starts.append(at &+ found.trailingZeroBitCount / 8 &+ 1)
                            found &= found &- 1
                        }
                        at &+= 8
                        continue
                    }
                }
                let next = lineBreakEnd(bytes, at)
                if next > at { starts.append(next) }
                at = max(next, at + 1)
            }
            return starts
        }
    }

    /// The line and the column, in UTF-8 bytes, of an offset in UTF-8 bytes.
    package func position(at offset: Int) -> SourcePosition {
        var line = 0
        return position(at: offset, near: &line)
    }

    /// The same, for who asks for one place after another.
    ///
    /// - Parameter line: the line of the place before; that of this one then.
    package func position(at offset: Int, near line: inout Int) -> SourcePosition {
        if !holds(offset, line) {
            line = holds(offset, line + 1) ? line + 1 : self.line(of: offset)
        }
        return SourcePosition(line: line, column: max(0, offset - starts[line]))
    }

    private func holds(_ offset: Int, _ line: Int) -> Bool {
        starts.indices.contains(line) && starts[line] <= offset
            && (line + 1 == starts.count || offset < starts[line + 1])
    }

    private func line(of offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}

/// The positions of many offsets of one file: the lines are looked for once.
package struct PositionTable: Sendable {
    private let text: [UInt8]
    private let lines: LineTable
    private let encoding: PositionEncoding
    /// Every byte is a scalar then, in each encoding.
    private let isASCII: Bool

    package init(_ file: SourceFile, encoding: PositionEncoding) {
        text = file.bytes
        isASCII = text.withUnsafeBufferPointer { bytes in
            var all: UInt8 = 0
            for byte in bytes { all |= byte }
            return all < 0x80
        }
        lines = LineTable(text)
        self.encoding = encoding
    }

    /// The same as `SourceFile.position(at:encoding:)`.
    package func position(at offset: Int) -> SourcePosition {
        var line = 0
        return position(at: offset, near: &line)
    }

    /// The same, for who asks for one place after another.
    ///
    /// - Parameter line: the line of the place before; that of this one then.
    package func position(at offset: Int, near line: inout Int) -> SourcePosition {
        let offset = max(0, min(offset, text.count))
        var position = lines.position(at: offset, near: &line)
        // The first half of a CR LF is no column.
        if isASCII, position.column == 0 || text[offset - 1] != 0x0D { return position }
        position.column = text.withUnsafeBufferPointer { text in
            units(in: text, from: offset - position.column, to: offset, encoding: encoding)
        }
        return position
    }
}

/// The highest bit of each of eight bytes that is a certain one; all other bits are zero.
@inline(__always)
private func places(of byte: UInt8, in word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let rest = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
    return ~(((rest & low) &+ low) | rest | low)
}

/// Behind the line break at a place, or the place itself where there is none.
@inline(__always)
private func lineBreakEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    if bytes[at] == 0x0A { return at + 1 }
    guard bytes[at] == 0x0D else { return at }
    return at + 1 < bytes.count && bytes[at + 1] == 0x0A ? at + 2 : at + 1
}

/// The scalar (or stray byte) at a place: its bytes, and its units in an encoding.
@inline(__always)
private func unit(
    in bytes: UnsafeBufferPointer<UInt8>, at: Int, encoding: PositionEncoding
) -> (length: Int, width: Int) {
    if bytes[at] < 0x80 { return (1, 1) }
    let rest = UnsafeBufferPointer(rebasing: bytes[at...])
    guard let (_, length) = decodeUTF8Scalar(rest) else { return (1, 1) }
    switch encoding {
    case .utf8: return (length, length)
    case .utf16: return (length, length == 4 ? 2 : 1)
    case .utf32: return (length, 1)
    }
}

private func units(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, encoding: PositionEncoding
) -> Int {
    var (at, column) = (start, 0)
    while at < end, bytes[at] != 0x0A, bytes[at] != 0x0D || at + 1 < end {
        let (length, width) = unit(in: bytes, at: at, encoding: encoding)
        if at + length > end { break }
        at += length
        column += width
    }
    return column
}
