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
        guard let number = floatLiteral(content).flatMap({ Double($0) }) else {
            throw EvaluationError("invalid literal: \(text)")
        }
        guard number.isFinite else { throw EvaluationError("number too large: \(text)") }
        return number
    }

    /// The text of a float as Go's `strconv.ParseFloat` takes it: decimal, or hexadecimal with a binary exponent, with
    /// underscores between digits and behind the prefix.
    ///
    /// - Returns: the text without its underscores, which `Double.init` reads; nil if it is no float.
    private static func floatLiteral(_ content: ByteView) -> String? {
        var scanner = FloatScanner(content)
        return scanner.scan() ? String(decoding: scanner.digits, as: UTF8.self) : nil
    }
}

/// Reads the characters of a float from left to right.
private struct FloatScanner {
    private let content: ByteView
    private var position = 0
    /// What has been read, without underscores.
    private(set) var digits: [UInt8] = []

    init(_ content: ByteView) {
        self.content = content
        digits.reserveCapacity(content.count)
    }

    mutating func scan() -> Bool {
        _ = take("+") || take("-")
        var isHexadecimal = false
        if position + 2 < content.count, content[position] == UInt8(ascii: "0"),
            content[position + 1] | 0x20 == UInt8(ascii: "x")
        {
            isHexadecimal = true
            _ = take("0") && take(letter: "x")
        }
        // The prefix is as good as a digit for an underscore behind it.
        guard let whole = takeDigits(isHexadecimal: isHexadecimal, afterDigit: isHexadecimal) else { return false }
        var fraction = 0
        if take(".") {
            guard let count = takeDigits(isHexadecimal: isHexadecimal, afterDigit: false) else { return false }
            fraction = count
        }
        guard whole + fraction > 0 else { return false }
        if take(letter: isHexadecimal ? "p" : "e") {
            _ = take("+") || take("-")
            guard let count = takeDigits(isHexadecimal: false, afterDigit: false), count > 0 else { return false }
        } else if isHexadecimal {
            return false
        }
        return position == content.count
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < content.count, content[position] == UInt8(ascii: character) else { return false }
        digits.append(content[position])
        position += 1
        return true
    }

    /// - Parameter letter: lower case; its upper case will do.
    private mutating func take(letter: Unicode.Scalar) -> Bool {
        guard position < content.count, content[position] | 0x20 == UInt8(ascii: letter) else { return false }
        digits.append(content[position])
        position += 1
        return true
    }

    /// - Parameter afterDigit: whether an underscore may come first.
    /// - Returns: how many digits there were; nil if an underscore does not stand between digits.
    private mutating func takeDigits(isHexadecimal: Bool, afterDigit: Bool) -> Int? {
        var count = 0
        var mayUnderscore = afterDigit
        var endsWithUnderscore = false
        while position < content.count {
            let byte = content[position]
            if byte == UInt8(ascii: "_") {
                guard mayUnderscore else { return nil }
                mayUnderscore = false
                endsWithUnderscore = true
            } else if FloatScanner.isDigit(byte, isHexadecimal: isHexadecimal) {
                digits.append(byte)
                count += 1
                mayUnderscore = true
                endsWithUnderscore = false
            } else {
                break
            }
            position += 1
        }
        return endsWithUnderscore ? nil : count
    }

    private static func isDigit(_ byte: UInt8, isHexadecimal: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): isHexadecimal
        default: false
        }
    }
}
