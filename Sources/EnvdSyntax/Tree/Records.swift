/// A token in eight bytes: kind in bits 0–7, the recovery flag in bit 8, length in bits 9–31, start in bits 32–63.
///
/// Start and length are UTF-8 bytes, the start counted from the beginning of the chunk. A length of
/// `TokenWord.longLength` means that the real one stands in the chunk's table of long tokens: one token in millions
/// is that long, and every other one saves four bytes.
public struct TokenWord {
    public var bits: UInt64

    @inlinable public static var longLength: Int { (1 << 23) - 1 }

    @inline(__always)
    init(kind: SyntaxKind, start: Int, length: Int, isRecovered: Bool = false) {
        bits =
            UInt64(kind.rawValue) | (isRecovered ? 0x100 : 0) | UInt64(truncatingIfNeeded: length) << 9
            | UInt64(truncatingIfNeeded: start) << 32
    }

    @inlinable @inline(__always) public var kind: SyntaxKind { SyntaxKind(trusted: UInt8(truncatingIfNeeded: bits)) }
    /// What is wrong here has been reported by the lexer: the parser adds no finding of its own.
    @inline(__always) var isRecovered: Bool {
        get { bits & 0x100 != 0 }
        set { bits = newValue ? bits | 0x100 : bits & ~0x100 }
    }
    @inlinable @inline(__always) public var shortLength: Int { Int(truncatingIfNeeded: (bits >> 9) & 0x7F_FFFF) }
    @inlinable @inline(__always) public var start: Int { Int(truncatingIfNeeded: bits >> 32) }
}

/// The length of a token that does not fit into its word.
struct LongToken {
    var token: UInt32
    var length: UInt32
}

/// A node in twenty bytes. A chunk keeps its nodes in preorder: a node's first child follows it, and its next sibling
/// stands `size` places further on.
public struct NodeRecord {
    public var kind: UInt32
    /// Tokens of the subtree, as indices into the chunk's tokens.
    public var firstToken: UInt32
    public var tokenEnd: UInt32
    /// Nodes of the subtree, itself included.
    public var size: UInt32
    /// The parent's index; `NodeRecord.none` for a top-level statement.
    public var parent: UInt32

    @inlinable public static var none: UInt32 { UInt32.max }
}

/// A finding inside a chunk; the message is made when it is asked for.
struct DiagnosticRecord {
    /// UTF-8 bytes from the beginning of the chunk.
    var start: UInt32
    var length: UInt32
    var code: SyntaxDiagnosticCode
    /// What was expected and what was found instead, where the code's message names them.
    var expected: SyntaxKind
    var found: SyntaxKind
}

extension SyntaxKind {
    /// The kind with this raw value, which the caller knows to be one: raw values count up from zero without gaps, so
    /// they are the enumeration's own representation. `SyntaxKindTests` holds this to be true of every case.
    @inlinable @inline(__always)
    public init(trusted rawValue: UInt8) { self = unsafeBitCast(rawValue, to: SyntaxKind.self) }

    @inline(__always)
    package var isToken: Bool { rawValue < Self.firstNodeRawValue }
    package var isNode: Bool { !isToken }
}
