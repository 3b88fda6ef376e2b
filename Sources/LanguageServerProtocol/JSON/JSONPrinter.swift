/// The bytes of a JSON text while it is written from front to back. Arrays and objects are closed by whoever writes
/// next to or after them, so that encoding containers need not say when they are done.
final class JSONPrinter {
    private(set) var bytes: [UInt8] = []
    /// The closing bracket of every array and object that is open, outermost first.
    private var open: [UInt8] = []
    /// Whether the innermost open one has no member yet.
    private var isFirst = true

    var depth: Int { open.count }

    func begin(_ opening: Unicode.Scalar, _ closing: Unicode.Scalar) {
        bytes.append(UInt8(ascii: opening))
        open.append(UInt8(ascii: closing))
        isFirst = true
    }

    /// Closes everything inside the container at `depth`.
    func close(to depth: Int) {
        while open.count > depth, let closing = open.popLast() {
            bytes.append(closing)
            isFirst = false
        }
    }

    /// Makes room for the next element or key of the innermost open container.
    func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    func write(key: String) {
        separate()
        write(key)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Any value. What is written next closes what this has opened.
    func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let value): write(value)
        case .integer(let value): write(value)
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements):
            begin("[", "]")
            let depth = depth
            for element in elements {
                close(to: depth)
                separate()
                write(element)
            }
            close(to: depth)
        case .object(let object):
            begin("{", "}")
            let depth = depth
            for (key, value) in zip(object.keys, object.values) {
                close(to: depth)
                write(key: key)
                write(value)
            }
            close(to: depth)
        }
    }

    func writeNull() { bytes.append(contentsOf: "null".utf8) }

    func write(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

    func write(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

    /// An array of them.
    func write(_ values: [UInt32]) {
        bytes.reserveCapacity(bytes.count + 2 + values.count * 3)
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for value in values {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            if value < 10 { bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value)) } else { write(value) }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// JSON has no word for infinities and NaN; they are written as null.
    func write(_ value: Double) {
        if value.isFinite { bytes.append(contentsOf: value.description.utf8) } else { writeNull() }
    }

    func write(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
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
        bytes.append(UInt8(ascii: "\""))
    }
}
