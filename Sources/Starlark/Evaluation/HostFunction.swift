/// A function implemented in Swift.
///
///     let port = HostFunction("port", "number", "protocol?") { call in
///         let arguments = try call.bind()
///         let number = try arguments.int("number")
///         return call.heap.string("\(number)/\(try arguments.string("protocol", default: "tcp"))")
///     }
package final class HostFunction: @unchecked Sendable {
    /// How the function is called in messages and tracebacks: `apt_packages`, `install.apt_packages`.
    package let name: String
    let signature: Signature
    let body: (HostCall) throws -> Value

    /// - Parameters:
    ///   - parameters: as `Signature` takes them, for `HostCall.bind` to match the arguments with. A function that looks
    ///     at its arguments itself needs none.
    ///   - body: may throw an `EvaluationError`, which keeps its kind, or any other error, whose description becomes
    ///     the message of one. The name of the function is put in front of the message: `port: …`.
    package convenience init(_ name: String, _ parameters: String..., body: @escaping (HostCall) throws -> Value) {
        self.init(name, parameters, body: body)
    }

    package init(_ name: String, _ parameters: [String], body: @escaping (HostCall) throws -> Value) {
        self.name = name
        signature = Signature(parameters)
        self.body = body
    }
}

/// One call of a host function. Not to be kept: the arguments are there only until the function returns.
package struct HostCall {
    private unowned(unsafe) let callee: HostFunction
    /// The evaluation that the call is part of; call back into the program through it.
    package unowned(unsafe) let evaluation: Evaluation
    let meter: Meter
    private let receiverOrUnbound: Value
    private let arguments: Arguments

    @inline(__always)
    init(_ callee: HostFunction, receiver: Value, _ arguments: Arguments, _ evaluation: Evaluation) {
        self.callee = callee
        self.evaluation = evaluation
        meter = evaluation.meter
        self.arguments = arguments
        receiverOrUnbound = receiver
    }

    /// The name of the function called.
    package var function: String { callee.name }

    /// What a method is called on; nil for a plain function.
    package var receiver: Value? { receiverOrUnbound.isUnbound ? nil : receiverOrUnbound }

    package var positional: UnsafeBufferPointer<Value> {
        UnsafeBufferPointer(start: arguments.positional, count: arguments.count)
    }

    /// The named arguments, in the order of the call.
    package var named: [(name: String, value: Value)] {
        (0..<arguments.namedCount).map { (StringObject(arguments.names[$0]).text, arguments.values[$0]) }
    }

    /// A struct of the named arguments.
    func structure(named kind: Value) -> Value {
        heap.structure(arguments, name: kind)
    }

    /// The named argument of that name.
    func named(_ name: ByteView) -> Value? {
        for index in 0..<arguments.namedCount where StringObject(arguments.names[index]).bytes.isEqual(to: name) {
            return arguments.values[index]
        }
        return nil
    }

    /// Where the values of the evaluation live: make the result here.
    package var heap: Heap { meter.heap }

    /// The active calls, outermost first, without the host function itself: the last is its call site.
    package var callStack: [StackFrame] { evaluation.callStack }

    /// Some of the active calls, as `Evaluation.callStack(droppingFirst:in:)` has them.
    package func callStack(droppingFirst count: Int = 0, in isWanted: (String) -> Bool) -> [StackFrame] {
        evaluation.callStack(droppingFirst: count, in: isWanted)
    }

    /// The expression that called the host function.
    package var callSite: StackFrame? { evaluation.callSite }

    /// Calls another function with the same arguments.
    package func forward(to callee: Value) throws(EvaluationError) -> Value {
        try evaluation.invoke(callee, arguments)
    }
}

// MARK: - Arguments

extension HostCall {
    /// Matches the arguments with the parameters of the function as a Starlark function would.
    package func bind() throws(EvaluationError) -> BoundArguments {
        let signature = callee.signature
        let calls = evaluation.calls
        let values = calls.pointee.top
        let count = max(signature.names.count, arguments.count)
        guard values + count < calls.pointee.stackEnd else {
            throw EvaluationError("call stack too deep", kind: .limit(.depth))
        }
        try signature.bind(arguments, into: values)
        // Taken back when the call ends.
        calls.pointee.top = values + count
        return BoundArguments(signature, values)
    }

    /// Checks a call that takes positional arguments only.
    @inline(__always)
    package func positional(
        atLeast minimum: Int = 0, atMost maximum: Int
    ) throws(EvaluationError) -> UnsafeBufferPointer<Value> {
        if arguments.namedCount > 0 || arguments.count < minimum || arguments.count > maximum {
            throw mismatch(atLeast: minimum, atMost: maximum)
        }
        return positional
    }

