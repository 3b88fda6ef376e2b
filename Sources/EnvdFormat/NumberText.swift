/// Numbers as black writes them: small letters, hexadecimal digits large, a digit on both sides of the point, no `+` in an
/// exponent.
enum NumberText {
    /// The text to print instead, or nil where the number is as it should be.
    static func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        // Nearly all numbers are digits only.
        if text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return nil }
        var lower = text.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if lower.count > 2, lower[0] == 0x30,
            [UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "b")].contains(lower[1])
        {
            if lower[1] == UInt8(ascii: "x") {
                for index in 2..<lower.count where lower[index] >= 0x61 && lower[index] <= 0x66 {
                    lower[index] &= ~0x20
                }
            }
        } else if let e = lower.firstIndex(of: UInt8(ascii: "e")) {
            var exponent = lower[(e + 1)...]
            if exponent.first == UInt8(ascii: "+") { exponent = exponent.dropFirst() }
            lower = withDigitsAroundPoint(lower[..<e]) + [UInt8(ascii: "e")] + exponent
        } else {
            lower = withDigitsAroundPoint(lower[...])
        }
        return lower.elementsEqual(text) ? nil : lower
    }

    private static func withDigitsAroundPoint(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard let point = text.firstIndex(of: UInt8(ascii: ".")) else { return Array(text) }
        let before = point == text.startIndex ? [0x30] : Array(text[..<point])
        let after = point + 1 == text.endIndex ? [0x30] : Array(text[(point + 1)...])
        return before + [UInt8(ascii: ".")] + after
    }
}
