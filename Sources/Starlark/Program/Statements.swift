/// How a statement ended.
enum Completion {
    case normal
    case breakLoop
    case continueLoop
    /// The function returns `frame.result`.
    case returned
}

protocol Statement: AnyObject, Sendable {
    func execute(_ frame: Frame) throws(EvaluationError) -> Completion
}

/// Statements one after another.
final class Block: Sendable {
    let statements: [any Statement]

    init(_ statements: [any Statement]) {
        self.statements = statements
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        for statement in statements {
            try frame.meter.step()
            switch try statement.execute(frame) {
            case .normal: continue
            case let end: return end
            }
        }
        return .normal
    }
}

final class ExpressionStatement: Statement {
    let expression: any Expression

    init(_ expression: any Expression) {
        self.expression = expression
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        _ = try expression.evaluate(frame)
        return .normal
    }
}

/// `target = value`, and a `def`, which assigns a function.
final class Assignment: Statement {
    let target: any Target
    let value: any Expression

    init(target: any Target, value: any Expression) {
        self.target = target
        self.value = value
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        let result = try value.evaluate(frame)
        try target.assign(result, frame)
        return .normal
    }
}

/// `target += value` and its like.
final class AugmentedAssignment: Statement {
    let range: SourceRange
    let operation: BinaryOperator
    let target: any UpdatableTarget
    let value: any Expression

    init(range: SourceRange, operation: BinaryOperator, target: any UpdatableTarget, value: any Expression) {
        self.range = range
        self.operation = operation
        self.target = target
        self.value = value
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        try target.update(frame) { (old) throws(EvaluationError) in
            let operand = try value.evaluate(frame)
            frame.range = range
            return try self.combine(old, operand, frame.meter)
        }
        return .normal
    }

    /// Lists are extended and dicts and sets updated in place; all else makes a new value.
    private func combine(_ old: Value, _ operand: Value, _ meter: Meter) throws(EvaluationError) -> Value {
        switch (operation, old.storage) {
        case (.add, .list(let list)) where Iteration.isIterable(operand):
            try list.mutation.check("apply += to", "list")
            let elements = try Iteration.elements(operand, meter)
            try meter.allocate(count: elements.count, of: 16)
            list.elements += elements
            return old
        case (.bitOr, .dict(let dict)):
            guard case .dict(let other) = operand.storage else { break }
            try dict.mutation.check("apply |= to", "dict")
            for (key, value) in other.entries.pairs { try dict.entries.insert(key, value, meter) }
            return old
        default: break
        }
        return try Arithmetic.binary(operation, old, operand, meter)
    }
}

// MARK: - Control flow

final class If: Statement {
    /// `if` and every `elif`, flat: a long chain must not nest.
    let arms: [(condition: any Expression, body: Block)]
    let otherwise: Block?

    init(arms: [(condition: any Expression, body: Block)], otherwise: Block?) {
        self.arms = arms
        self.otherwise = otherwise
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        for (condition, body) in arms where try condition.evaluate(frame).isTrue {
            return try body.execute(frame)
        }
        return try otherwise?.execute(frame) ?? .normal
    }
}

final class For: Statement {
    let target: any Target
    let iterable: any Expression
    let body: Block

    init(target: any Target, iterable: any Expression, body: Block) {
        self.target = target
        self.iterable = iterable
        self.body = body
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        let sequence = try iterable.evaluate(frame)
        frame.range = iterable.range
        let source = try Iteration.begin(sequence, frame.meter)
        defer { Iteration.end(sequence) }
        for position in 0..<source.count {
            try frame.meter.step()
            try target.assign(source[position], frame)
            switch try body.execute(frame) {
            case .normal, .continueLoop: continue
            case .breakLoop: return .normal
            case .returned: return .returned
            }
        }
        return .normal
    }
}

final class While: Statement {
    let condition: any Expression
    let body: Block

    init(condition: any Expression, body: Block) {
        self.condition = condition
        self.body = body
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        while try condition.evaluate(frame).isTrue {
            frame.range = condition.range
            try frame.meter.step()
            switch try body.execute(frame) {
            case .normal, .continueLoop: continue
            case .breakLoop: return .normal
            case .returned: return .returned
            }
        }
        return .normal
    }
}

final class Return: Statement {
    let value: (any Expression)?

    init(_ value: (any Expression)?) {
        self.value = value
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        frame.result = try value?.evaluate(frame) ?? .none
        return .returned
    }
}

/// `break` and `continue`.
final class Jump: Statement {
    let completion: Completion

    init(_ completion: Completion) {
        self.completion = completion
    }

    func execute(_ frame: Frame) -> Completion { completion }
}

/// `load("module", "name", alias = "name")`.
final class Load: Statement {
    struct Item: Sendable {
        let name: String
        let target: any Target
        let range: SourceRange
    }

    let range: SourceRange
    let module: String
    let items: [Item]

    init(range: SourceRange, module: String, items: [Item]) {
        self.range = range
        self.module = module
        self.items = items
    }

    func execute(_ frame: Frame) throws(EvaluationError) -> Completion {
        frame.range = range
        let loaded = try frame.evaluation.load(module, into: frame.globals)
        for item in items {
            frame.range = item.range
            if item.name.hasPrefix("_") {
                throw EvaluationError("load: names that start with an underscore are private: \(item.name)")
            }
            guard let value = loaded[item.name] else {
                let hint = Spelling.hint(for: item.name, among: loaded.exported.map(\.name))
                throw EvaluationError("load: name \(item.name) not found in module \(module)\(hint)")
            }
            try item.target.assign(value, frame)
        }
        return .normal
    }
}
