import Crypto

/// The content address of an encoded operation: `sha256:` and 64 lower-case hexadecimal digits.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let description: String

    /// The digest of `bytes`.
    package init(of bytes: [UInt8]) {
        let hash = SHA256.hash(data: bytes)
        description = String(unsafeUninitializedCapacity: Digest.length) { text in
            for (place, byte) in Digest.prefix.utf8.enumerated() { text[place] = byte }
            var place = Digest.prefix.utf8.count
            // Its bytes and not its iterator, which needs conformances that the runtime has to look up first.
            hash.withUnsafeBytes { hash in
                for byte in hash {
                    text[place] = Digest.digit(byte >> 4)
                    text[place + 1] = Digest.digit(byte & 15)
                    place += 2
                }
            }
            return place
        }
    }

    private static let prefix = "sha256:"
    private static let length = 71

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }

    /// A digest that somebody else computed; nil unless it has the form of one.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard text.hasPrefix(Digest.prefix), bytes.count == Digest.length else { return nil }
        for byte in bytes[Digest.prefix.utf8.count...] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): continue
            default: return nil
            }
        }
        description = text
    }

    package static func < (left: Digest, right: Digest) -> Bool {
        left.description < right.description
    }
}
