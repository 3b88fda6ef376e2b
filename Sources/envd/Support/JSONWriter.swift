/// Writes JSON, indented by two blanks, members in the order in which they are given.
struct JSONWriter {
    /// UTF-8.
    private(set) var bytes: [UInt8] = []
    /// How many lists and objects there are around what is written.
    private var depth = 0

    init() {}

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func object(_ members: [(String, (inout JSONWriter) -> Void)]) {
        list("{", "}", members) { writer, member in
            writer.string(member.0)
            writer.append(": ")
            member.1(&writer)
        }
    }

    mutating func array<Element>(_ elements: [Element], _ write: (inout JSONWriter, Element) -> Void) {
        list("[", "]", elements, write)
    }

    mutating func number(_ value: Int) {
        guard value >= 0, value < 1_000_000_000 else {
            bytes.append(contentsOf: String(value).utf8)
            return
        }
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    mutating func flag(_ value: Bool) { append(value ? "true" : "false") }

    mutating func string(_ value: String) {
        var value = value
        append("\"")
        value.withUTF8 { text in
            // What needs no escape is copied as a whole.
            var start = 0
            var at = 0
            func copy(upTo end: Int) { bytes.append(contentsOf: text[start..<end]) }
            while at < text.count {
                let byte = text[at]
                // U+0080 to U+009F begin with this byte.
                let isControl = byte < 0x20 || byte == 0x7F || byte == 0xC2 && text[at + 1] < 0xA0
                guard isControl || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                    at += 1
                    continue
                }
                copy(upTo: at)
                switch byte {
                case UInt8(ascii: "\""): append("\\\"")
                case UInt8(ascii: "\\"): append("\\\\")
                case 0x0A: append("\\n")
                case 0x0D: append("\\r")
                case 0x09: append("\\t")
                case 0xC2:
                    at += 1
                    escape(text[at])
                default: escape(byte)
                }
                at += 1
                start = at
            }
            copy(upTo: at)
        }
        append("\"")
    }

    private mutating func escape(_ scalar: UInt8) {
        let digits = Array("0123456789abcdef".utf8)
        append("\\u00")
        bytes.append(digits[Int(scalar >> 4)])
        bytes.append(digits[Int(scalar & 0xF)])
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func indent() {
        for _ in 0..<depth { append("  ") }
    }

    private mutating func list<Element>(
        _ opening: StaticString, _ closing: StaticString, _ elements: [Element],
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        append(opening)
        depth += 1
        for (index, element) in elements.enumerated() {
            append(index == 0 ? "\n" : ",\n")
            indent()
            write(&self, element)
        }
        depth -= 1
        if !elements.isEmpty {
            append("\n")
            indent()
        }
        append(closing)
    }
}
