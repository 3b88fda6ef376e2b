/// One code point of a byte string, or one byte that belongs to none.
struct CodePoint {
    /// U+FFFD for an invalid byte.
    let scalar: Unicode.Scalar
    let range: Range<Int>
    let isValid: Bool
}

/// The code points of a byte string, decoded one at a time: an array of them would be many times as large as the bytes.
struct CodePoints: Sequence, IteratorProtocol {
    private let content: ByteView
    private var offset = 0

    init(content: ByteView) {
        self.content = content
    }

    mutating func next() -> CodePoint? {
        guard offset < content.count else { return nil }
        let byte = content[offset]
        if byte < 0x80 {
            offset += 1
            return CodePoint(scalar: Unicode.Scalar(byte), range: offset - 1..<offset, isValid: true)
        }
        let point = content.codePoint(at: offset)
        offset = point.range.upperBound
        return point
    }

    var count: Int { reduce(0) { count, _ in count + 1 } }
}

extension ByteView {
    /// The code points in order; every byte that is not part of well-formed UTF-8 counts as one.
    var codePoints: CodePoints { CodePoints(content: self) }

    /// Decodes the code point that starts at `offset`, which is less than `count`.
    func codePoint(at offset: Int) -> CodePoint {
        let lead = self[offset]
        let width: Int
        var value: UInt32
        // The first continuation byte is restricted after some leads: no overlong forms, no surrogates, nothing
        // beyond U+10FFFF (Unicode, table 3-7).
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0x00...0x7F:
            return CodePoint(scalar: Unicode.Scalar(lead), range: offset..<offset + 1, isValid: true)
        case 0xC2...0xDF: (width, value) = (2, UInt32(lead & 0x1F))
        case 0xE0: (width, value, second) = (3, 0, 0xA0...0xBF)
        case 0xED: (width, value, second) = (3, UInt32(lead & 0x0F), 0x80...0x9F)
        case 0xE1...0xEF: (width, value) = (3, UInt32(lead & 0x0F))
        case 0xF0: (width, value, second) = (4, 0, 0x90...0xBF)
        case 0xF4: (width, value, second) = (4, UInt32(lead & 0x07), 0x80...0x8F)
        case 0xF1...0xF3: (width, value) = (4, UInt32(lead & 0x07))
        default: return invalid(offset)
        }
        guard offset + width <= count, second.contains(self[offset + 1]) else { return invalid(offset) }
        for next in offset + 1..<offset + width {
            guard self[next] & 0xC0 == 0x80 else { return invalid(offset) }
            value = value << 6 | UInt32(self[next] & 0x3F)
        }
        guard let scalar = Unicode.Scalar(value) else { return invalid(offset) }
        return CodePoint(scalar: scalar, range: offset..<offset + width, isValid: true)
    }

    /// Decodes the code point that ends at `offset`, which is greater than zero.
    func codePoint(before offset: Int) -> CodePoint {
        for start in (Swift.max(0, offset - 4)..<offset).reversed() where self[start] & 0xC0 != 0x80 {
            let point = codePoint(at: start)
            if point.range.upperBound == offset { return point }
            break
        }
        return invalid(offset - 1)
    }

    private func invalid(_ offset: Int) -> CodePoint {
        CodePoint(scalar: "\u{FFFD}", range: offset..<offset + 1, isValid: false)
    }

    /// The same bytes with everything that is not UTF-8 replaced by U+FFFD, one for each byte.
    var repaired: ByteString {
        if String(validating: self, as: UTF8.self) != nil { return ByteString(self) }
        var result = ByteString([])
        for point in codePoints {
            if point.isValid {
                result.bytes += self[point.range]
            } else {
                result.append("\u{FFFD}" as Unicode.Scalar)
            }
        }
        return result
    }
}
