/// The bytes of a JSON text while it is written from front to back.
///
/// In memory of its own: answers are made of many short pieces, and an array asks for each whether it may be written to.
package struct JSONPrinter: ~Copyable {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0
    /// Whether the innermost open array or object has no member yet.
    private var isFirst = true

    private static let initialCapacity = 1024

    package init() {
        capacity = JSONPrinter.initialCapacity
        memory = .allocate(capacity: capacity)
    }

    deinit { memory.deallocate() }

    /// What has been written so far.
    package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: memory, count: count)) }

    // MARK: - Bytes

    private mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        memory[count] = byte
        count += 1
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        if bytes.count > capacity - count { grow(by: bytes.count) }
        (memory + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    private mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    private mutating func grow(by more: Int) {
        let old = memory
        capacity = max(2 * capacity, count + more)
        memory = .allocate(capacity: capacity)
        memory.update(from: old, count: count)
        old.deallocate()
    }

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
        append(UInt8(ascii: opening))
        isFirst = true
        content(&self)
        append(UInt8(ascii: closing))
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
        append(UInt8(ascii: ":"))
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
        // Names of the protocol have nothing to escape.
        append(UInt8(ascii: "\""))
        append(key)
        append("\":")
    }

    /// A range between two positions, which are most of what answers are made of.
    mutating func write(_ range: TextRange) {
        append("{\"start\":{\"line\":")
        write(range.start.line)
        append(",\"character\":")
        write(range.start.character)
        append("},\"end\":{\"line\":")
        write(range.end.line)
        append(",\"character\":")
        write(range.end.character)
        append("}}")
        isFirst = false
    }

    /// Makes room for the next element or key of the innermost open array or object.
    private mutating func separate() {
        if !isFirst { append(UInt8(ascii: ",")) }
        isFirst = false
    }

    // MARK: - Values

    package mutating func writeNull() { append("null") }

    package mutating func write(_ value: Bool) { value ? append("true") : append("false") }

    package mutating func write(_ value: Int) {
        // Most are lines and columns.
        guard 0..<100_000 ~= value else { return append(String(value)) }
        var divisor = value < 10 ? 1 : value < 100 ? 10 : value < 1_000 ? 100 : value < 10_000 ? 1_000 : 10_000
        var rest = value
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    /// An array of them.
    package mutating func write(_ values: [UInt32]) {
        append(UInt8(ascii: "["))
        var isFirst = true
        for value in values {
            if !isFirst { append(UInt8(ascii: ",")) }
            isFirst = false
            write(Int(value))
        }
        append(UInt8(ascii: "]"))
    }

    /// JSON has no word for infinities and NaN; they are written as null.
    package mutating func write(_ value: Double) {
        if value.isFinite { append(value.description) } else { writeNull() }
    }

    package mutating func write(_ value: String) {
        append(UInt8(ascii: "\""))
        var text = value
        let isPlain = text.withUTF8 { text -> Bool in
            guard text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
                return false
            }
            append(text)
            return true
        }
        if !isPlain { writeEscaped(text) }
        append(UInt8(ascii: "\""))
    }

    private mutating func writeEscaped(_ value: String) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append(#"\""#)
            case UInt8(ascii: "\\"): append(#"\\"#)
            case 0x0A: append(#"\n"#)
            case 0x0D: append(#"\r"#)
            case 0x09: append(#"\t"#)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                append(#"\u00"#)
                append(digits[Int(byte >> 4)])
                append(digits[Int(byte & 15)])
            default: append(byte)
            }
        }
    }
}
