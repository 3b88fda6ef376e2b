import Crypto

/// The content address of an encoded operation: `sha256:` and 64 lower-case hexadecimal digits.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let description: String

    /// The digest of `bytes`.
    package init(of bytes: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("sha256:".utf8)
        // Its bytes and not its iterator, which needs conformances that the runtime has to look up first.
        SHA256.hash(data: bytes).withUnsafeBytes { hash in
            for byte in hash {
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 15)])
            }
        }
        description = String(decoding: text, as: UTF8.self)
    }

    /// A digest that somebody else computed; nil unless it has the form of one.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard text.hasPrefix("sha256:"), bytes.count == 71 else { return nil }
        for byte in bytes[7...] {
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
