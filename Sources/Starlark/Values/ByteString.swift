/// The content of a Starlark `string` or `bytes`: any sequence of bytes.
///
/// A string is normally UTF-8, but indexing and slicing count bytes and may cut a code point in two, so Swift's
/// `String`, which cannot hold such a piece, would not do.
package struct ByteString: Hashable, Sendable, Comparable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ bytes: some Sequence<UInt8>) {
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
}

extension ByteString: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self.init(text)
    }
}

extension ByteString: CustomStringConvertible {
    package var description: String { text }
}

extension ByteString {
    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            bytes += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    mutating func append(_ text: String) {
        bytes += text.utf8
    }

    mutating func append(decimal number: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var magnitude = number.magnitude
            var first = digits.count
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
                magnitude /= 10
            } while magnitude > 0
            if number < 0 {
                first -= 1
                digits[first] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: digits[first...])
        }
    }

    mutating func append(_ other: ByteView) {
        bytes += other
    }

    mutating func append(_ other: StringObject) {
        bytes += other.bytes
    }

    mutating func append(_ other: ByteString) {
        bytes += other.bytes
    }
}
