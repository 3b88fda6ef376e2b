/// Reads a message in protobuf's wire format, field by field. The bytes may be anything: what is no message is an error.
struct ProtobufReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    struct Field {
        let number: Int
        let value: WireValue
    }

    enum WireValue {
        case varint(UInt64)
        case bytes(ArraySlice<UInt8>)
        /// Fixed-width numbers and groups, which no message of BuildKit has.
        case other
    }

    /// The next field; nil at the end.
    mutating func next() throws(DecodingError) -> Field? {
        guard !rest.isEmpty else { return nil }
        let tag = try varint()
        guard tag >> 3 >= 1, let number = Int32(exactly: tag >> 3) else { throw .malformed("a field has no number") }
        switch tag & 7 {
        case 0: return Field(number: Int(number), value: .varint(try varint()))
        case 2:
            let count = try varint()
            guard count <= UInt64(rest.count) else { throw .malformed("a field is longer than its message") }
            return Field(number: Int(number), value: .bytes(try take(Int(count))))
        case 1:
            _ = try take(8)
            return Field(number: Int(number), value: .other)
        case 5:
            _ = try take(4)
            return Field(number: Int(number), value: .other)
        default: throw .malformed("a field is of an unknown type")
        }
    }

    /// The numbers of a packed list.
    static func packed(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> [UInt64] {
        var reader = ProtobufReader(bytes)
        var values: [UInt64] = []
        while !reader.rest.isEmpty { values.append(try reader.varint()) }
        return values
    }

    private mutating func take(_ count: Int) throws(DecodingError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .malformed("a message ends within a field") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func varint() throws(DecodingError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            guard let byte = rest.popFirst() else { throw .malformed("a message ends within a number") }
            // Of the tenth byte there is room for one bit.
            guard shift < 63 || byte <= 1 else { break }
            value |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw .malformed("a number has more than 64 bits")
    }
}

/// Why bytes are no definition.
package enum DecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed(String)
    /// It is well-formed, but says what no definition can say.
    case invalid(String)
    case tooLarge(String)

    package var description: String {
        switch self {
        case .malformed(let reason): "not a definition in protobuf's format: \(reason)"
        case .invalid(let reason): "not a valid definition: \(reason)"
        case .tooLarge(let reason): "the definition is too large: \(reason)"
        }
    }
}
