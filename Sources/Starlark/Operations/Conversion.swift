/// Conversions between numbers and text, as `int` and `float` make them.
enum Conversion {
    /// The integer that a number means: itself, or the integer part of a float.
    static func integer(_ value: Value) throws(EvaluationError) -> BigInteger {
        switch value.storage {
        case .int(let number): return BigInteger(number)
        case .bigInteger(let object): return object.integer
        case .float(let number):
            if number.isNaN { throw EvaluationError("cannot convert float NaN to integer") }
            if number.isInfinite { throw EvaluationError("cannot convert float infinity to integer") }
            return BigInteger(truncating: number)
        default: throw EvaluationError("cannot convert \(value.typeName) to int")
        }
    }

    /// Reads an integer as `int(text, base)` does: a sign, a prefix that matches the base, digits; base 0 takes the
    /// base from the prefix.
    ///
    /// - Returns: nil if the text is no such number.
    static func integer(
        _ content: ByteView, base: Int, _ meter: Meter
    ) throws(EvaluationError) -> BigInteger? {
        var digits = content[...]
        var isNegative = false
        if let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            isNegative = sign == UInt8(ascii: "-")
            digits.removeFirst()
        }
        var radix = base
        if digits.count > 1, digits.first == UInt8(ascii: "0") {
            let prefix = digits.count > 2 ? self.radix(digits[digits.startIndex + 1]) : nil
            if let prefix {
                if base == 0 || base == prefix {
                    radix = prefix
                    digits = digits.dropFirst(2)
                }
            } else if base == 0 {
                // "0755" would mean different numbers in C and in Python, so only zeros may follow.
                return digits.allSatisfy { $0 == UInt8(ascii: "0") } ? BigInteger(0) : nil
            }
        }
        if radix == 0 { radix = 10 }
        // Six bits a digit covers every radix up to 36.
        guard digits.count <= Limits.integerBits / 6 else {
            throw EvaluationError(
                "integer too large: \(digits.count) digits, the limit is \(Limits.integerBits) bits",
                kind: .limit(.memory))
        }
        try meter.step(digits.count * digits.count / 4096)
        guard let result = BigInteger(digits: digits, radix: UInt(radix)) else { return nil }
        return isNegative ? result.negated : result
    }

    private static func radix(_ letter: UInt8) -> Int? {
        switch letter | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    /// Reads a float as `float(text)` does.
    ///
    /// - Throws: when the text is no number or too large a one.
    static func float(_ content: ByteView) throws(EvaluationError) -> Double {
        guard !content.isEmpty else { throw EvaluationError("empty string") }
        let text = String(decoding: content, as: UTF8.self)
        switch text.lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        case "nan", "+nan", "-nan": return .nan
        default: break
        }
        // `Double.init` takes what C's strtod takes except leading space; letters and hexadecimal it must not see.
        let allowed = content.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard allowed, let number = Double(text) else {
            throw EvaluationError("invalid literal: \(text)")
        }
        guard number.isFinite else { throw EvaluationError("number too large: \(text)") }
        return number
    }
}
