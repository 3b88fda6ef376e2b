#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The printed forms of floats, as Go's `strconv` writes them.
enum FloatFormat {
    /// `str(x)` and `%g`: the fewest digits that read back as the same number, always recognizable as a float.
    static func shortest(_ number: Double, uppercase: Bool = false) -> String {
        if let special = special(number) { return special }
        let (digits, exponent) = decimalDigits(number)
        var text = number.sign == .minus ? "-" : ""
        if exponent < -4 || exponent >= 6 {
            text += digits.prefix(1)
            if digits.count > 1 { text += "." + digits.dropFirst() }
            let size = abs(exponent)
            text += (uppercase ? "E" : "e") + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + String(size)
            return text
        }
        if exponent < 0 {
            return text + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        if digits.count <= exponent + 1 {
            return text + digits + String(repeating: "0", count: exponent + 1 - digits.count) + ".0"
        }
        return text + digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
    }

    /// `%e` and `%f`, in upper case too, with six digits after the point.
    static func fixed(_ number: Double, conversion: Character) -> String {
        if let special = special(number) { return special }
        var buffer = [CChar](repeating: 0, count: 512)
        let written = withVaList([number]) { arguments in
            vsnprintf(&buffer, buffer.count, "%.6\(conversion)", arguments)
        }
        return String(decoding: buffer.prefix(max(0, Int(written))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The shortest decimal digits that denote the number, without zeros at either end, and the decimal exponent of the
    /// first of them.
    private static func decimalDigits(_ number: Double) -> (digits: String, exponent: Int) {
        // Swift prints the shortest digits; only their layout differs from Go's.
        var mantissa = Substring(number.magnitude.description)
        var exponent = 0
        if let mark = mantissa.firstIndex(of: "e") {
            exponent = Int(mantissa[mantissa.index(after: mark)...]) ?? 0
            mantissa = mantissa[..<mark]
        }
        let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        var digits = parts.joined()[...]
        exponent += (parts.first?.count ?? 1) - 1
        while digits.count > 1, digits.hasPrefix("0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        return digits == "0" ? ("0", 0) : (String(digits), exponent)
    }

    private static func special(_ number: Double) -> String? {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "+inf" }
        return nil
    }
}
