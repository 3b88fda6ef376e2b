/// The written form of durations, as Go's package `time` has it: `1h15m30.5s`, `-1.5ms`, `0s`.
enum DurationText {
    // MARK: - Printing

    /// From a second on in hours, minutes and seconds; a shorter duration in the largest unit that is not larger than
    /// it.
    static func spelled(_ nanoseconds: Int) -> String {
        let size = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        let second = UInt(DurationUnit.second)
        switch size {
        case 0: return "0s"
        case ..<UInt(DurationUnit.microsecond): return "\(sign)\(size)ns"
        case ..<UInt(DurationUnit.millisecond): return sign + decimal(size, digits: 3) + "µs"
        case ..<second: return sign + decimal(size, digits: 6) + "ms"
        default: break
        }
        let (minutes, rest) = size.quotientAndRemainder(dividingBy: 60 * second)
        let seconds = decimal(rest, digits: 9) + "s"
        if minutes == 0 { return sign + seconds }
        if minutes < 60 { return "\(sign)\(minutes)m\(seconds)" }
        return "\(sign)\(minutes / 60)h\(minutes % 60)m\(seconds)"
    }

    /// An integer with a decimal point before its last digits, without zeros at the end.
    private static func decimal(_ number: UInt, digits: Int) -> String {
        var scale: UInt = 1
        for _ in 0..<digits { scale *= 10 }
        var fraction = String(number % scale)
        fraction = String(repeating: "0", count: digits - fraction.utf8.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return fraction.isEmpty ? "\(number / scale)" : "\(number / scale).\(fraction)"
    }

    // MARK: - Reading

    private static let units: [ByteString: Int] = [
        "ns": 1, "us": DurationUnit.microsecond, "\u{B5}s": DurationUnit.microsecond,
        "\u{3BC}s": DurationUnit.microsecond, "ms": DurationUnit.millisecond, "s": DurationUnit.second,
        "m": DurationUnit.minute, "h": DurationUnit.hour,
    ]

    /// Reads a sign and one or more decimal numbers, each with a unit: `-1.5h30m`; or a plain `0`.
    ///
    /// - Returns: nanoseconds, rounded towards zero.
    static func nanoseconds(_ text: ByteView) throws(EvaluationError) -> Int {
        let invalid = { EvaluationError("invalid duration \(quoted(text))") }
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.count == 1, rest.first == UInt8(ascii: "0") { return 0 }
        if rest.isEmpty { throw invalid() }
        var total: UInt = 0
        while !rest.isEmpty {
            let digits = rest.prefix(while: isDigit)
            rest = rest.dropFirst(digits.count)
            var fraction = rest[rest.startIndex..<rest.startIndex]
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                fraction = rest.prefix(while: isDigit)
                rest = rest.dropFirst(fraction.count)
            }
            guard !digits.isEmpty || !fraction.isEmpty else { throw invalid() }
            let name = rest.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty else { throw EvaluationError("missing unit in duration \(quoted(text))") }
            guard let unit = units[ByteString(name)] else {
                throw EvaluationError("unknown unit \(quoted(ByteView(rebasing: name))) in duration \(quoted(text))")
            }
            guard let part = size(digits, fraction, unit) else { throw invalid() }
            let (sum, overflows) = total.addingReportingOverflow(part)
            guard !overflows, sum <= Int.min.magnitude else { throw invalid() }
            total = sum
        }
        if isNegative { return Int(truncatingIfNeeded: 0 &- total) }
        guard let result = Int(exactly: total) else { throw invalid() }
        return result
    }

    /// - Returns: nil if it is more than 63 bits.
    private static func size(
        _ digits: some Sequence<UInt8>, _ fraction: some Sequence<UInt8>, _ unit: Int
    ) -> UInt? {
        var whole: UInt = 0
        for digit in digits {
            let (product, isTooLarge) = whole.multipliedReportingOverflow(by: 10)
            guard !isTooLarge, product <= Int.min.magnitude else { return nil }
            whole = product + UInt(digit - UInt8(ascii: "0"))
        }
        // Digits of the fraction that no longer fit do not count.
        var numerator: UInt = 0
        var scale = 1.0
        for digit in fraction {
            guard numerator <= UInt(Int.max / 10) else { break }
            numerator = numerator * 10 + UInt(digit - UInt8(ascii: "0"))
            scale *= 10
        }
        let (size, isTooLarge) = whole.multipliedReportingOverflow(by: UInt(unit))
        guard !isTooLarge, size <= Int.min.magnitude else { return nil }
        return size + UInt(Double(numerator) * (Double(unit) / scale))
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func quoted(_ text: ByteView) -> String {
        var quoted: ByteString = ""
        Quoting.quote(text, into: &quoted)
        return quoted.text
    }
}
