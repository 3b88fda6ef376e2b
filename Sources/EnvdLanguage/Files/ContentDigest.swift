import Crypto

/// The digest of a file's content, computed piece by piece.
struct ContentDigest {
    private enum State {
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
    }

    private var state: State
    /// Says of what it is a digest, since the same content has another one as a blob.
    private let prefix: String

    /// - Parameter size: of the content, in bytes; git's digests begin with it.
    init(_ measure: FileMeasure, size: Int) {
        switch measure {
        case .exact: (state, prefix) = (.sha256(SHA256()), "sha256:")
        case .git(.sha256): (state, prefix) = (.sha256(SHA256()), "git:")
        case .git(.sha1): (state, prefix) = (.sha1(Insecure.SHA1()), "git:")
        }
        if measure != .exact { Array("blob \(size)\0".utf8).withUnsafeBytes { update($0) } }
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .sha1(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha1(hash)
        case .sha256(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha256(hash)
        }
    }

    /// The digest of a whole content, measured exactly.
    static func text(of content: [UInt8]) -> String {
        var digest = ContentDigest(.exact, size: content.count)
        content.withUnsafeBytes { digest.update($0) }
        return digest.text
    }

    var text: String {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array(prefix.utf8)
        func append(_ bytes: some Sequence<UInt8>) {
            for byte in bytes {
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 15)])
            }
        }
        switch state {
        case .sha1(let hash): append(hash.finalize())
        case .sha256(let hash): append(hash.finalize())
        }
        return String(decoding: text, as: UTF8.self)
    }
}
