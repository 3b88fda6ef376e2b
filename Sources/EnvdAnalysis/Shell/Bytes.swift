/// Comparing bytes with the characters that they mean.

func ~= (character: Unicode.Scalar, byte: UInt8) -> Bool { UInt8(ascii: character) == byte }
func == (byte: UInt8, character: Unicode.Scalar) -> Bool { byte == UInt8(ascii: character) }
func != (byte: UInt8, character: Unicode.Scalar) -> Bool { byte != UInt8(ascii: character) }
func == (byte: UInt8?, character: Unicode.Scalar) -> Bool { byte == .some(UInt8(ascii: character)) }
func != (byte: UInt8?, character: Unicode.Scalar) -> Bool { byte != .some(UInt8(ascii: character)) }

extension [UInt8] {
    /// Whether a text stands somewhere in it.
    func contains(_ text: StaticString) -> Bool {
        withUnsafeBufferPointer { $0.firstPlace(of: text) != nil }
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    /// An ASCII letter.
    var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    var isShellNameStart: Bool { isLetter || self == UInt8(ascii: "_") }
    var isShellNamePart: Bool { isShellNameStart || isDigit }
}
