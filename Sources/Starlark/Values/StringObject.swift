/// A `string` or `bytes`: any sequence of bytes, which never changes.
///
/// The bytes follow the object or are a part of a buffer that several strings share: a slice is a part of its string,
/// and a string that is extended over and over shares one buffer with the strings before it, which end earlier.
struct StringObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        var count: Int
        var start: UnsafeMutablePointer<UInt8>
        /// What the bytes are a part of and may be extended in; nil if they cannot.
        var buffer: UnsafeMutablePointer<Buffer>?
        /// Zero if not yet computed.
        var hash: Int
    }

    struct Buffer {
        var capacity: Int
        var used: Int
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    @inline(__always)
    var count: Int { layout.pointee.count }

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    @inline(__always)
    var bytes: ByteView { ByteView(start: layout.pointee.start, count: layout.pointee.count) }

    /// The bytes as Swift text; what is not UTF-8 becomes U+FFFD.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Never zero.
    @inline(__always)
    var hash: Int {
        let known = layout.pointee.hash
        if known != 0 { return known }
        let computed = Hashing.hash(bytes)
        // A frozen string may be read by several threads at once.
        if !layout.pointee.header.isFrozen { layout.pointee.hash = computed }
        return computed
    }

    @inline(__always)
    func hasSameContent(as other: StringObject) -> Bool {
        if layout == other.layout { return true }
        return bytes.isEqual(to: other.bytes)
    }
}

extension StringObject {
    var codePoints: CodePoints { bytes.codePoints }

    func firstRange(of part: StringObject, from start: Int = 0) -> Range<Int>? {
        bytes.firstRange(of: part.bytes, from: start)
    }

    var repaired: ByteString { bytes.repaired }

    func hasPrefix(_ prefix: StringObject) -> Bool { bytes.hasPrefix(prefix.bytes) }

    func hasSuffix(_ suffix: StringObject) -> Bool { bytes.hasSuffix(suffix.bytes) }
}

// MARK: - Making strings

extension Heap {
    package func string(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { string($0) }
    }

    package func string(_ content: ByteString) -> Value {
        content.bytes.withUnsafeBufferPointer { string($0) }
    }

    package func bytes(_ content: [UInt8]) -> Value {
        content.withUnsafeBufferPointer { bytes($0) }
    }

    func string(_ content: ByteView) -> Value { newString(.string, content).value }

    func bytes(_ content: ByteView) -> Value { newString(.bytes, content).value }

    /// A string of `count` bytes, or a bytes of so many, which the caller must set before anybody sees it.
    @inline(__always)
    func newString(_ kind: ObjectKind, count: Int) -> StringObject {
        let layout = allocate(StringObject.Layout.self, extra: count)
        let start = UnsafeMutableRawPointer(layout + 1).assumingMemoryBound(to: UInt8.self)
        layout.initialize(
            to: StringObject.Layout(header: ObjectHeader(kind), count: count, start: start, buffer: nil, hash: 0))
        return StringObject(layout: layout)
    }

    @inline(__always)
    private func newString(_ kind: ObjectKind, _ content: ByteView) -> StringObject {
        let object = newString(kind, count: content.count)
        if let source = content.baseAddress {
            object.layout.pointee.start.update(from: source, count: content.count)
        }
        return object
    }

    /// The bytes of a string, which both share.
    func bytes(sharing string: StringObject) -> Value {
        let layout = allocate(StringObject.Layout.self)
        layout.initialize(
            to: StringObject.Layout(
                header: ObjectHeader(.bytes), count: string.count, start: string.layout.pointee.start, buffer: nil,
                hash: 0))
        return Value(address: layout)
    }

    /// A part of a string that shares its bytes.
    func substring(_ string: StringObject, _ range: Range<Int>) -> Value {
        if range.count == string.count { return string.value }
        if range.count == 1, let characters = state.pointee.characters, string.header.pointee.kind == .string {
            let code = Int(string.layout.pointee.start[range.lowerBound])
            if code < 128 { return characters[code] }
        }
        // Short parts cost no more to copy, and keep no large string alive.
        if range.count <= 32 {
            return newString(string.header.pointee.kind, ByteView(rebasing: string.bytes[range])).value
        }
        let layout = allocate(StringObject.Layout.self)
        layout.initialize(
            to: StringObject.Layout(
                header: ObjectHeader(string.header.pointee.kind), count: range.count,
                start: string.layout.pointee.start + range.lowerBound, buffer: nil, hash: 0))
        return Value(address: layout)
    }

    /// `left + right`. In time proportional to `right` alone if `left` ends where its buffer does: building a string by
    /// adding to it over and over takes linear time and space.
    func concatenation(_ left: StringObject, _ right: StringObject) -> Value {
        if right.isEmpty { return left.value }
        if left.isEmpty { return right.value }
        let count = left.count + right.count
        let kind = left.header.pointee.kind
        if count <= 64 {
            let result = newString(kind, count: count)
            let start = result.layout.pointee.start
            start.update(from: left.layout.pointee.start, count: left.count)
            (start + left.count).update(from: right.layout.pointee.start, count: right.count)
            return result.value
        }
        if let buffer = left.layout.pointee.buffer {
            let bytes = UnsafeMutableRawPointer(buffer + 1).assumingMemoryBound(to: UInt8.self)
            let end = left.layout.pointee.start + left.count
            if bytes + buffer.pointee.used == end, buffer.pointee.capacity - buffer.pointee.used >= right.count,
                !left.header.pointee.isFrozen
            {
                end.update(from: right.layout.pointee.start, count: right.count)
                buffer.pointee.used += right.count
                return string(kind, buffer, left.layout.pointee.start, count)
            }
        }
        let capacity = count + count / 2
        let raw = allocateStorage(MemoryLayout<StringObject.Buffer>.size + capacity)
        let buffer = raw.assumingMemoryBound(to: StringObject.Buffer.self)
        buffer.initialize(to: StringObject.Buffer(capacity: capacity, used: count))
        let bytes = UnsafeMutableRawPointer(buffer + 1).assumingMemoryBound(to: UInt8.self)
        bytes.update(from: left.layout.pointee.start, count: left.count)
        (bytes + left.count).update(from: right.layout.pointee.start, count: right.count)
        return string(kind, buffer, bytes, count)
    }

    private func string(
        _ kind: ObjectKind, _ buffer: UnsafeMutablePointer<StringObject.Buffer>, _ start: UnsafeMutablePointer<UInt8>,
        _ count: Int
    ) -> Value {
        let layout = allocate(StringObject.Layout.self)
        layout.initialize(
            to: StringObject.Layout(header: ObjectHeader(kind), count: count, start: start, buffer: buffer, hash: 0))
        return Value(address: layout)
    }
}
