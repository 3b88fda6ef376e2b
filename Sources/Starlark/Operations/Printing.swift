extension Value {
    /// What `str(x)` returns: the content of a string, the printed form of anything else.
    ///
    /// - Throws: when the text gets too long or the value is nested too deeply.
    package func printed(in evaluation: Evaluation) throws(EvaluationError) -> String {
        try Printer.string(self, evaluation.meter).text
    }

    /// What `repr(x)` returns.
    package func represented(in evaluation: Evaluation) throws(EvaluationError) -> String {
        try Printer.representation(self, evaluation.meter).text
    }
}

/// Turns values into text. Values that share parts can print exponentially long and values in a loop contain
/// themselves, so the length is bounded and a value within itself prints as dots.
struct Printer {
    private var output = ByteString([])
    /// Lists and dicts being printed, outermost first.
    private var path: [UInt64] = []
    private var depth = 0
    private let meter: Meter

    private init(_ meter: Meter) {
        self.meter = meter
    }

    static func representation(_ value: Value, _ meter: Meter) throws(EvaluationError) -> ByteString {
        var output = ByteString([])
        try appendRepresentation(value, to: &output, meter)
        return output
    }

    static func appendRepresentation(
        _ value: Value, to output: inout ByteString, _ meter: Meter
    ) throws(EvaluationError) {
        if value.isSmallInteger { return output.append(decimal: value.smallInteger) }
        var printer = Printer(meter)
        // The bytes change hands, or appending would copy them.
        swap(&printer.output, &output)
        try printer.write(value)
        try meter.allocate(printer.output.count)
        swap(&printer.output, &output)
    }

    /// Strings stand for themselves, all other values for their representation.
    static func appendString(
        _ value: Value, to output: inout ByteString, _ meter: Meter
    ) throws(EvaluationError) {
        if value.isObject(of: .string) { return output.append(StringObject(value)) }
        try appendRepresentation(value, to: &output, meter)
    }

    /// Strings stand for themselves, all other values for their representation.
    static func string(_ value: Value, _ meter: Meter) throws(EvaluationError) -> ByteString {
        if case .string(let content) = value.storage { return ByteString(content.bytes) }
        return try representation(value, meter)
    }

    private mutating func write(_ value: Value) throws(EvaluationError) {
        try meter.step()
        guard output.count <= Limits.bytes else {
            throw EvaluationError(
                "value too large to print: more than \(Limits.bytes) bytes", kind: .limit(.memory))
        }
        switch value.storage {
        case .none: output.append("None")
        case .bool(let truth): output.append(truth ? "True" : "False")
        case .int(let number): output.append(decimal: number)
        case .bigInteger(let object):
            let integer = object.integer
            // Conversion to decimal takes quadratic time.
            try meter.step(integer.magnitude.count * integer.magnitude.count / 8)
            output.append(integer.decimal)
        case .float(let number): output.append(FloatFormat.shortest(number))
        case .string(let content): try Quoting.quote(content.bytes, into: &output, meter)
        case .bytes(let content):
            output.append("b")
            try Quoting.quote(content.bytes, into: &output, meter)
        case .list(let list):
            try enclose(value.bits, "[", "]", list.elements)
        case .tuple(let tuple):
            try enclose(nil, "(", tuple.count == 1 ? ",)" : ")", tuple.elements)
        case .set(let set):
            var keys = set.keys
            try keys.withUnsafeMutableBufferPointer { (keys) throws(EvaluationError) in
                try enclose(nil, "set([", "])", keys)
            }
        case .dict(let dict): try write(dict)
        case .range(let range):
            if range.step != 1 {
                output.append("range(\(range.start), \(range.stop), \(range.step))")
            } else if range.start != 0 {
                output.append("range(\(range.start), \(range.stop))")
            } else {
                output.append("range(\(range.stop))")
            }
        case .structure(let object): try write(object)
        case .view(let view):
            try write(view.content.value)
            output.append(".\(view.method)()")
        case .function(let function): output.append("<function \(function.code.name)>")
        case .builtin(let builtin):
            if let receiver = builtin.receiver {
                output.append("<built-in method \(builtin.function.name) of \(receiver.typeName) value>")
            } else {
                output.append("<built-in function \(builtin.function.name)>")
            }
        case .host(let box): output.append(box.value.printed)
        case .cell, .unbound: output.append("<unbound>")
        }
    }

