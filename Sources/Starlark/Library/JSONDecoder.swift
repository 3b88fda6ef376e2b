/// JSON text as values: arrays as lists, objects as dicts, numbers without fraction and exponent as ints.
struct JSONDecoder {
    private let bytes: ByteView
    private var offset = 0
    private let meter: Meter

    private init(_ content: StringObject, _ meter: Meter) {
        bytes = content.bytes
        self.meter = meter
    }

    static func decode(_ content: StringObject, _ meter: Meter) throws(EvaluationError) -> Value {
        var decoder = JSONDecoder(content, meter)
        let value = try decoder.value(depth: 0)
        decoder.skipSpace()
        if decoder.offset < decoder.bytes.count { throw decoder.unexpected("the end") }
        return value
    }

    private mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }

    private func unexpected(_ wanted: String) -> EvaluationError {
        guard offset < bytes.count else { return EvaluationError("unexpected end of text, want \(wanted)") }
        let character = bytes.codePoint(at: offset).scalar
        return EvaluationError("at offset \(offset), unexpected character '\(character)', want \(wanted)")
    }

    /// Skips white space and one of the given bytes.
    private mutating func take(_ wanted: UInt8) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == wanted else { return false }
        offset += 1
        return true
    }

    private mutating func value(depth: Int) throws(EvaluationError) -> Value {
        try meter.step()
        guard depth < Limits.nesting else {
            throw EvaluationError("JSON nested more than \(Limits.nesting) levels deep", kind: .limit(.depth))
        }
        skipSpace()
        guard offset < bytes.count else { throw unexpected("a value") }
        switch bytes[offset] {
        case UInt8(ascii: "\""): return meter.heap.string(try string())
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "n"): return try word("null", .none)
        case UInt8(ascii: "t"): return try word("true", .true)
        case UInt8(ascii: "f"): return try word("false", .false)
        default: return try number()
        }
    }

    private mutating func word(_ text: ByteString, _ value: Value) throws(EvaluationError) -> Value {
        guard ByteString(bytes[offset...].prefix(text.count)) == text else { throw unexpected("a value") }
        offset += text.count
        return value
    }

    private mutating func array(_ depth: Int) throws(EvaluationError) -> Value {
        offset += 1
        var elements: [Value] = []
        if take(UInt8(ascii: "]")) { return meter.heap.list([]) }
        while true {
            elements.append(try value(depth: depth + 1))
            if take(UInt8(ascii: "]")) { return meter.heap.list(elements) }
            guard take(UInt8(ascii: ",")) else { throw unexpected("',' or ']'") }
        }
    }

    private mutating func object(_ depth: Int) throws(EvaluationError) -> Value {
        offset += 1
        let dict = meter.heap.newDict()
        if take(UInt8(ascii: "}")) { return dict.value }
        while true {
            skipSpace()
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { throw unexpected("a string as key") }
            let key = try string()
            guard take(UInt8(ascii: ":")) else { throw unexpected("':'") }
            try dict.insert(meter.heap.string(key), try value(depth: depth + 1), meter)
            if take(UInt8(ascii: "}")) { return dict.value }
            guard take(UInt8(ascii: ",")) else { throw unexpected("',' or '}'") }
        }
    }

    private mutating func number() throws(EvaluationError) -> Value {
        let start = offset
        var isFloat = false
        func digits() throws(EvaluationError) {
            let first = offset
            while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) { offset += 1 }
            if offset == first { throw unexpected(first == start ? "a value" : "a digit") }
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let firstDigit = offset
        try digits()
        if bytes[firstDigit] == UInt8(ascii: "0"), offset > firstDigit + 1 {
            offset = firstDigit
            throw EvaluationError("at offset \(start), a number begins with a zero")
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            isFloat = true
            offset += 1
            try digits()
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            isFloat = true
            offset += 1
            if offset < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[offset]) { offset += 1 }
            try digits()
        }
        let text = ByteView(rebasing: bytes[start..<offset])
        if isFloat { return .float(try Conversion.float(text)) }
        guard let integer = try Conversion.integer(text, base: 10, meter) else { throw unexpected("a value") }
        return meter.heap.integer(integer)
    }

    // MARK: - Strings

    private mutating func string() throws(EvaluationError) -> ByteString {
        let start = offset
        offset += 1
        var content = ByteString([])
        while true {
            guard offset < bytes.count else { throw EvaluationError("at offset \(start), unclosed string") }
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                return content.bytes.withUnsafeBufferPointer { $0.repaired }
            case UInt8(ascii: "\\"):
                try escape(into: &content)
            case 0..<0x20:
                throw EvaluationError("at offset \(offset - 1), control character in string")
            default:
                var end = offset
                while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""),
                    bytes[end] != UInt8(ascii: "\\")
                {
                    end += 1
                }
                content.bytes.append(contentsOf: bytes[(offset - 1)..<end])
                offset = end
            }
        }
    }

    private mutating func escape(into content: inout ByteString) throws(EvaluationError) {
        guard offset < bytes.count else { throw unexpected("an escape") }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.bytes.append(byte)
        case UInt8(ascii: "b"): content.bytes.append(0x08)
        case UInt8(ascii: "f"): content.bytes.append(0x0C)
        case UInt8(ascii: "n"): content.bytes.append(0x0A)
        case UInt8(ascii: "r"): content.bytes.append(0x0D)
        case UInt8(ascii: "t"): content.bytes.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            let mark = offset
            if (0xD800..<0xDC00).contains(code), bytes[offset...].starts(with: [0x5C, 0x75]) {
                offset += 2
                let low = try hexadecimal()
                if (0xDC00..<0xE000).contains(low) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                } else {
                    offset = mark
                }
            }
            // Half of a surrogate pair is no character.
            content.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        default:
            offset -= 1
            throw unexpected("an escape")
        }
    }

    private mutating func hexadecimal() throws(EvaluationError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard offset < bytes.count, let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue else {
                throw unexpected("a hexadecimal digit")
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}
