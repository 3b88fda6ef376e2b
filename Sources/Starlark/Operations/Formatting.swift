/// The `%` operator on strings.
enum PercentFormat {
    static func format(_ format: StringObject, _ operand: Value, _ meter: Meter) throws(EvaluationError) -> ByteString {
        var output = ByteString([])
        var arguments: [Value] = [operand]
        if case .tuple(let tuple) = operand.storage { arguments = Array(tuple.elements) }
        var used = 0
        let bytes = format.bytes
        var offset = 0
        while offset < bytes.count {
            guard bytes[offset] == UInt8(ascii: "%") else {
                let end = bytes[offset...].firstIndex(of: UInt8(ascii: "%")) ?? bytes.count
                output.bytes += bytes[offset..<end]
                offset = end
                continue
            }
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "%") {
                output.append("%")
                offset += 1
                continue
            }
            var argument: Value
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "(") {
                guard let close = bytes[offset...].firstIndex(of: UInt8(ascii: ")")) else {
                    throw EvaluationError("incomplete format key: no ')' after '%('")
                }
                let key = ByteString(bytes[offset + 1..<close])
                guard case .dict(let dict) = operand.storage else {
                    throw EvaluationError("format with '%(\(key))' needs a dict, got \(operand.typeName)")
                }
                guard let value = try dict.lookup(meter.heap.string(key), meter) else {
                    throw EvaluationError("format key not found: \(key)")
                }
                argument = value
                offset = close + 1
            } else {
                guard used < arguments.count else { throw EvaluationError("not enough arguments for format string") }
                argument = arguments[used]
            }
            guard offset < bytes.count else { throw EvaluationError("incomplete format: nothing follows the last '%'") }
            try write(argument, conversion: bytes[offset], &output, meter)
            guard output.count <= Limits.length else {
                throw EvaluationError(
                    "formatted text too large: more than \(Limits.length) bytes", kind: .limit(.memory))
            }
            offset += 1
            used += 1
        }
        if case .dict = operand.storage {
        } else if used < arguments.count {
            throw EvaluationError("too many arguments for format string")
        }
        try meter.allocate(count: output.count, of: 1)
        return output
    }

    private static func write(
        _ value: Value, conversion: UInt8, _ output: inout ByteString, _ meter: Meter
    ) throws(EvaluationError) {
        let letter = Character(Unicode.Scalar(conversion))
        switch letter {
        case "s":
            output.append(try Printer.string(value, meter))
        case "r":
            output.append(try Printer.representation(value, meter))
        case "d", "i", "o", "x", "X":
            let integer: BigInteger
            do {
                integer = try Conversion.integer(value)
            } catch {
                throw error.prefixed("%\(letter) needs an integer")
            }
            try meter.step(integer.magnitude.count * integer.magnitude.count / 64)
            switch letter {
            case "o": output.append(integer.text(radix: 8))
            case "x": output.append(integer.text(radix: 16))
            case "X": output.append(integer.text(radix: 16).uppercased())
            default: output.append(integer.decimal)
            }
        case "e", "E", "f", "F", "g", "G":
            guard value.isNumber else { throw EvaluationError("%\(letter) needs a number, got \(value.typeName)") }
            let number: Double
            if let integer = value.asBigInteger {
                number = integer.double
            } else {
                number = try value.finiteDouble()
            }
            switch letter {
            case "g", "G": output.append(FloatFormat.shortest(number, uppercase: letter == "G"))
            default: output.append(FloatFormat.fixed(number, conversion: letter))
            }
        case "c":
            try writeCharacter(value, &output)
        case "%":
            output.append("%")
        default:
            throw EvaluationError("unknown conversion %\(letter)")
        }
    }

    private static func writeCharacter(_ value: Value, _ output: inout ByteString) throws(EvaluationError) {
        switch value.storage {
        case .int(let number):
            guard let code = UInt32(exactly: number), code <= 0x10FFFF else {
                throw EvaluationError("%c needs a Unicode code point, got \(number)")
            }
            output.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        case .string(let content):
            guard !content.isEmpty, content.bytes.codePoint(at: 0).range.upperBound == content.count else {
                throw EvaluationError("%c needs a single character, got a string of \(content.count) bytes")
            }
            output.append(content)
        default:
            throw EvaluationError("%c needs an int or a single character, got \(value.typeName)")
        }
    }
}

