/// Why bytes are no JSON text.
package struct JSONParseError: Error, Sendable, Equatable {
    package var message: String
    /// Bytes from the start of the text.
    package var offset: Int
}

extension JSONValue {
    /// Arrays and objects within each other; more is refused, so that no text can exhaust the stack.
    package static let maximumDepth = 512
}

/// Finds out where the values of a text stand.
struct JSONParser {
    typealias Entry = JSONDocument.Entry

    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var entries: [Entry] = []
    private var offset = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // A guess for the usual message; a long one is mostly one string.
        entries.reserveCapacity(min(bytes.count / 8 + 4, 512))
    }

    // MARK: - Values

    mutating func parseText() throws(JSONParseError) {
        guard bytes.count <= Int(UInt32.max) else { throw failure("more than 4 GB") }
        try parseValue(depth: 0)
        skipWhitespace()
        guard offset == bytes.count else { throw failure("unexpected text after the value") }
    }

    private mutating func parseValue(depth: Int) throws(JSONParseError) {
        skipWhitespace()
        guard let byte = peek else { throw failure("a value is missing") }
        switch byte {
        case UInt8(ascii: "{"): try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): try parseArray(depth: depth + 1)
        case UInt8(ascii: "\""): try parseString()
        case UInt8(ascii: "t"): try parseWord("true", as: .true)
        case UInt8(ascii: "f"): try parseWord("false", as: .false)
        case UInt8(ascii: "n"): try parseWord("null", as: .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
        default: throw failure("unexpected character")
        }
    }

    private mutating func add(_ kind: JSONDocument.Kind, from start: Int, to end: Int, isEscaped: Bool = false) {
        entries.append(
            Entry(
                start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: end - start),
                end: UInt32(truncatingIfNeeded: entries.count + 1), kind: kind, isEscaped: isEscaped))
    }

    /// All values from a place on belong to the one that stands there.
    private mutating func close(_ place: Int) { entries[place].end = UInt32(truncatingIfNeeded: entries.count) }

    private mutating func parseObject(depth: Int) throws(JSONParseError) {
        guard depth <= JSONValue.maximumDepth else { throw failure("nested too deeply") }
        let place = entries.count
        add(.object, from: offset, to: offset)
        offset += 1
        skipWhitespace()
        if consume(UInt8(ascii: "}")) { return }
        while true {
            skipWhitespace()
            guard peek == UInt8(ascii: "\"") else { throw failure("a key is missing") }
            try parseString()
            skipWhitespace()
            guard consume(UInt8(ascii: ":")) else { throw failure("':' is missing") }
            try parseValue(depth: depth)
            skipWhitespace()
            if consume(UInt8(ascii: ",")) { continue }
            if consume(UInt8(ascii: "}")) { return close(place) }
            throw failure("',' or '}' is missing")
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONParseError) {
        guard depth <= JSONValue.maximumDepth else { throw failure("nested too deeply") }
        let place = entries.count
        add(.array, from: offset, to: offset)
        offset += 1
        skipWhitespace()
        if consume(UInt8(ascii: "]")) { return }
        while true {
            try parseValue(depth: depth)
            skipWhitespace()
            if consume(UInt8(ascii: ",")) { continue }
            if consume(UInt8(ascii: "]")) { return close(place) }
            throw failure("',' or ']' is missing")
        }
    }

    private mutating func parseWord(_ word: StaticString, as kind: JSONDocument.Kind) throws(JSONParseError) {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count else { throw failure("unexpected character") }
        for index in 0..<word.utf8CodeUnitCount where bytes[offset + index] != word.utf8Start[index] {
            throw failure("unexpected character")
        }
        add(kind, from: offset, to: end)
        offset = end
    }

    private mutating func parseNumber() throws(JSONParseError) {
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
        if isWhole, offset - start <= 9 { return add(.integer, from: start, to: offset) }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole, Int(text) != nil { return add(.integer, from: start, to: offset) }
        guard let value = Double(text), value.isFinite else { throw failure("number out of range") }
        add(.number, from: start, to: offset)
    }

    // MARK: - Strings

    private mutating func parseString() throws(JSONParseError) {
        offset += 1
        let start = offset
        var isEscaped = false
        // Most strings are ASCII, which needs no other look.
        var seen: UInt8 = 0
        while true {
            while offset < bytes.count, bytes[offset] != UInt8(ascii: "\""), bytes[offset] != UInt8(ascii: "\\"),
                bytes[offset] >= 0x20
            {
                seen |= bytes[offset]
                offset += 1
            }
            guard let byte = peek else { throw failure("unterminated string") }
            switch byte {
            case UInt8(ascii: "\""):
                let content = UnsafeBufferPointer(rebasing: bytes[start..<offset])
                // An escape is ASCII, so it can end a sequence of bytes as little as what it stands for could.
                guard seen < 0x80 || String(validating: content, as: UTF8.self) != nil else {
                    throw JSONParseError(message: "string is not valid UTF-8", offset: start)
                }
                add(.string, from: start, to: offset, isEscaped: isEscaped)
                offset += 1
                return
            case UInt8(ascii: "\\"):
                isEscaped = true
                offset += 1
                try skipEscape()
            default:
                throw failure("control character in a string")
            }
        }
    }

    private mutating func skipEscape() throws(JSONParseError) {
        guard let byte = peek else { throw failure("unterminated string") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            break
        case UInt8(ascii: "u"):
            for _ in 0..<4 {
                guard let digit = peek, hexDigit(digit) != nil else { throw failure("malformed \\u escape") }
                offset += 1
            }
        default: throw failure("unknown escape")
        }
    }

    /// What a string stands for, between whose quotes these bytes are. It has been read before, so its escapes are well-formed.
    static func unescaped(_ content: UnsafeBufferPointer<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var offset = 0
        /// The unit behind a `\u`, if there are four digits.
        func unit(at place: Int) -> UInt16? {
            guard place + 4 <= content.count else { return nil }
            var unit: UInt16 = 0
            for byte in content[place..<(place + 4)] {
                guard let digit = hexDigit(byte) else { return nil }
                unit = unit << 4 | UInt16(digit)
            }
            return unit
        }
        while offset < content.count {
            let byte = content[offset]
            offset += 1
            guard byte == UInt8(ascii: "\\"), offset < content.count else {
                text.append(byte)
                continue
            }
            let escaped = content[offset]
            offset += 1
            switch escaped {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                let first = unit(at: offset) ?? 0xFFFD
                offset = min(offset + 4, content.count)
                var scalar = Unicode.Scalar(first) ?? "\u{FFFD}"
                // The second half of a surrogate pair, if one follows.
                if UTF16.isLeadSurrogate(first), offset + 6 <= content.count, content[offset] == UInt8(ascii: "\\"),
                    content[offset + 1] == UInt8(ascii: "u"), let second = unit(at: offset + 2),
                    UTF16.isTrailSurrogate(second)
                {
                    scalar = UTF16.decode(UTF16.EncodedScalar([first, second]))
                    offset += 6
                }
                text.append(contentsOf: String(Character(scalar)).utf8)
            default: text.append(escaped)
            }
        }
        return String(decoding: text, as: UTF8.self)
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

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
