/// Writes protobuf's wire format the way Go's deterministic marshaller does.
///
/// BuildKit addresses an operation by the sha256 of its encoding, so the bytes must be the same and not only their
/// meaning: fields in the order of their numbers, zero values left out, maps sorted by key, and the members of a
/// oneof after all other fields of their message. The caller decides the order; this type only knows the wire.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    /// - Parameter capacity: how many bytes are expected.
    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    private enum WireType: UInt64 {
        case varint = 0
        case lengthDelimited = 2
    }

    // MARK: - Singular fields, left out when zero

    mutating func string(_ field: Int, _ value: String) {
        guard !value.isEmpty else { return }
        presentString(field, value)
    }

    mutating func data(_ field: Int, _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        lengthDelimited(field, value)
    }

    /// A signed integer; a negative one takes ten bytes, as `int32` and `int64` do in protobuf.
    mutating func integer(_ field: Int, _ value: Int) {
        guard value != 0 else { return }
        presentInteger(field, value)
    }

    mutating func bool(_ field: Int, _ value: Bool) {
        integer(field, value ? 1 : 0)
    }

    // MARK: - Fields with presence

    /// An integer that is written even if it is zero: a member of a oneof.
    mutating func presentInteger(_ field: Int, _ value: Int) {
        tag(field, .varint)
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// Bytes that are written even if there are none: an element of a list.
    mutating func presentData(_ field: Int, _ value: [UInt8]) {
        lengthDelimited(field, value)
    }

    /// A text that is written even if it is empty: the key of a map, or an element of a list.
    mutating func presentString(_ field: Int, _ value: String) {
        lengthDelimited(field, value.utf8)
    }

    /// A message, written even if it is empty.
    mutating func message(_ field: Int, _ write: (inout ProtobufWriter) -> Void) {
        tag(field, .lengthDelimited)
        part(write)
    }

    // MARK: - Repeated fields

    mutating func strings(_ field: Int, _ values: [String]) {
        for value in values {
            presentString(field, value)
        }
    }

    /// Numbers side by side in one field, as `repeated int32` is in proto3; nothing if there are none.
    mutating func packedIntegers(_ field: Int, _ values: [Int]) {
        guard !values.isEmpty else { return }
        tag(field, .lengthDelimited)
        part { part in
            for value in values { part.varint(UInt64(bitPattern: Int64(value))) }
        }
    }

    mutating func map(_ field: Int, _ entries: [String: String]) {
        for (key, value) in entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            message(field) { entry in
                entry.presentString(1, key)
                entry.presentString(2, value)
            }
        }
    }

    // MARK: - The wire

    private mutating func lengthDelimited(_ field: Int, _ content: some Collection<UInt8>) {
        tag(field, .lengthDelimited)
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    /// Writes something with its length in front, which is known behind it.
    private mutating func part(_ write: (inout ProtobufWriter) -> Void) {
        let start = bytes.count
        // Most are of less than 128 bytes, and their length takes one.
        bytes.append(0)
        write(&self)
        let count = bytes.count - start - 1
        guard count > 0x7f else { return bytes[start] = UInt8(count) }
        var length = ProtobufWriter()
        length.varint(UInt64(count))
        bytes.replaceSubrange(start...start, with: length.bytes)
    }

    private mutating func tag(_ field: Int, _ type: WireType) {
        varint(UInt64(field) << 3 | type.rawValue)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7f {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
