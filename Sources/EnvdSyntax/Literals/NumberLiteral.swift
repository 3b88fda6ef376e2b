/// The values of number tokens.
package enum NumberLiteral {
    /// Whether the text of a float token has a finite value; Starlark refuses `1e999`.
    static func isFiniteFloat(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // Short tokens without an exponent, nearly all there are, cannot overflow.
        if text.count < 300, !text.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) { return true }
        guard let value = Double(String(decoding: text, as: UTF8.self)) else { return false }
        return value.isFinite
    }

    /// The value of a float token, or nil where the text is none.
    package static func float(_ text: String) -> Double? {
        // Swift wants a digit on both sides of nothing, but not behind a final dot: "1." and ".5" are as in Python.
        var body = text
        if body.hasPrefix(".") { body = "0" + body }
        if let dot = body.firstIndex(of: ".") {
            let after = body.index(after: dot)
            if after == body.endIndex || !body[after].isNumber { body.insert("0", at: after) }
        }
        guard let value = Double(body), value.isFinite else { return nil }
        return value
    }

    /// The digits and the base of an integer token: `0x1F` is ("1F", 16). The value may have any size.
    package static func integer(_ text: String) -> (digits: Substring, base: Int)? {
        let prefix = text.prefix(2).lowercased()
        let (digits, base): (Substring, Int) =
            switch prefix {
            case "0x": (text.dropFirst(2), 16)
            case "0o": (text.dropFirst(2), 8)
            case "0b": (text.dropFirst(2), 2)
            default: (text[...], 10)
            }
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && ($0.hexDigitValue ?? 99) < base }) else { return nil }
        return (digits, base)
    }
}
