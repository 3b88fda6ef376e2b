/// The `%` operator on strings.
enum PercentFormat {
    static func format(_ format: StringObject, _ operand: Value, _ meter: Meter) throws(EvaluationError) -> ByteString {
        let bytes = format.bytes
        var output = ByteString([])
        output.bytes.reserveCapacity(bytes.count + 32)
        let tuple = operand.isObject(of: .tuple) ? TupleObject(operand) : nil
        let count = tuple?.count ?? 1
        var used = 0
        var offset = 0
        while offset < bytes.count {
            var end = offset
            while end < bytes.count, bytes[end] != UInt8(ascii: "%") { end += 1 }
            output.append(ByteView(rebasing: bytes[offset..<end]))
            guard end < bytes.count else { break }
            offset = end + 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "%") {
                output.bytes.append(UInt8(ascii: "%"))
                offset += 1
                continue
            }
            let argument: Value
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "(") {
                guard let close = bytes[offset...].firstIndex(of: UInt8(ascii: ")")) else {
                    throw EvaluationError("incomplete format key: no ')' after '%('")
                }
                argument = try named(ByteView(rebasing: bytes[offset + 1..<close]), in: operand, meter)
                offset = close + 1
            } else {
                guard used < count else { throw EvaluationError("not enough arguments for format string") }
                argument = tuple.map { $0.start[used] } ?? operand
            }
            guard offset < bytes.count else { throw EvaluationError("incomplete format: nothing follows the last '%'") }
            try write(argument, conversion: bytes[offset], &output, meter)
            guard output.count <= Limits.bytes else {
                throw EvaluationError(
                    "formatted text too large: more than \(Limits.bytes) bytes", kind: .limit(.memory))
            }
            offset += 1
            used += 1
        }
        if used < count, !operand.isObject(of: .dict) {
            throw EvaluationError("too many arguments for format string")
        }
        try meter.allocate(count: output.count, of: 1)
        return output
    }

    private static func named(
        _ key: ByteView, in operand: Value, _ meter: Meter
    ) throws(EvaluationError) -> Value {
        guard operand.isObject(of: .dict) else {
            throw EvaluationError(
                "format with '%(\(String(decoding: key, as: UTF8.self)))' needs a dict, got \(operand.typeName)")
        }
        guard let value = try TableObject(operand).lookup(meter.heap.string(key), meter) else {
            throw EvaluationError("format key not found: \(String(decoding: key, as: UTF8.self))")
        }
        return value
    }

    private static func write(
        _ value: Value, conversion: UInt8, _ output: inout ByteString, _ meter: Meter
    ) throws(EvaluationError) {
        switch conversion {
        case UInt8(ascii: "s"):
            try Printer.appendString(value, to: &output, meter)
        case UInt8(ascii: "r"):
            try Printer.appendRepresentation(value, to: &output, meter)
        case UInt8(ascii: "d") where value.isSmallInteger, UInt8(ascii: "i") where value.isSmallInteger:
            output.append(decimal: value.smallInteger)
        case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "x"), UInt8(ascii: "X"):
            try writeInteger(value, Character(Unicode.Scalar(conversion)), &output, meter)
        case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "g"),
            UInt8(ascii: "G"):
            try writeFloat(value, Character(Unicode.Scalar(conversion)), &output)
        case UInt8(ascii: "c"):
            try writeCharacter(value, &output)
        case UInt8(ascii: "%"):
            output.append("%")
        default:
            throw EvaluationError("unknown conversion %\(Character(Unicode.Scalar(conversion)))")
        }
    }

    private static func writeInteger(
        _ value: Value, _ letter: Character, _ output: inout ByteString, _ meter: Meter
    ) throws(EvaluationError) {
        let integer: BigInteger
        do {
            integer = try Conversion.integer(value)
        } catch {
            throw error.prefixed("%\(letter) needs an integer")
        }
        try meter.step(integer.magnitude.count * integer.magnitude.count / 8)
        switch letter {
        case "o": output.append(integer.text(radix: 8))
        case "x": output.append(integer.text(radix: 16))
        case "X": output.append(integer.text(radix: 16).uppercased())
        default: output.append(integer.decimal)
        }
    }

    private static func writeFloat(
        _ value: Value, _ letter: Character, _ output: inout ByteString
    ) throws(EvaluationError) {
        guard value.isNumber else { throw EvaluationError("%\(letter) needs a number, got \(value.typeName)") }
        // An integer beyond all floats is infinite here, as in starlark-go.
        let number = value.isFloat ? value.double : value.asBigInteger?.double ?? .nan
        switch letter {
        case "g", "G": output.append(FloatFormat.shortest(number, uppercase: letter == "G"))
        default: output.append(FloatFormat.fixed(number, conversion: letter))
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
            // A byte that is no character by itself becomes U+FFFD.
            output.append(content.bytes.codePoint(at: 0).scalar)
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
        let bytes = format.bytes
        var output = ByteString([])
        output.bytes.reserveCapacity(bytes.count + 32)
        var nextAutomatic = 0
        var usesAutomatic = false
        var usesManual = false
        var offset = 0
        while offset < bytes.count {
            var end = offset
            while end < bytes.count, bytes[end] != open, bytes[end] != close { end += 1 }
            output.append(ByteView(rebasing: bytes[offset..<end]))
            guard end < bytes.count else { break }
            let byte = bytes[end]
            offset = end + 1
            if offset < bytes.count, bytes[offset] == byte {
                output.bytes.append(byte)
                offset += 1
                continue
            }
            guard byte == open else { throw EvaluationError("single '}' in format string") }
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
            } else if let named = call.named(field.name) {
                argument = named
            } else {
                throw field.unknownName
            }
            if field.wantsRepresentation {
                try Printer.appendRepresentation(argument, to: &output, call.meter)
            } else {
                try Printer.appendString(argument, to: &output, call.meter)
            }
            guard output.count <= Limits.bytes else {
                throw EvaluationError(
                    "formatted text too large: more than \(Limits.bytes) bytes", kind: .limit(.memory))
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
        var name: ByteView
        var wantsRepresentation = false

        init(_ content: ByteView) throws(EvaluationError) {
            var head = content
            if let colon = content.firstIndex(of: UInt8(ascii: ":")) {
                let specification = ByteView(rebasing: content[(colon + 1)...])
                if !specification.isEmpty {
                    throw EvaluationError(
                        "a specification after ':' is not supported: \(String(decoding: specification, as: UTF8.self))")
                }
                head = ByteView(rebasing: content[..<colon])
            }
            name = head
            guard let mark = head.firstIndex(of: UInt8(ascii: "!")) else { return }
            name = ByteView(rebasing: head[..<mark])
            let conversion = ByteView(rebasing: head[(mark + 1)...])
            switch conversion.count == 1 ? conversion[0] : 0 {
            case UInt8(ascii: "s"): break
            case UInt8(ascii: "r"): wantsRepresentation = true
            default: throw EvaluationError("unknown conversion !\(String(decoding: conversion, as: UTF8.self))")
            }
        }

        /// The number that the name is; nil if it is none.
        var index: Int? {
            var result = 0
            for byte in name {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), result < Int.max / 20 else { return nil }
                result = result * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return result
        }

        var unknownName: EvaluationError {
            let text = String(decoding: name, as: UTF8.self)
            if text.contains(".") {
                return EvaluationError("attributes as in {x.y} are not supported: \(text)")
            }
            if text.contains("[") {
                return EvaluationError("elements as in {a[i]} are not supported: \(text)")
            }
            if text.contains("{") {
                return EvaluationError("nested replacement fields are not supported")
            }
            return EvaluationError("no argument for {\(text)}")
        }
    }
}
