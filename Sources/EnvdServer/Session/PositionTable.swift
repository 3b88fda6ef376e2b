import EnvdSyntax
import LanguageServerProtocol

/// The positions of many offsets of one file: the lines are looked for once, so that the answer to a request about the
/// whole file takes time in proportion to it.
struct PositionTable {
    private let bytes: [UInt8]
    /// Where each line begins.
    private let lineStarts: [Int]
    private let encoding: PositionEncoding

    init(_ file: SourceFile, encoding: PositionEncoding) {
        bytes = file.bytes
        self.encoding = encoding
        lineStarts = bytes.withUnsafeBufferPointer { bytes in
            var starts = [0]
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte == 0x0A || byte == 0x0D else { continue }
                if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
                starts.append(index + 1)
            }
            return starts
        }
    }

    /// The zero-based line of an offset in UTF-8 bytes.
    func line(of offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }

    func position(of offset: Int) -> Position {
        let line = line(of: offset)
        return Position(line: line, character: units(lineStarts[line]..<min(offset, bytes.count)))
    }

    func range(of range: Swift.Range<Int>) -> TextRange {
        TextRange(start: position(of: range.lowerBound), end: position(of: range.upperBound))
    }

    /// Whether nothing but blanks stands before an offset on its line.
    func isFirstOnLine(_ offset: Int) -> Bool {
        bytes[lineStarts[line(of: offset)]..<min(offset, bytes.count)].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    private func units(_ range: Swift.Range<Int>) -> Int {
        // The bytes came as JSON strings, so they are UTF-8.
        switch encoding {
        case .utf8: range.count
        case .utf16:
            bytes[range].reduce(0) { count, byte in
                count + (byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1)
            }
        case .utf32: bytes[range].reduce(0) { count, byte in count + (byte & 0xC0 == 0x80 ? 0 : 1) }
        }
    }
}
