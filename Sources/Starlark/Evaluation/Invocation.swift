extension Evaluation {
    /// Calls any callable value.
    func invoke(
        _ callee: Value, _ positional: [Value], _ named: [(name: String, value: Value)]
    ) throws(EvaluationError) -> Value {
        switch callee.storage {
        case .function(let function):
            return try call(function) { (frame) throws(EvaluationError) in
                try ArgumentBinding.bind(positional, named, to: function, in: frame)
            }
        case .builtin(let builtin):
            return try call(builtin.function, receiver: builtin.receiver, positional, named)
        default:
            throw EvaluationError("cannot call \(callee.typeName) value: it is not a function")
        }
    }

    /// Calls a function of a program; `bind` sets its parameters.
    @inline(__always)
    func call(
        _ function: FunctionObject, bind: (Frame) throws(EvaluationError) -> Void
    ) throws(EvaluationError) -> Value {
        guard function.globals.isOpen else {
            throw EvaluationError("function \(function.definition.name) was called after its module was released")
        }
        let frame = Frame(
            function.definition, globals: function.globals, captured: function.captured, evaluation: self,
            caller: self.frame)
        try bind(frame)
        if !function.definition.cells.isEmpty { frame.makeCells() }
        if !function.definition.allowsRecursion { try refuseRecursion(function.definition) }
        return try run(frame)
    }

    /// Runs the body of a function whose parameters are bound.
    func run(_ frame: Frame) throws(EvaluationError) -> Value {
        try enter()
        self.frame = frame
        defer {
            self.frame = frame.caller
            depth -= 1
        }
        do {
            _ = try frame.definition.body.execute(frame)
            return frame.result
        } catch {
            error.leave(frame.stackFrame)
            throw error
        }
    }

    func call(
        _ function: HostFunction, receiver: Value?, _ positional: [Value], _ named: [(name: String, value: Value)]
    ) throws(EvaluationError) -> Value {
        try enter()
        defer { depth -= 1 }
        let call = HostCall(
            function: function.name, receiver: receiver, positional: positional, named: named, evaluation: self)
        do {
            return try function.body(call)
        } catch {
            var error = error as? EvaluationError ?? EvaluationError("\(error)")
            // An error of a function that this one called back keeps its own words.
            if error.isFresh { error = error.prefixed(function.name) }
            error.leave(StackFrame(function: function.name, file: "<builtin>", range: nil, line: 0, column: 0))
            throw error
        }
    }

    /// Counts a call and refuses it when calls are nested too deeply.
    @inline(__always)
    private func enter() throws(EvaluationError) {
        try meter.step()
        if depth >= meter.limits.callDepth || StackPointer.current < stackFloor ?? .max {
            throw EvaluationError("call stack too deep: \(depth) nested calls", kind: .limit(.depth))
        }
        depth += 1
    }

    private func refuseRecursion(_ definition: FunctionDefinition) throws(EvaluationError) {
        var next = frame
        while let current = next {
            if current.definition === definition {
                throw EvaluationError("function \(definition.name) called recursively")
            }
            next = current.caller
        }
    }
}

/// Matches the arguments of a call with the parameters of a function.
///
/// The general form is `def f(p, q=…, *args, k, l=…, **kwargs)`: `p` and `q` take positional or named arguments, `k`
/// and `l` named ones only.
enum ArgumentBinding {
    static func bind(
        _ positional: [Value], _ named: [(name: String, value: Value)], to function: FunctionObject, in frame: Frame
    ) throws(EvaluationError) {
        let definition = function.definition
        let parameters = definition.parameters
        let bound = min(positional.count, definition.positionalCount)
        for index in 0..<bound { frame[index] = positional[index] }

        if let rest = definition.variadicSlot {
            frame[rest] = .tuple(Array(positional[bound...]))
        } else if positional.count > bound {
            throw tooMany(positional.count, definition)
        }
        if !named.isEmpty || definition.keywordsSlot != nil {
            try bind(named, definition, frame)
        }

        var missing: [String] = []
        for index in bound..<max(bound, parameters.count) {
            guard case .unbound = frame[index].storage else { continue }
            let fallback = function.defaults[index]
            if case .unbound = fallback.storage {
                missing.append(parameters[index])
            } else {
                frame[index] = fallback
            }
        }
        if !missing.isEmpty {
            throw EvaluationError(
                "\(definition.name): missing argument\(missing.count == 1 ? "" : "s") for "
                    + missing.joined(separator: ", "))
        }
    }

    private static func bind(
        _ named: [(name: String, value: Value)], _ definition: FunctionDefinition, _ frame: Frame
    ) throws(EvaluationError) {
        let rest = definition.keywordsSlot.map { _ in DictObject() }
        for (name, value) in named {
            if let index = definition.parameters.firstIndex(of: name) {
                guard case .unbound = frame[index].storage else { throw duplicate(name, definition) }
                frame[index] = value
            } else if let rest {
                let count = rest.entries.count
                try rest.entries.insert(.string(name), value, frame.meter)
                guard rest.entries.count > count else { throw duplicate(name, definition) }
            } else {
                let hint = Spelling.hint(for: name, among: definition.parameters)
                throw EvaluationError("\(definition.name): unexpected keyword argument \(name)\(hint)")
            }
        }
        if let rest, let slot = definition.keywordsSlot { frame[slot] = Value(.dict(rest)) }
    }

    private static func duplicate(_ name: String, _ definition: FunctionDefinition) -> EvaluationError {
        EvaluationError("\(definition.name): got multiple values for parameter \(name)")
    }

    private static func tooMany(_ count: Int, _ definition: FunctionDefinition) -> EvaluationError {
        let limit = definition.positionalCount
        let want = limit == 0 ? "none" : definition.hasOptionalPositional ? "at most \(limit)" : "\(limit)"
        return EvaluationError(
            "\(definition.name): got \(count) positional argument\(count == 1 ? "" : "s"), want \(want)")
    }
}
