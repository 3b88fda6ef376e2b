/// The content of a Starlark `string` or `bytes`: any sequence of bytes.
///
/// A string is normally UTF-8, but indexing and slicing count bytes and may cut a code point in two, so Swift's
/// `String`, which cannot hold such a piece, would not do.
package struct ByteString: Hashable, Sendable, Comparable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = [UInt8](bytes)
    }

    package init(_ text: String) {
        bytes = [UInt8](text.utf8)
    }

    package var count: Int { bytes.count }

    package var isEmpty: Bool { bytes.isEmpty }

    /// The bytes as Swift text; what is not UTF-8 becomes U+FFFD.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package static func < (left: ByteString, right: ByteString) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// Less than, equal to or greater than zero, as the bytes of `self` sort before, with or after those of `other`.
    func compared(to other: ByteString) -> Int {
        let shared = Swift.min(bytes.count, other.bytes.count)
        for index in 0..<shared where bytes[index] != other.bytes[index] {
            return bytes[index] < other.bytes[index] ? -1 : 1
        }
        return bytes.count - other.bytes.count
    }
}

extension ByteString: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self.init(text)
    }
}

extension ByteString: CustomStringConvertible {
    package var description: String { text }
}
