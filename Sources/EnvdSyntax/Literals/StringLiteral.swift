/// The values of string and bytes tokens, by starlark-go's rules: an escape must escape something, numeric escapes of a
/// string stay within ASCII, and CR and CR LF count as LF.
package enum StringLiteral {
    /// The content of a string or bytes token as bytes, or nil where the token is unclosed or an escape is invalid.
    package static func value(of token: [UInt8]) -> [UInt8]? { token.withUnsafeBufferPointer(value) }

    /// The same of a token where it stands, which need not be copied for that.
    package static func value(of token: SyntaxToken) -> [UInt8]? { token.withBytes(value) }

    /// The same as text, in which bytes that are no UTF-8 are U+FFFD.
    package static func text(of token: SyntaxToken) -> String? {
        token.withBytes { token in
            read(
                token, plain: { String(decoding: $0, as: UTF8.self) }, decoded: { String(decoding: $0, as: UTF8.self) })
        }
    }

    private static func value(of token: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        read(token, plain: { Array($0) }, decoded: { $0 })
    }

    /// - Parameters:
    ///   - plain: gets a content that is what it says, where it stands.
    ///   - decoded: gets one that has escapes.
    @inline(__always)
    private static func read<Value>(
        _ token: UnsafeBufferPointer<UInt8>, plain: (UnsafeBufferPointer<UInt8>) -> Value, decoded: ([UInt8]) -> Value
    ) -> Value? {
        var start = 0
        var isRaw = false
        var isBytes = false
        while start < token.count, token[start] != UInt8(ascii: "\""), token[start] != UInt8(ascii: "'") {
            switch token[start] | 0x20 {
            case UInt8(ascii: "r"): isRaw = true
            case UInt8(ascii: "b"): isBytes = true
            default: break
            }
            start += 1
        }
        guard token.count - start >= 2 else { return nil }
        let quote = token[start]
        var width = 1
        if token.count - start >= 6, token[start + 1] == quote, token[start + 2] == quote { width = 3 }
        guard token.count - start >= 2 * width else { return nil }
        for place in (token.count - width)..<token.count where token[place] != quote { return nil }
        let body = UnsafeBufferPointer(rebasing: token[(start + width)..<(token.count - width)])
        // Most texts are what they say.
        guard body.firstPlace(of: UInt8(ascii: "\\"), or: 0x0D) != nil else { return plain(body) }
        return decode(body, isRaw: isRaw, isBytes: isBytes).map(decoded)
    }

    /// The first escape in a body without quotes that is none: its offset and length in UTF-8 bytes.
    static func firstInvalidEscape(
        in body: UnsafeBufferPointer<UInt8>, isBytes: Bool
    ) -> (offset: Int, length: Int)? {
        var at = 0
        while at < body.count {
            guard body[at] == UInt8(ascii: "\\") else {
                at += 1
                continue
            }
            switch escape(in: body, at: at, isBytes: isBytes) {
            case .scalar(_, let length), .byte(_, let length), .nothing(let length): at += length
            case .invalid(let length): return (at, length)
            }
        }
        return nil
    }

    private static func decode(_ body: UnsafeBufferPointer<UInt8>, isRaw: Bool, isBytes: Bool) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(body.count)
        var at = 0
        while at < body.count {
            if body[at] == 0x0D {
                out.append(0x0A)
                at += at + 1 < body.count && body[at + 1] == 0x0A ? 2 : 1
            } else if body[at] == UInt8(ascii: "\\"), !isRaw {
                switch escape(in: body, at: at, isBytes: isBytes) {
                case .scalar(let scalar, let length):
                    out.append(contentsOf: String(scalar).utf8)
                    at += length
                case .byte(let byte, let length):
                    out.append(byte)
                    at += length
                case .nothing(let length): at += length
                case .invalid: return nil
                }
            } else {
                out.append(body[at])
                at += 1
            }
        }
        return out
    }

    private enum Escape {
        case scalar(Unicode.Scalar, length: Int)
        case byte(UInt8, length: Int)
        /// An escaped line break.
        case nothing(length: Int)
        case invalid(length: Int)
    }

    private static func escape(in body: UnsafeBufferPointer<UInt8>, at start: Int, isBytes: Bool) -> Escape {
        guard start + 1 < body.count else { return .invalid(length: 1) }
        func hexadecimal(_ count: Int) -> UInt32? {
            guard start + 2 + count <= body.count else { return nil }
            var value: UInt32 = 0
            for place in (start + 2)..<(start + 2 + count) {
                guard let digit = Character(Unicode.Scalar(body[place])).hexDigitValue else { return nil }
                value = value << 4 | UInt32(digit)
            }
            return value
        }
        let byte = body[start + 1]
        switch byte {
        case 0x0A: return .nothing(length: 2)
        case 0x0D: return .nothing(length: start + 2 < body.count && body[start + 2] == 0x0A ? 3 : 2)
        case UInt8(ascii: "a"): return .byte(0x07, length: 2)
        case UInt8(ascii: "b"): return .byte(0x08, length: 2)
        case UInt8(ascii: "f"): return .byte(0x0C, length: 2)
        case UInt8(ascii: "n"): return .byte(0x0A, length: 2)
        case UInt8(ascii: "r"): return .byte(0x0D, length: 2)
        case UInt8(ascii: "t"): return .byte(0x09, length: 2)
        case UInt8(ascii: "v"): return .byte(0x0B, length: 2)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): return .byte(byte, length: 2)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = 0
            var length = 1
            while length < 4, start + length < body.count, (0x30...0x37).contains(body[start + length]) {
                value = value * 8 + Int(body[start + length] - 0x30)
                length += 1
            }
            return value > (isBytes ? 255 : 127) ? .invalid(length: length) : .byte(UInt8(value), length: length)
        case UInt8(ascii: "x"):
            guard let value = hexadecimal(2) else { return .invalid(length: 2) }
            return value > 127 && !isBytes ? .invalid(length: 4) : .byte(UInt8(value), length: 4)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = byte == UInt8(ascii: "u") ? 4 : 8
            guard let value = hexadecimal(count) else { return .invalid(length: 2) }
            guard let scalar = Unicode.Scalar(value) else { return .invalid(length: 2 + count) }
            return .scalar(scalar, length: 2 + count)
        default:
            let rest = UnsafeBufferPointer(rebasing: body[(start + 1)...])
            return .invalid(length: 1 + (decodeUTF8Scalar(rest)?.length ?? 1))
        }
    }
}
