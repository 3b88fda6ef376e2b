/// Why bytes are no JSON text.
package struct JSONParseError: Error, Sendable, Equatable {
    package var message: String
    /// Bytes from the start of the text.
    package var offset: Int
}

extension JSONValue {
    /// Arrays and objects within each other; more is refused, so that no text can exhaust the stack.
    package static let maximumDepth = 512

    /// Reads one JSON text (RFC 8259). Bytes that are no UTF-8 are refused; an escaped lone surrogate becomes U+FFFD,
    /// which is one UTF-16 unit as well, so that columns in the rest of the line stay those of the client.
    package init(parsing bytes: [UInt8]) throws(JSONParseError) {
        // The typed throw does not pass through the generic closure, hence the Result.
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, JSONParseError> in
            var parser = JSONParser(bytes: buffer)
            do throws(JSONParseError) {
                return .success(try parser.parseText())
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }
}

private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    // MARK: - Values

    mutating func parseText() throws(JSONParseError) -> JSONValue {
        let value = try parseValue(depth: 0)
        skipWhitespace()
        guard offset == bytes.count else { throw failure("unexpected text after the value") }
        return value
    }

    private mutating func parseValue(depth: Int) throws(JSONParseError) -> JSONValue {
        skipWhitespace()
        guard let byte = peek else { throw failure("a value is missing") }
        switch byte {
        case UInt8(ascii: "{"): return try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): return try parseArray(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", as: .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", as: .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", as: .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        default: throw failure("unexpected character")
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONParseError) -> JSONValue {
        guard depth <= JSONValue.maximumDepth else { throw failure("nested too deeply") }
        offset += 1
        var object = JSONObject()
        skipWhitespace()
        if consume(UInt8(ascii: "}")) { return .object(object) }
        while true {
            skipWhitespace()
            guard peek == UInt8(ascii: "\"") else { throw failure("a key is missing") }
            let key = try parseString()
            skipWhitespace()
            guard consume(UInt8(ascii: ":")) else { throw failure("':' is missing") }
            object.set(key, to: try parseValue(depth: depth))
            skipWhitespace()
            if consume(UInt8(ascii: ",")) { continue }
            if consume(UInt8(ascii: "}")) { return .object(object) }
            throw failure("',' or '}' is missing")
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONParseError) -> JSONValue {
        guard depth <= JSONValue.maximumDepth else { throw failure("nested too deeply") }
        offset += 1
        var elements: [JSONValue] = []
        skipWhitespace()
        if consume(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try parseValue(depth: depth))
            skipWhitespace()
            if consume(UInt8(ascii: ",")) { continue }
            if consume(UInt8(ascii: "]")) { return .array(elements) }
            throw failure("',' or ']' is missing")
        }
    }

    private mutating func parseWord(_ word: StaticString, as value: JSONValue) throws(JSONParseError) -> JSONValue {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count else { throw failure("unexpected character") }
        for index in 0..<word.utf8CodeUnitCount where bytes[offset + index] != word.utf8Start[index] {
            throw failure("unexpected character")
        }
        offset = end
        return value
    }

    private mutating func parseNumber() throws(JSONParseError) -> JSONValue {
        let start = offset
        var isWhole = true
        _ = consume(UInt8(ascii: "-"))
        let leadingZero = peek == UInt8(ascii: "0")
        let integerDigits = skipDigits()
        guard integerDigits > 0, integerDigits == 1 || !leadingZero else { throw failure("malformed number") }
        if consume(UInt8(ascii: ".")) {
            isWhole = false
            guard skipDigits() > 0 else { throw failure("malformed number") }
        }
        if consume(UInt8(ascii: "e")) || consume(UInt8(ascii: "E")) {
            isWhole = false
            if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw failure("malformed number") }
        }
        // Lines, columns and ids.
        if isWhole, offset - start <= 9, bytes[start] != UInt8(ascii: "-") {
            return .integer(bytes[start..<offset].reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) })
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw failure("number out of range") }
        return .number(value)
    }

    // MARK: - Strings

    private mutating func parseString() throws(JSONParseError) -> String {
        offset += 1
        let start = offset
        // Most strings have no escape and are taken in one piece; most of these are ASCII, which needs no other look.
        var seen: UInt8 = 0
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            seen |= byte
            offset += 1
        }
        if consume(UInt8(ascii: "\"")) {
            let piece = UnsafeBufferPointer(rebasing: bytes[start..<offset - 1])
            return seen < 0x80 ? String(decoding: piece, as: UTF8.self) : try string(from: piece, at: start)
        }

        var buffer = Array(bytes[start..<offset])
        while true {
            guard let byte = peek else { throw failure("unterminated string") }
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return try string(from: buffer[...], at: start)
            case UInt8(ascii: "\\"):
                offset += 1
                try parseEscape(into: &buffer)
            case 0..<0x20:
                throw failure("control character in a string")
            default:
                let pieceStart = offset
                while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
                    offset += 1
                }
                buffer.append(contentsOf: bytes[pieceStart..<offset])
            }
        }
    }

    private func string(
        from piece: some Collection<UInt8>, at start: Int
    ) throws(JSONParseError) -> String {
        guard let string = String(validating: piece, as: UTF8.self) else {
            throw JSONParseError(message: "string is not valid UTF-8", offset: start)
        }
        return string
    }

    private mutating func parseEscape(into buffer: inout [UInt8]) throws(JSONParseError) {
        guard let byte = peek else { throw failure("unterminated string") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"): buffer.append(contentsOf: String(try parseUnicodeEscape()).utf8)
        default: throw failure("unknown escape")
        }
    }

    /// The scalar after `\u`, with the second half of a surrogate pair if one follows.
    private mutating func parseUnicodeEscape() throws(JSONParseError) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let unit = try parseHexUnit()
        guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? replacement }
        let afterLead = offset
        guard consume(UInt8(ascii: "\\")), consume(UInt8(ascii: "u")) else {
            offset = afterLead
            return replacement
        }
        let trail = try parseHexUnit()
        guard UTF16.isTrailSurrogate(trail) else {
            offset = afterLead
            return replacement
        }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private mutating func parseHexUnit() throws(JSONParseError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek else { throw failure("malformed \\u escape") }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw failure("malformed \\u escape")
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }

    // MARK: - Characters

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        offset += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
    }

    private mutating func skipDigits() -> Int {
        let start = offset
        while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
        return offset - start
    }

    private func failure(_ message: String) -> JSONParseError { JSONParseError(message: message, offset: offset) }
}