/// The `format` method of strings.
enum BraceFormat {
    static func format(_ format: StringObject, _ call: HostCall) throws(EvaluationError) -> ByteString {
        let open = UInt8(ascii: "{")
        let close = UInt8(ascii: "}")
        var output = ByteString([])
        var nextAutomatic = 0
        var usesAutomatic = false
        var usesManual = false
        let bytes = format.bytes
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == close {
                guard offset < bytes.count, bytes[offset] == close else {
                    throw EvaluationError("single '}' in format string")
                }
                output.bytes.append(close)
                offset += 1
                continue
            }
            guard byte == open else {
                output.bytes.append(byte)
                continue
            }
            if offset < bytes.count, bytes[offset] == open {
                output.bytes.append(open)
                offset += 1
                continue
            }
            guard let end = bytes[offset...].firstIndex(of: close) else {
                throw EvaluationError("'{' without '}' in format string")
            }
            let field = try Field(ByteView(rebasing: bytes[offset..<end]))
            offset = end + 1

            let argument: Value
            if field.name.isEmpty {
                if usesManual {
                    throw EvaluationError("cannot mix {} and numbered fields")
                }
                usesAutomatic = true
                argument = try positional(nextAutomatic, call)
                nextAutomatic += 1
            } else if let index = field.index {
                if usesAutomatic {
                    throw EvaluationError("cannot mix {} and numbered fields")
                }
                usesManual = true
                argument = try positional(index, call)
            } else if let named = call.named.first(where: { $0.name == field.name }) {
                argument = named.value
            } else {
                throw field.unknownName
            }
            output.append(
                field.wantsRepresentation
                    ? try Printer.representation(argument, call.meter) : try Printer.string(argument, call.meter))
            guard output.count <= Limits.length else {
                throw EvaluationError(
                    "formatted text too large: more than \(Limits.length) bytes", kind: .limit(.memory))
            }
        }
        try call.meter.allocate(count: output.count, of: 1)
        return output
    }

    private static func positional(_ index: Int, _ call: HostCall) throws(EvaluationError) -> Value {
        guard index < call.positional.count else {
            throw EvaluationError("no argument for field \(index), got \(call.positional.count)")
        }
        return call.positional[index]
    }

    /// The content of `{name!conversion}`.
    private struct Field {
        var name: String
        var wantsRepresentation = false

        init(_ content: ByteView) throws(EvaluationError) {
            let text = String(decoding: content, as: UTF8.self)
            let (head, specification) = Field.cut(text, at: ":")
            let (name, conversion) = Field.cut(head, at: "!")
            self.name = name
            if let specification, !specification.isEmpty {
                throw EvaluationError("a specification after ':' is not supported: \(specification)")
            }
            switch conversion {
            case nil, "s": break
            case "r": wantsRepresentation = true
            case .some(let other): throw EvaluationError("unknown conversion !\(other)")
            }
        }

        private static func cut(_ text: String, at separator: Character) -> (String, String?) {
            guard let place = text.firstIndex(of: separator) else { return (text, nil) }
            return (String(text[..<place]), String(text[text.index(after: place)...]))
        }

        var index: Int? {
            guard name.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
            return Int(name)
        }

        var unknownName: EvaluationError {
            if name.contains(".") {
                return EvaluationError("attributes as in {x.y} are not supported: \(name)")
            }
            if name.contains("[") {
                return EvaluationError("elements as in {a[i]} are not supported: \(name)")
            }
            if name.contains("{") {
                return EvaluationError("nested replacement fields are not supported")
            }
            return EvaluationError("no argument for {\(name)}")
        }
    }
}
