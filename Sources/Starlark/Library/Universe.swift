/// The names that every Starlark program sees.
enum Universe {
    /// Their values live here for ever, frozen.
    private static let storage = HeapStorage()

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