    private mutating func descend(_ identity: UInt64?) throws(EvaluationError) {
        depth += 1
        guard depth < Limits.nesting else {
            throw EvaluationError(
                "cannot print a value nested more than \(Limits.nesting) levels deep", kind: .limit(.depth))
        }
        if let identity { path.append(identity) }
    }

    private mutating func ascend(_ identity: UInt64?) {
        depth -= 1
        if identity != nil { path.removeLast() }
    }

    private mutating func enclose(
        _ identity: UInt64?, _ open: String, _ close: String, _ elements: UnsafeMutableBufferPointer<Value>
    ) throws(EvaluationError) {
        output.append(open)
        if let identity, path.contains(identity) {
            output.append("...")
        } else {
            try descend(identity)
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(", ") }
                try write(element)
            }
            ascend(identity)
        }
        output.append(close)
    }

    private mutating func write(_ dict: TableObject) throws(EvaluationError) {
        let identity = dict.value.bits
        output.append("{")
        if path.contains(identity) {
            output.append("...")
        } else {
            try descend(identity)
            var isFirst = true
            for slot in dict.slots where slot.isLive {
                if !isFirst { output.append(", ") }
                isFirst = false
                try write(slot.key)
                output.append(": ")
                try write(slot.value)
            }
            ascend(identity)
        }
        output.append("}")
    }

    private mutating func write(_ object: StructObject) throws(EvaluationError) {
        if object.isModule {
            output.append("<module \"\(object.name.text)\">")
            return
        }
        output.append(object.name)
        output.append("(")
        try descend(nil)
        for (index, field) in object.fields.enumerated() {
            if index > 0 { output.append(", ") }
            output.append(StringObject(field.name))
            output.append(" = ")
            try write(field.value)
        }
        ascend(nil)
        output.append(")")
    }
}

/// The quoted form of strings, as `repr` prints it.
enum Quoting {
    static func quote(
        _ content: ByteView, into output: inout ByteString, _ meter: Meter
    ) throws(EvaluationError) {
        output.bytes.append(UInt8(ascii: "\""))
        var offset = 0
        var nextCheck = 0
        while offset < content.count {
            if offset >= nextCheck {
                try meter.check()
                nextCheck = offset + bytesBetweenChecks
            }
            offset = quoteCharacter(of: content, at: offset, into: &output)
        }
        output.bytes.append(UInt8(ascii: "\""))
    }

    /// The quoted form of a text that is known to be short, for a message.
    static func quote(_ content: ByteView, into output: inout ByteString) {
        output.bytes.append(UInt8(ascii: "\""))
        var offset = 0
        while offset < content.count { offset = quoteCharacter(of: content, at: offset, into: &output) }
        output.bytes.append(UInt8(ascii: "\""))
    }

    /// - Returns: where the next character begins.
    @inline(__always)
    private static func quoteCharacter(of content: ByteView, at offset: Int, into output: inout ByteString) -> Int {
        let byte = content[offset]
        if byte >= 0x20, byte < 0x7F {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                output.bytes.append(UInt8(ascii: "\\"))
            }
            output.bytes.append(byte)
            return offset + 1
        }
        if let letter = letter(ofEscape: byte) {
            output.bytes.append(UInt8(ascii: "\\"))
            output.bytes.append(letter)
            return offset + 1
        }
        let point = content.codePoint(at: offset)
        if point.isValid {
            escape(point.scalar, into: &output)
        } else {
            output.append("\\x" + hexadecimal(UInt32(byte), digits: 2))
        }
        return point.range.upperBound
    }

    /// Some tens of microseconds of work.
    private static let bytesBetweenChecks = 16 << 10

    /// The letter that stands for a control character after a backslash, if there is one.
    private static func letter(ofEscape byte: UInt8) -> UInt8? {
        switch byte {
        case 0x07: UInt8(ascii: "a")
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0B: UInt8(ascii: "v")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    private static func escape(_ scalar: Unicode.Scalar, into output: inout ByteString) {
        switch scalar {
        case _ where scalar.value < 0x80: output.append("\\x" + hexadecimal(scalar.value, digits: 2))
        case _ where isPrintable(scalar): output.append(scalar)
        case _ where scalar.value < 0x10000: output.append("\\u" + hexadecimal(scalar.value, digits: 4))
        default: output.append("\\U" + hexadecimal(scalar.value, digits: 8))
        }
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// Letters, marks, numbers, punctuation and symbols, but no space other than U+0020.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }
}
