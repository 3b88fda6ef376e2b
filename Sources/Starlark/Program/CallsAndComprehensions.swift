final class Call: Expression {
    let range: SourceRange
    let callee: any Expression
    let positional: [any Expression]
    let named: [(name: String, value: any Expression)]
    /// `*args` and `**kwargs`.
    let variadic: (any Expression)?
    let keywords: (any Expression)?

    init(
        range: SourceRange, callee: any Expression, positional: [any Expression],
        named: [(name: String, value: any Expression)], variadic: (any Expression)?, keywords: (any Expression)?
    ) {
        self.range = range
        self.callee = callee
        self.positional = positional
        self.named = named
        self.variadic = variadic
        self.keywords = keywords
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        // A method called at once needs no object that binds it to its receiver.
        if let dot = callee as? Dot {
            let receiver = try dot.base.evaluate(frame)
            if let method = Attributes.method(receiver, dot.name) {
                let (positional, named) = try arguments(frame)
                frame.range = range
                return try frame.evaluation.call(method, receiver: receiver, positional, named)
            }
            frame.range = dot.range
            guard let function = Attributes.attribute(receiver, dot.name) else {
                throw Attributes.missing(receiver, dot.name)
            }
            return try call(function, frame)
        }
        return try call(try callee.evaluate(frame), frame)
    }

    private func call(_ function: Value, _ frame: Frame) throws(EvaluationError) -> Value {
        let (positional, named) = try arguments(frame)
        frame.range = range
        return try frame.evaluation.invoke(function, positional, named)
    }

    /// Evaluates the arguments in the order of the source, `*args` and `**kwargs` last.
    private func arguments(
        _ frame: Frame
    ) throws(EvaluationError) -> (positional: [Value], named: [(name: String, value: Value)]) {
        var positionalValues: [Value] = []
        if !positional.isEmpty {
            positionalValues.reserveCapacity(positional.count)
            for argument in positional { positionalValues.append(try argument.evaluate(frame)) }
        }
        var namedValues: [(name: String, value: Value)] = []
        if !named.isEmpty {
            namedValues.reserveCapacity(named.count)
            for (name, value) in named { namedValues.append((name, try value.evaluate(frame))) }
        }
        if let variadic {
            let value = try variadic.evaluate(frame)
            frame.range = variadic.range
            guard Iteration.isIterable(value) else {
                throw EvaluationError("argument after * must be iterable, not \(value.typeName)")
            }
            positionalValues += try Iteration.elements(value, frame.meter)
        }
        if let keywords {
            let value = try keywords.evaluate(frame)
            frame.range = keywords.range
            guard case .dict(let dict) = value.storage else {
                throw EvaluationError("argument after ** must be a dict, not \(value.typeName)")
            }
            for slot in dict.entries.slots where slot.isLive {
                guard case .string(let name) = slot.key.storage else {
                    throw EvaluationError("keys of the argument after ** must be strings, not \(slot.key.typeName)")
                }
                namedValues.append((name.text, slot.value))
            }
        }
        return (positionalValues, namedValues)
    }
}

/// A `def` or `lambda` where it is evaluated: makes a function value.
final class Closure: Expression {
    let range: SourceRange
    let definition: FunctionDefinition
    /// One for each parameter; nil for a parameter without default.
    let defaults: [(any Expression)?]

    init(range: SourceRange, definition: FunctionDefinition, defaults: [(any Expression)?]) {
        self.range = range
        self.definition = definition
        self.defaults = defaults
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        var values: [Value] = []
        values.reserveCapacity(defaults.count)
        for expression in defaults { values.append(try expression?.evaluate(frame) ?? .unbound) }
        var captured: [CellObject] = []
        captured.reserveCapacity(definition.captures.count)
        for capture in definition.captures {
            switch capture {
            case .local(let slot):
                // The resolver lists every captured slot among the cells; a plain value cannot be there.
                guard case .cell(let cell) = frame[slot].storage else { continue }
                captured.append(cell)
            case .captured(let index):
                captured.append(frame.captured[index])
            }
        }
        try frame.meter.allocate(96 + values.count * 16 + captured.count * 8)
        return Value(
            .function(
                FunctionObject(
                    definition: definition, defaults: values, captured: captured, globals: frame.globals)))
    }
}

/// `[x for … if …]` and `{k: v for … if …}`.
final class Comprehension: Expression {
    enum Clause: Sendable {
        case loop(target: any Target, iterable: any Expression)
        case condition(any Expression)
    }

    enum Result: Sendable {
        case list(any Expression)
        case dict(key: any Expression, value: any Expression)
    }

    let range: SourceRange
    let clauses: [Clause]
    let result: Result

    init(range: SourceRange, clauses: [Clause], result: Result) {
        self.range = range
        self.clauses = clauses
        self.result = result
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        try frame.meter.allocate(64)
        switch result {
        case .list(let element):
            let list = ListObject([])
            try run(0, frame) { () throws(EvaluationError) in
                let value = try element.evaluate(frame)
                try frame.meter.allocate(16)
                list.elements.append(value)
            }
            return Value(.list(list))
        case .dict(let keyExpression, let valueExpression):
            let dict = DictObject()
            try run(0, frame) { () throws(EvaluationError) in
                let key = try keyExpression.evaluate(frame)
                let value = try valueExpression.evaluate(frame)
                frame.range = keyExpression.range
                try dict.entries.insert(key, value, frame.meter)
            }
            return Value(.dict(dict))
        }
    }

    private func run(
        _ index: Int, _ frame: Frame, _ produce: () throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        guard index < clauses.count else { return try produce() }
        switch clauses[index] {
        case .condition(let condition):
            if try condition.evaluate(frame).isTrue { try run(index + 1, frame, produce) }
        case .loop(let target, let iterable):
            let sequence = try iterable.evaluate(frame)
            frame.range = iterable.range
            let source = try Iteration.begin(sequence, frame.meter)
            defer { Iteration.end(sequence) }
            for position in 0..<source.count {
                try frame.meter.step()
                try target.assign(source[position], frame)
                try run(index + 1, frame, produce)
            }
        }
    }
}
