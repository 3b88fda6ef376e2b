/// Turns what a terminal sends into keys. Takes bytes as they come: half a character or half a sequence waits for the rest.
///
/// The sequences are those of xterm and of what imitates it (ECMA-48; xterm's `ctlseqs`), `CSI` and `SS3` forms alike.
package struct KeyDecoder {
    private var pending: [UInt8] = []
    /// The bytes between the marks of a bracketed paste; nil outside of one.
    private var pasted: [UInt8]?

    private static let escape: UInt8 = 0x1B
    private static let pasteEnd = Array("\u{1B}[201~".utf8)
    /// A sequence or a paste that is longer is no sequence, and nobody pastes that much.
    private static let maximumSequence = 32
    private static let maximumPaste = 1 << 20

    package init() {}

    /// Whether a key has begun that is not complete: it may be the Escape key, if nothing follows.
    package var isWaiting: Bool { !pending.isEmpty || pasted != nil }

    package mutating func decode(_ bytes: some Sequence<UInt8>) -> [Key] {
        var keys: [Key] = []
        for byte in bytes {
            if pasted != nil {
                keys += paste(byte)
                continue
            }
            pending.append(byte)
            switch Self.read(pending) {
            case .incomplete:
                if pending.count > Self.maximumSequence { pending = [] }
            case .nothing: pending = []
            case .key(let key):
                pending = []
                keys.append(key)
            case .pasteStart:
                pending = []
                pasted = []
            case .keyAndRest(let first, let rest):
                // What was begun is none; the last byte begins something new.
                pending = []
                keys.append(first)
                keys += decode(rest)
            }
        }
        return keys
    }

    /// Nothing follows for now: what has begun is complete as it is.
    package mutating func flush() -> [Key] {
        guard pasted == nil, let first = pending.first else { return [] }
        let isEscape = first == Self.escape && pending.count == 1
        pending = []
        return isEscape ? [.escape] : []
    }

    /// Takes a byte of a paste. At its end it becomes lines with Enter between them.
    private mutating func paste(_ byte: UInt8) -> [Key] {
        pasted?.append(byte)
        guard let text = pasted else { return [] }
        let isEnd = text.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd)
        guard isEnd || text.count > Self.maximumPaste else { return [] }
        pasted = nil
        let whole = String(decoding: isEnd ? text.dropLast(Self.pasteEnd.count) : text[...], as: UTF8.self)
        let lines = whole.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return Array(lines.map { [Key.paste(String($0))] }.joined(separator: [.enter]))
    }

    // MARK: - Sequences

    private enum Reading {
        case incomplete
        /// A complete sequence that means nothing here.
        case nothing
        case key(Key)
        /// A key, and bytes that belong to the next one.
        case keyAndRest(Key, [UInt8])
        case pasteStart
    }

    private static func read(_ bytes: [UInt8]) -> Reading {
        guard let first = bytes.first else { return .incomplete }
        if first == escape { return readEscape(bytes) }
        if first < 0x20 || first == 0x7F { return control(first).map(Reading.key) ?? .nothing }
        if first < 0x80 { return .key(.character(Character(Unicode.Scalar(first)))) }
        // A character of several bytes.
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard (0xC2...0xF4).contains(first) else { return .nothing }
        if let last = bytes.last, bytes.count > 1, last & 0xC0 != 0x80 {
            return .keyAndRest(.character("\u{FFFD}"), [last])
        }
        if bytes.count < length { return .incomplete }
        return .key(.character(Character(String(decoding: bytes, as: UTF8.self))))
    }

    private static func control(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x01: .home
        case 0x02: .left
        case 0x03: .interrupt
        case 0x04: .endOfInput
        case 0x05: .end
        case 0x06: .right
        case 0x07: .cancel
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x0B: .deleteToEnd
        case 0x0C: .clearScreen
        case 0x0E: .down
        case 0x10: .up
        case 0x12: .searchHistory
        case 0x14: .transpose
        case 0x15: .deleteToStart
        case 0x17: .deleteWordLeft
        case 0x19: .yank
        case 0x1A: .suspend
        default: nil
        }
    }

    private static func readEscape(_ bytes: [UInt8]) -> Reading {
        guard bytes.count > 1 else { return .incomplete }
        switch bytes[1] {
        case UInt8(ascii: "["): return readControlSequence(bytes)
        case UInt8(ascii: "O"):
            guard bytes.count > 2 else { return .incomplete }
            return named(bytes[2], isModified: false).map(Reading.key) ?? .nothing
        case escape: return .keyAndRest(.escape, [escape])
        case UInt8(ascii: "b"), UInt8(ascii: "B"): return .key(.wordLeft)
        case UInt8(ascii: "f"), UInt8(ascii: "F"): return .key(.wordRight)
        case UInt8(ascii: "d"), UInt8(ascii: "D"): return .key(.deleteWordRight)
        case 0x08, 0x7F: return .key(.deleteWordLeft)
        default: return .nothing
        }
    }

    /// `ESC [ parameters final`.
    private static func readControlSequence(_ bytes: [UInt8]) -> Reading {
        guard bytes.count > 2, let last = bytes.last else { return .incomplete }
        // The console of Linux sends function keys as "ESC [ [ A".
        if bytes[2] == UInt8(ascii: "[") { return bytes.count > 3 ? .nothing : .incomplete }
        guard (0x40...0x7E).contains(last) else {
            return (0x20...0x3F).contains(last) ? .incomplete : .nothing
        }
        let text = String(decoding: bytes[2..<(bytes.count - 1)], as: UTF8.self)
        let parameters = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let isModified = parameters.count > 1 && parameters[1] > 1
        guard last == UInt8(ascii: "~") else { return named(last, isModified: isModified).map(Reading.key) ?? .nothing }
        switch parameters.first {
        case 1, 7: return .key(.home)
        case 3: return .key(isModified ? .deleteWordRight : .delete)
        case 4, 8: return .key(.end)
        case 200: return .pasteStart
        default: return .nothing
        }
    }

    private static func named(_ final: UInt8, isModified: Bool) -> Key? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): isModified ? .wordRight : .right
        case UInt8(ascii: "D"): isModified ? .wordLeft : .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        default: nil
        }
    }
}
