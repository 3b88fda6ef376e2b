/// The bytes of a JSON text while it is written from front to back.
package struct JSONPrinter {
    package private(set) var bytes: [UInt8] = []
    /// Whether the innermost open array or object has no member yet.
    private var isFirst = true

    package init() {}

    // MARK: - Arrays and objects

    /// - Parameter members: writes them, by `member`.
    package mutating func object(_ members: (inout JSONPrinter) -> Void) {
        bracket("{", "}", members)
    }

    /// - Parameter elements: writes them, by `element`.
    package mutating func array(_ elements: (inout JSONPrinter) -> Void) {
        bracket("[", "]", elements)
    }

    private mutating func bracket(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ content: (inout JSONPrinter) -> Void
    ) {
        bytes.append(UInt8(ascii: opening))
        isFirst = true
        content(&self)
        bytes.append(UInt8(ascii: closing))
        isFirst = false
    }

    package mutating func element(_ value: some JSONWritable) {
        separate()
        value.write(to: &self)
    }

    package mutating func member(_ key: StaticString, _ value: some JSONWritable) {
        write(key: key)
        value.write(to: &self)
    }

    package mutating func member(_ key: String, _ value: some JSONWritable) {
        separate()
        write(key)
        bytes.append(UInt8(ascii: ":"))
        value.write(to: &self)
    }

    /// A member that is left out if it is nil.
    package mutating func member(_ key: StaticString, ifPresent value: (some JSONWritable)?) {
        if let value { member(key, value) }
    }

    /// - Parameter members: those of the object that is the member's value.
    package mutating func member(_ key: StaticString, object members: (inout JSONPrinter) -> Void) {
        write(key: key)
        object(members)
    }

    private mutating func write(key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        // Names of the protocol have nothing to escape.
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Makes room for the next element or key of the innermost open array or object.
    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    // MARK: - Values

    package mutating func writeNull() { bytes.append(contentsOf: "null".utf8) }

    package mutating func write(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

    package mutating func write(_ value: Int) {
        // Most are lines and columns.
        guard 0..<100_000 ~= value else { return bytes.append(contentsOf: String(value).utf8) }
        var divisor = value < 10 ? 1 : value < 100 ? 10 : value < 1_000 ? 100 : value < 10_000 ? 1_000 : 10_000
        var rest = value
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    /// An array of them.
    package mutating func write(_ values: [UInt32]) {
        bytes.reserveCapacity(bytes.count + 2 + values.count * 3)
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for value in values {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(Int(value))
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// JSON has no word for infinities and NaN; they are written as null.
    package mutating func write(_ value: Double) {
        if value.isFinite { bytes.append(contentsOf: value.description.utf8) } else { writeNull() }
    }

    package mutating func write(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = value
        let isPlain = text.withUTF8 { text -> Bool in
            guard text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
                return false
            }
            bytes.append(contentsOf: text)
            return true
        }
        if !isPlain { writeEscaped(text) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscaped(_ value: String) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
            case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
            case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: #"\u00"#.utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
    }
}
