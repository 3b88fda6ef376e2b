/// The functions that look at values, print them or give up.
enum InspectionFunctions {
    static let all = [
        HostFunction("abs") { call in
            let value = try call.only()
            switch value.storage {
            case .int(let number): return number < 0 ? try Arithmetic.negate(value, call.heap) : value
            case .bigInteger(let object): return object.isNegative ? call.heap.integer(object.integer.negated) : value
            case .float(let number): return .float(number.magnitude)
            default: throw EvaluationError("got \(value.typeName), want int or float")
            }
        },
        HostFunction("dir") { call in call.heap.list(Attributes.names(try call.only()).map { call.heap.string($0) }) },
        HostFunction("fail") { call in
            let separator = try InspectionFunctions.separator(call)
            throw EvaluationError(try text(call, separator, writesBytes: false).text)
        },
        HostFunction("getattr") { call in
            let arguments = try call.positional(atLeast: 2, atMost: 3)
            let name = try call.string(1, of: arguments)
            if let value = Attributes.attribute(arguments[0], name, call.heap) { return value }
            guard arguments.count == 3 else { throw Attributes.missing(arguments[0], AttributeName(name.value)) }
            return arguments[2]
        },
        HostFunction("hasattr") { call in
            let arguments = try call.positional(atLeast: 2, atMost: 2)
            let name = try call.string(1, of: arguments)
            return .bool(Attributes.attribute(arguments[0], name, call.heap) != nil)
        },
        HostFunction("hash", body: hash),
        HostFunction("print") { call in
            let content = try text(call, try InspectionFunctions.separator(call), writesBytes: true)
            try call.meter.write(content.count + 1)
            try call.evaluation.onPrint(content, call.callSite)
            return .none
        },
        HostFunction("repr") { call in call.heap.string(try Printer.representation(try call.only(), call.meter)) },
        HostFunction("type") { call in call.heap.string(try call.only().typeName) },
    ]

    private static func separator(_ call: HostCall) throws(EvaluationError) -> ByteString {
        var separator: ByteString = " "
        for (name, value) in call.named {
            guard name == "sep" else { throw EvaluationError("unexpected keyword argument \(name)") }
            guard case .string(let content) = value.storage else {
                throw EvaluationError("for parameter sep: got \(value.typeName), want string")
            }
            separator = ByteString(content.bytes)
        }
        return separator
    }

    private static func text(
        _ call: HostCall, _ separator: ByteString, writesBytes: Bool
    ) throws(EvaluationError) -> ByteString {
        var output = ByteString([])
        for (index, value) in call.positional.enumerated() {
            if index > 0 { output.append(separator) }
            if writesBytes, case .bytes(let content) = value.storage {
                output.append(content)
            } else {
                output.append(try Printer.string(value, call.meter))
            }
            guard output.count <= Limits.bytes else {
                throw EvaluationError(
                    "value too large to print: more than \(Limits.bytes) bytes", kind: .limit(.memory))
            }
        }
        try call.meter.allocate(count: output.count, of: 1)
        return output
    }

    /// The same number in every run and on every machine, as the specification demands: Java's hash of strings, over
    /// UTF-16 code units except that starlark-go takes a code point beyond them as one; 32-bit FNV-1a for bytes.
    private static func hash(_ call: HostCall) throws(EvaluationError) -> Value {
        let value = try call.only()
        switch value.storage {
        case .string(let content):
            try call.meter.step(content.count >> 4)
            var result: Int32 = 0
            for point in content.codePoints {
                result = 31 &* result &+ Int32(truncatingIfNeeded: point.scalar.value)
            }
            return call.heap.int(Int(result))
        case .bytes(let content):
            try call.meter.step(content.count >> 4)
            var result: UInt32 = 2_166_136_261
            for byte in content.bytes { result = (result ^ UInt32(byte)) &* 16_777_619 }
            return call.heap.int(Int(result))
        default:
            throw EvaluationError("got \(value.typeName), want string or bytes")
        }
    }
}
