/// Comparing bytes with the characters that they mean.

func ~= (character: Unicode.Scalar, byte: UInt8) -> Bool { UInt8(ascii: character) == byte }
func == (byte: UInt8, character: Unicode.Scalar) -> Bool { byte == UInt8(ascii: character) }
func != (byte: UInt8, character: Unicode.Scalar) -> Bool { byte != UInt8(ascii: character) }
func == (byte: UInt8?, character: Unicode.Scalar) -> Bool { byte == .some(UInt8(ascii: character)) }
func != (byte: UInt8?, character: Unicode.Scalar) -> Bool { byte != .some(UInt8(ascii: character)) }

extension [UInt8] {
    /// Whether a text stands somewhere in it.
    func contains(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard count > 0 else { return true }
        guard self.count >= count else { return false }
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: count)
        return withUnsafeBufferPointer { bytes in
            for start in 0...(bytes.count - count) where bytes[start] == wanted[0] {
                var length = 1
                while length < count, bytes[start + length] == wanted[length] { length += 1 }
                if length == count { return true }
            }
            return false
        }
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    /// An ASCII letter.
    var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    var isShellNameStart: Bool { isLetter || self == UInt8(ascii: "_") }
    var isShellNamePart: Bool { isShellNameStart || isDigit }
}
