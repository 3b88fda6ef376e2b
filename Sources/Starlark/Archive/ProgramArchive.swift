/// A compiled program as bytes: what a library that every evaluation needs is kept as, so that no process has to parse
/// and compile it again.
///
/// Numbers are written seven bits a byte, the lowest first; names and string constants once, in a table, and then by
/// number. Each function begins with what a call needs to know of it, and its body has its length in front: the bodies of
/// functions at the top level are read when they are first called. A body begins with what only errors and tracebacks tell, again
/// behind its length: that is read when there is one.
///
/// An archive is code of the host's own. Reading a damaged one gives an error, but instructions are taken as they are:
/// read only what this engine wrote.
package enum ProgramArchive {
    static let magic: [UInt8] = Array("starlark".utf8)
    /// Changes with the format and with the meaning of instructions.
    static let version = 2

    /// Why an archive cannot be used.
    package enum Problem: Error, Sendable, CustomStringConvertible {
        /// It was made from another text or by another version of the engine.
        case outdated
        case damaged

        package var description: String {
            switch self {
            case .outdated: "the archive was made from another text or by another engine"
            case .damaged: "the archive is damaged"
            }
        }
    }

    /// A number that changes with the text that a program was compiled from; not made against forgers.
    static func fingerprint(of text: [UInt8]) -> UInt64 {
        text.withUnsafeBytes { bytes in
            var result = UInt64(bytes.count) &+ 0x9E37_79B9_7F4A_7C15
            func mix(_ word: UInt64) {
                result = (result ^ word) &* 0xFF51_AFD7_ED55_8CCD
                result ^= result >> 32
            }
            let words = bytes.count / 8
            for index in 0..<words {
                mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)))
            }
            for byte in bytes[(words * 8)...] { mix(UInt64(byte)) }
            return result
        }
    }

    /// What stands in front of a constant.
    enum ConstantKind: Int {
        /// One word: a small number, `True`, `False` or `None`.
        case word
        case string
        case bytes
        case integer
    }
}