    @inline(never)
    private func mismatch(atLeast minimum: Int, atMost maximum: Int) -> EvaluationError {
        if arguments.namedCount > 0 {
            return EvaluationError("unexpected keyword argument \(named[0].name)")
        }
        let want =
            minimum == maximum
            ? "\(minimum)" : positional.count < minimum ? "at least \(minimum)" : "at most \(maximum)"
        return EvaluationError("got \(HostCall.count(positional.count, "argument")), want \(want)")
    }

    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

/// The arguments of a call by parameter, with typed access that words the error when the type is another. Not to be kept:
/// it is there only until the function returns.
package struct BoundArguments {
    private unowned(unsafe) let signature: Signature
    private let values: UnsafeMutablePointer<Value>

    fileprivate init(_ signature: Signature, _ values: UnsafeMutablePointer<Value>) {
        self.signature = signature
        self.values = values
    }

    /// The argument, or nil if it was left out or there is no such parameter.
    package func optional(_ name: String) -> Value? {
        guard let index = signature.index(of: name), !values[index].isUnbound else { return nil }
        return values[index]
    }

    package func value(_ name: String, default fallback: Value = .none) -> Value {
        optional(name) ?? fallback
    }

    package func string(_ name: String, default fallback: String = "") throws(EvaluationError) -> String {
        guard let value = optional(name) else { return fallback }
        guard let text = value.asString else { throw mismatch(name, value, "string") }
        return text
    }

    package func byteString(_ name: String, default fallback: ByteString = "") throws(EvaluationError) -> ByteString {
        guard let value = optional(name) else { return fallback }
        guard case .string(let content) = value.storage else { throw mismatch(name, value, "string") }
        return ByteString(content.bytes)
    }

    package func int(_ name: String, default fallback: Int = 0) throws(EvaluationError) -> Int {
        guard let value = optional(name) else { return fallback }
        if case .bigInteger(let object) = value.storage {
            throw EvaluationError("for parameter \(name): \(object.decimal) out of range")
        }
        guard let number = value.asInt else { throw mismatch(name, value, "int") }
        return number
    }

    package func bool(_ name: String, default fallback: Bool = false) throws(EvaluationError) -> Bool {
        guard let value = optional(name) else { return fallback }
        guard let truth = value.asBool else { throw mismatch(name, value, "bool") }
        return truth
    }

    /// The elements of a list or a tuple.
    package func sequence(_ name: String, default fallback: [Value] = []) throws(EvaluationError) -> [Value] {
        guard let value = optional(name) else { return fallback }
        guard let elements = value.asSequence else { throw mismatch(name, value, "list or tuple") }
        return elements
    }

    /// The elements of a list or a tuple of strings.
    package func strings(_ name: String, default fallback: [String] = []) throws(EvaluationError) -> [String] {
        guard optional(name) != nil else { return fallback }
        var texts: [String] = []
        for (index, element) in try sequence(name).enumerated() {
            guard let text = element.asString else {
                throw EvaluationError(
                    "for parameter \(name): element \(index): got \(element.typeName), want string")
            }
            texts.append(text)
        }
        return texts
    }

    /// The entries of a dict.
    package func dict(_ name: String) throws(EvaluationError) -> [(key: Value, value: Value)] {
        guard let value = optional(name) else { return [] }
        guard let entries = value.asDict else { throw mismatch(name, value, "dict") }
        return entries
    }

    /// The entries of a dict from strings to strings.
    package func stringDict(_ name: String) throws(EvaluationError) -> [(key: String, value: String)] {
        var texts: [(key: String, value: String)] = []
        for (key, value) in try dict(name) {
            guard let keyText = key.asString else {
                throw EvaluationError(
                    "for parameter \(name): got \(key.typeName) as a key, want string")
            }
            guard let valueText = value.asString else {
                throw EvaluationError(
                    "for parameter \(name): key \"\(keyText)\": got \(value.typeName), want string")
            }
            texts.append((keyText, valueText))
        }
        return texts
    }

    package func callable(_ name: String) throws(EvaluationError) -> Value? {
        guard let value = optional(name) else { return nil }
        guard value.isCallable else { throw mismatch(name, value, "callable") }
        return value
    }

    /// A host value of the application's own type.
    ///
    /// - Parameter wanted: the type's name as a program sees it, for the message.
    package func host<Wanted: HostValue>(
        _ name: String, as type: Wanted.Type, wanted: String
    ) throws(EvaluationError) -> Wanted {
        let value = value(name)
        guard let host = value.asHost(type) else { throw mismatch(name, value, wanted) }
        return host
    }

    /// The error for an argument of the wrong type.
    package func mismatch(_ name: String, _ value: Value, _ wanted: String) -> EvaluationError {
        EvaluationError("for parameter \(name): got \(value.typeName), want \(wanted)")
    }
}
