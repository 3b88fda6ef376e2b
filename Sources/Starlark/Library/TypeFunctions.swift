/// The functions that make values of the built-in types.
enum TypeFunctions {
    static let all = [
        HostFunction("bool") { call in .bool(call.optional(0, of: try call.positional(atMost: 1)).isTrue) },
        HostFunction("bytes", body: bytes),
        HostFunction("chr", body: chr),
        HostFunction("dict", body: dict),
        HostFunction("float", body: float),
        HostFunction("int", "x", "base?", body: int),
        HostFunction("list") { call in
            let arguments = try call.positional(atMost: 1)
            if arguments.isEmpty { return call.heap.list([]) }
            let elements = try call.iterable(0, of: arguments)
            try call.meter.allocate(count: elements.count, of: 16)
            return call.heap.list(elements)
        },
        HostFunction("ord", body: ord),
        HostFunction("range", body: range),
        HostFunction("set") { call in
            let arguments = try call.positional(atMost: 1)
            let table = call.heap.newSet()
            if !arguments.isEmpty {
                for element in try call.iterable(0, of: arguments) { try table.insert(element, .none, call.meter) }
            }
            return table.value
        },
        HostFunction("str") { call in
            let value = try call.only()
            if case .bytes(let content) = value.storage {
                try call.meter.allocate(count: content.count, of: 1)
                return call.heap.string(content.bytes.repaired)
            }
            if value.isObject(of: .string) { return value }
            return try call.printed(value)
        },
        HostFunction("tuple") { call in
            let arguments = try call.positional(atMost: 1)
            if arguments.isEmpty { return call.heap.tuple([]) }
            if case .tuple = arguments[0].storage { return arguments[0] }
            let elements = try call.iterable(0, of: arguments)
            try call.meter.allocate(count: elements.count, of: 16)
            return call.heap.tuple(elements)
        },
    ]

    private static func bytes(_ call: HostCall) throws(EvaluationError) -> Value {
        let value = try call.only()
        switch value.storage {
        case .bytes: return value
        case .string(let content):
            try call.meter.step(content.count >> 8)
            if content.bytes.allSatisfy({ $0 < 0x80 }) { return call.heap.bytes(sharing: content) }
            try call.meter.allocate(count: content.count, of: 1)
            return call.heap.bytes(content.bytes.repaired.bytes)
        default:
            guard Iteration.isIterable(value) else {
                throw EvaluationError("got \(value.typeName), want string, bytes, or iterable of ints")
            }
            let result = try byteValues(try Iteration.elements(value, call.meter), call.meter)
            try call.meter.allocate(count: result.count, of: 1)
            return call.heap.bytes(result)
        }
    }

    private static func byteValues(_ elements: [Value], _ meter: Meter) throws(EvaluationError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(elements.count)
        for index in elements.indices { result.append(try byte(elements[index], index, meter)) }
        return result
    }

    private static func byte(_ element: Value, _ index: Int, _ meter: Meter) throws(EvaluationError) -> UInt8 {
        guard element.asBigInteger != nil else {
            throw EvaluationError("at index \(index), got \(element.typeName), want int")
        }
        if let number = element.asInt, (0...255).contains(number) { return UInt8(number) }
        throw EvaluationError(
            "at index \(index), \(try Printer.representation(element, meter)) out of range [0:255]")
    }

    private static func chr(_ call: HostCall) throws(EvaluationError) -> Value {
        let value = try call.only()
        guard value.asBigInteger != nil else { throw EvaluationError("got \(value.typeName), want int") }
        guard let number = value.asInt, (0...0x10FFFF).contains(number) else {
            throw EvaluationError(
                "code point \(try Printer.representation(value, call.meter)) out of range [0:0x10FFFF]")
        }
        // A surrogate is no character by itself.
        var content = ByteString([])
        content.append(Unicode.Scalar(UInt32(number)) ?? "\u{FFFD}")
        return call.heap.string(content)
    }

    private static func ord(_ call: HostCall) throws(EvaluationError) -> Value {
        let value = try call.only()
        switch value.storage {
        case .string(let content):
            if !content.isEmpty {
                let point = content.bytes.codePoint(at: 0)
                if point.range.upperBound == content.count { return call.heap.int(Int(point.scalar.value)) }
            }
            throw EvaluationError("string has \(content.codePoints.count) code points, want 1")
        case .bytes(let content):
            guard content.count == 1 else { throw EvaluationError("bytes has length \(content.count), want 1") }
            return call.heap.int(Int(content.bytes[0]))
        default:
            throw EvaluationError("got \(value.typeName), want string or bytes")
        }
    }

    private static func dict(_ call: HostCall) throws(EvaluationError) -> Value {
        let dict = call.heap.newDict()
        try DictMethods.update(dict, call)
        return dict.value
    }

    private static func float(_ call: HostCall) throws(EvaluationError) -> Value {
        let arguments = try call.positional(atMost: 1)
        guard let value = arguments.first else { return .float(0) }
        switch value.storage {
        case .bool(let truth): return .float(truth ? 1 : 0)
        case .int, .bigInteger, .float: return .float(try value.finiteDouble())
        case .string(let content): return .float(try Conversion.float(content.bytes))
        default: throw EvaluationError("got \(value.typeName), want number or string")
        }
    }

    private static func int(_ call: HostCall) throws(EvaluationError) -> Value {
        let arguments = try call.bind()
        let value = arguments.value("x")
        if case .string(let content) = value.storage {
            let base = try arguments.int("base", default: 10)
            guard base == 0 || (2...36).contains(base) else {
                throw EvaluationError("base must be 0 or from 2 to 36, not \(base)")
            }
            guard let integer = try Conversion.integer(content.bytes, base: base, call.meter) else {
                throw EvaluationError(
                    "invalid literal with base \(base): \(try Printer.representation(value, call.meter))")
            }
            return call.heap.integer(integer)
        }
        if arguments.optional("base") != nil {
            throw EvaluationError("cannot convert \(value.typeName) with an explicit base")
        }
        if case .bool(let truth) = value.storage { return call.heap.int(truth ? 1 : 0) }
        return call.heap.integer(try Conversion.integer(value))
    }

    private static func range(_ call: HostCall) throws(EvaluationError) -> Value {
        let arguments = try call.positional(atLeast: 1, atMost: 3)
        let first = try call.int(0, of: arguments)
        if arguments.count == 1 { return call.heap.range(start: 0, stop: first, step: 1) }
        let stop = try call.int(1, of: arguments)
        let step = arguments.count > 2 ? try call.int(2, of: arguments) : 1
        guard step != 0 else { throw EvaluationError("step must not be zero") }
        return call.heap.range(start: first, stop: stop, step: step)
    }
}
