/// The names that every Starlark program sees.
enum Universe {
    /// Their values live here for ever, frozen.
    private static let storage = HeapStorage(characters: nil)

    /// The strings of one ASCII character each, by their codes.
    static var characters: UnsafePointer<Value> { characterTable.values }

    /// Never changes once it is made.
    private struct CharacterTable: @unchecked Sendable {
        let values: UnsafePointer<Value>
    }

    private static let characterTable: CharacterTable = {
        let values = UnsafeMutablePointer<Value>.allocate(capacity: 128)
        for code in 0..<128 {
            let value = storage.heap.string(ByteString([UInt8(code)]))
            value.freeze()
            (values + code).initialize(to: value)
        }
        return CharacterTable(values: UnsafePointer(values))
    }()

    /// What plain structs print as.
    static let structName = {
        let name = storage.heap.string("struct")
        name.freeze()
        return name
    }()

    static let names: [String: Value] = {
        var names: [String: Value] = ["None": .none, "True": .true, "False": .false]
        for function in TypeFunctions.all + SequenceFunctions.all + InspectionFunctions.all {
            let value = storage.heap.function(function)
            value.freeze()
            names[function.name] = value
        }
        return names
    }()
}

extension HostCall {
    /// The one argument of a function that takes exactly one, by position.
    func only() throws(EvaluationError) -> Value {
        try positional(atLeast: 1, atMost: 1)[0]
    }

    /// `str(x)`.
    func printed(_ value: Value) throws(EvaluationError) -> Value {
        if value.isObject(of: .string) { return value }
        return heap.string(try Printer.string(value, meter))
    }

    /// For methods without parameters.
    func none() throws(EvaluationError) {
        _ = try positional(atMost: 0)
    }

    func mismatch(_ index: Int, _ value: Value, _ wanted: String) -> EvaluationError {
        EvaluationError("for parameter \(index + 1): got \(value.typeName), want \(wanted)")
    }

    func iterable(_ index: Int, of arguments: UnsafeBufferPointer<Value>) throws(EvaluationError) -> [Value] {
        guard Iteration.isIterable(arguments[index]) else { throw mismatch(index, arguments[index], "iterable") }
        return try Iteration.elements(arguments[index], meter)
    }

    func string(_ index: Int, of arguments: UnsafeBufferPointer<Value>) throws(EvaluationError) -> StringObject {
        guard case .string(let content) = arguments[index].storage else {
            throw mismatch(index, arguments[index], "string")
        }
        return content
    }

    func int(_ index: Int, of arguments: UnsafeBufferPointer<Value>) throws(EvaluationError) -> Int {
        switch arguments[index].storage {
        case .int(let number): return number
        case .bigInteger(let object):
            throw EvaluationError("for parameter \(index + 1): \(object.decimal) out of range")
        default: throw mismatch(index, arguments[index], "int")
        }
    }

    /// `arguments[index]`, or `None` if there are fewer.
    func optional(_ index: Int, of arguments: UnsafeBufferPointer<Value>) -> Value {
        index < arguments.count ? arguments[index] : .none
    }
}
