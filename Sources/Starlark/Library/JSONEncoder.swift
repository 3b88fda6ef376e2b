/// Values as JSON text: the keys of dicts and the fields of structs sorted, no spaces.
struct JSONEncoder {
    private var output = ByteString([])
    /// Lists and dicts around the present value.
    private var path: [UInt64] = []
    private let meter: Meter

    private init(_ meter: Meter) {
        self.meter = meter
    }

    static func encode(_ value: Value, _ meter: Meter) throws(EvaluationError) -> ByteString {
        var encoder = JSONEncoder(meter)
        try encoder.write(value, depth: 0)
        try meter.allocate(encoder.output.count)
        return encoder.output
    }

    private mutating func write(_ value: Value, depth: Int) throws(EvaluationError) {
        try meter.step()
        guard depth < Limits.nesting else {
            throw EvaluationError(
                "cannot encode a value nested more than \(Limits.nesting) levels deep", kind: .limit(.depth))
        }
        guard output.count <= Limits.bytes else {
            throw EvaluationError("JSON too large: more than \(Limits.bytes) bytes", kind: .limit(.memory))
        }
        switch value.storage {
        case .none: output.append("null")
        case .bool(let truth): output.append(truth ? "true" : "false")
        case .int, .bigInteger: output.append(try Printer.representation(value, meter))
        case .float(let number):
            guard number.isFinite else {
                throw EvaluationError("cannot encode non-finite float \(FloatFormat.shortest(number))")
            }
            output.append(FloatFormat.shortest(number))
        case .string(let content): try writeString(content)
        case .dict(let dict):
            var entries: [(name: StringObject, value: Value)] = []
            for slot in dict.slots where slot.isLive {
                guard case .string(let name) = slot.key.storage else {
                    throw EvaluationError("dict has \(slot.key.typeName) key, want string")
                }
                entries.append((name, slot.value))
            }
            try enter(value.bits)
            try write(entries.sorted { $0.name.bytes.compared(to: $1.name.bytes) < 0 }, "in dict key", depth)
            path.removeLast()
        case .structure(let object):
            try write(object.fields.map { (StringObject($0.name), $0.value) }, "in field", depth)
        case .list:
            try enter(value.bits)
            try writeArray(value, depth)
            path.removeLast()
        case .tuple, .set, .range, .view:
            try writeArray(value, depth)
        case .bytes, .function, .builtin, .host, .cell, .unbound:
            throw EvaluationError("cannot encode \(value.typeName) as JSON")
        }
    }

    private mutating func enter(_ identity: UInt64) throws(EvaluationError) {
        guard !path.contains(identity) else { throw EvaluationError("cannot encode a value that contains itself") }
        path.append(identity)
    }

    private mutating func write(
        _ entries: [(name: StringObject, value: Value)], _ place: String, _ depth: Int
    ) throws(EvaluationError) {
        output.append("{")
        for (index, entry) in entries.enumerated() {
            if index > 0 { output.append(",") }
            try writeString(entry.name)
            output.append(":")
            do {
                try write(entry.value, depth: depth + 1)
            } catch {
                throw error.prefixed("\(place) \(entry.name.text)")
            }
        }
        output.append("}")
    }

    private mutating func writeArray(_ value: Value, _ depth: Int) throws(EvaluationError) {
        let elements = try Iteration.elements(value, meter)
        output.append("[")
        for index in elements.indices {
            if index > 0 { output.append(",") }
            do {
                try write(elements[index], depth: depth + 1)
            } catch {
                throw error.prefixed("at \(value.typeName) index \(index)")
            }
        }
        output.append("]")
    }

    private mutating func writeString(_ content: StringObject) throws(EvaluationError) {
        let bytes = content.bytes
        output.append("\"")
        let isPlain = bytes.allSatisfy { (0x20..<0x7F).contains($0) }
        var offset = 0
        var nextCheck = 0
        while offset < bytes.count {
            if offset >= nextCheck {
                try meter.check()
                nextCheck = offset + JSONEncoder.bytesBetweenChecks
            }
            let byte = bytes[offset]
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"),
                isPlain || byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "&")
            {
                output.bytes.append(byte)
                offset += 1
                continue
            }
            let point = bytes.codePoint(at: offset)
            offset = point.range.upperBound
            writeSpecial(point.scalar)
        }
        output.append("\"")
    }

    /// Some tens of microseconds of work.
    private static let bytesBetweenChecks = 16 << 10

    private mutating func writeSpecial(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": output.append("\\\"")
        case "\\": output.append("\\\\")
        case "\n": output.append("\\n")
        case "\r": output.append("\\r")
        case "\t": output.append("\\t")
        case "\u{08}": output.append("\\b")
        case "\u{0C}": output.append("\\f")
        // Go escapes these once a string is not plain ASCII, for HTML and JavaScript.
        case "<", ">", "&", "\u{2028}", "\u{2029}": writeEscape(scalar)
        case _ where scalar.value < 0x20: writeEscape(scalar)
        default: output.append(scalar)
        }
    }

    private mutating func writeEscape(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        output.append("\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits)
    }
}

/// Lays JSON text out over lines.
enum JSONIndenter {
    /// The value and the keyword arguments `prefix` and `indent` of a call.
    static func arguments(
        _ call: HostCall
    ) throws(EvaluationError) -> (value: Value, prefix: ByteString, indent: ByteString) {
        let arguments = try call.bind()
        return (
            arguments.value("x"), try arguments.byteString("prefix"),
            try arguments.byteString("indent", default: "\t")
        )
    }

    /// - Parameter content: well-formed JSON.
    static func indent(
        _ content: ByteView, prefix: ByteString, by indent: ByteString, _ meter: Meter
    ) throws(EvaluationError) -> ByteString {
        var output = ByteString([])
        var depth = 0
        var isInString = false
        var isEscaped = false
        var isEmpty = false
        func newline() throws(EvaluationError) {
            output.append("\n")
            output.append(prefix)
            try meter.step(1 + depth)
            for _ in 0..<depth { output.append(indent) }
            guard output.count <= Limits.bytes else {
                throw EvaluationError("JSON too large: more than \(Limits.bytes) bytes", kind: .limit(.memory))
            }
        }
        for byte in content {
            if isInString {
                output.bytes.append(byte)
                if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if !isEmpty { try newline() }
                isEmpty = false
                output.bytes.append(byte)
                continue
            default: break
            }
            if isEmpty { try newline() }
            isEmpty = false
            output.bytes.append(byte)
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                isEmpty = true
            case UInt8(ascii: ","): try newline()
            case UInt8(ascii: ":"): output.append(" ")
            default: break
            }
        }
        try meter.allocate(count: output.count, of: 1)
        return output
    }
}
