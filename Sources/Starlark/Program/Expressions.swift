/// An expression as the resolver leaves it. The nodes of a program form a tree of final classes that never changes, so
/// any number of evaluations may run the same program at once.
protocol Expression: AnyObject, Sendable {
    var range: SourceRange { get }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value
}

/// A number, string or other constant.
final class Constant: Expression {
    let range: SourceRange
    let value: Value

    init(range: SourceRange, value: Value) {
        self.range = range
        self.value = value
    }

    func evaluate(_ frame: Frame) -> Value { value }
}

// MARK: - Names

final class LocalName: Expression {
    let range: SourceRange
    let slot: Int
    let name: String

    init(range: SourceRange, slot: Int, name: String) {
        self.range = range
        self.slot = slot
        self.name = name
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        var value = frame[slot]
        if case .cell(let cell) = value.storage { value = cell.value }
        if case .unbound = value.storage {
            frame.range = range
            throw EvaluationError("local variable \(name) referenced before assignment")
        }
        return value
    }
}

/// A variable of an enclosing function.
final class CapturedName: Expression {
    let range: SourceRange
    let index: Int
    let name: String

    init(range: SourceRange, index: Int, name: String) {
        self.range = range
        self.index = index
        self.name = name
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        let value = frame.captured[index].value
        if case .unbound = value.storage {
            frame.range = range
            throw EvaluationError("local variable \(name) referenced before assignment")
        }
        return value
    }
}

final class GlobalName: Expression {
    let range: SourceRange
    let index: Int
    let name: String

    init(range: SourceRange, index: Int, name: String) {
        self.range = range
        self.index = index
        self.name = name
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        let value = frame.globals.values[index]
        if case .unbound = value.storage {
            frame.range = range
            throw EvaluationError(
                frame.globals.isOpen
                    ? "global variable \(name) referenced before assignment"
                    : "global variable \(name) referenced after its module was released")
        }
        return value
    }
}

/// A name of the environment that the program runs in.
final class PredeclaredName: Expression {
    let range: SourceRange
    let index: Int

    init(range: SourceRange, index: Int) {
        self.range = range
        self.index = index
    }

    func evaluate(_ frame: Frame) -> Value { frame.globals.predeclared[index] }
}

// MARK: - Displays

final class ListDisplay: Expression {
    let range: SourceRange
    let elements: [any Expression]
    let isTuple: Bool

    init(range: SourceRange, elements: [any Expression], isTuple: Bool) {
        self.range = range
        self.elements = elements
        self.isTuple = isTuple
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements { values.append(try element.evaluate(frame)) }
        frame.range = range
        try frame.meter.allocate(64 + values.count * 16)
        return isTuple ? .tuple(values) : .list(values)
    }
}

final class DictDisplay: Expression {
    let range: SourceRange
    let entries: [(key: any Expression, value: any Expression)]

    init(range: SourceRange, entries: [(key: any Expression, value: any Expression)]) {
        self.range = range
        self.entries = entries
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        try frame.meter.allocate(96)
        let dict = DictObject()
        for (keyExpression, valueExpression) in entries {
            let key = try keyExpression.evaluate(frame)
            let value = try valueExpression.evaluate(frame)
            frame.range = keyExpression.range
            let count = dict.entries.count
            try dict.entries.insert(key, value, frame.meter)
            guard dict.entries.count > count else {
                throw EvaluationError("duplicate key: \(try Printer.representation(key, frame.meter))")
            }
        }
        return Value(.dict(dict))
    }
}

// MARK: - Operators

final class Unary: Expression {
    enum Operator: Sendable {
        case plus, minus, invert, not
    }

    let range: SourceRange
    let operation: Operator
    let operand: any Expression

    init(range: SourceRange, operation: Operator, operand: any Expression) {
        self.range = range
        self.operation = operation
        self.operand = operand
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        let value = try operand.evaluate(frame)
        frame.range = range
        switch operation {
        case .plus: return try Arithmetic.plus(value)
        case .minus: return try Arithmetic.negate(value)
        case .invert: return try Arithmetic.invert(value)
        case .not: return .bool(!value.isTrue)
        }
    }
}

final class Binary: Expression {
    let range: SourceRange
    let operation: BinaryOperator
    let left: any Expression
    let right: any Expression

    init(range: SourceRange, operation: BinaryOperator, left: any Expression, right: any Expression) {
        self.range = range
        self.operation = operation
        self.left = left
        self.right = right
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        let first = try left.evaluate(frame)
        let second = try right.evaluate(frame)
        frame.range = range
        return try Arithmetic.binary(operation, first, second, frame.meter)
    }
}

/// `x and y`, `x or y`: the right operand is evaluated only if the left one does not decide.
final class ShortCircuit: Expression {
    let range: SourceRange
    let isAnd: Bool
    let left: any Expression
    let right: any Expression

    init(range: SourceRange, isAnd: Bool, left: any Expression, right: any Expression) {
        self.range = range
        self.isAnd = isAnd
        self.left = left
        self.right = right
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        let first = try left.evaluate(frame)
        return first.isTrue == isAnd ? try right.evaluate(frame) : first
    }
}

final class Conditional: Expression {
    let range: SourceRange
    let condition: any Expression
    let then: any Expression
    let otherwise: any Expression

    init(range: SourceRange, condition: any Expression, then: any Expression, otherwise: any Expression) {
        self.range = range
        self.condition = condition
        self.then = then
        self.otherwise = otherwise
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        try condition.evaluate(frame).isTrue ? try then.evaluate(frame) : try otherwise.evaluate(frame)
    }
}

// MARK: - Parts of values

final class Index: Expression {
    let range: SourceRange
    let base: any Expression
    let key: any Expression

    init(range: SourceRange, base: any Expression, key: any Expression) {
        self.range = range
        self.base = base
        self.key = key
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        let container = try base.evaluate(frame)
        let key = try key.evaluate(frame)
        frame.range = range
        return try Indexing.element(container, key, frame.meter)
    }
}

final class Slice: Expression {
    let range: SourceRange
    let base: any Expression
    let lower: (any Expression)?
    let upper: (any Expression)?
    let step: (any Expression)?

    init(
        range: SourceRange, base: any Expression, lower: (any Expression)?, upper: (any Expression)?,
        step: (any Expression)?
    ) {
        self.range = range
        self.base = base
        self.lower = lower
        self.upper = upper
        self.step = step
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        let sequence = try base.evaluate(frame)
        let start = try lower?.evaluate(frame) ?? .none
        let end = try upper?.evaluate(frame) ?? .none
        let stride = try step?.evaluate(frame) ?? .none
        frame.range = range
        return try Indexing.slice(sequence, from: start, to: end, by: stride, frame.meter)
    }
}

final class Dot: Expression {
    let range: SourceRange
    let base: any Expression
    let name: AttributeName

    init(range: SourceRange, base: any Expression, name: AttributeName) {
        self.range = range
        self.base = base
        self.name = name
    }

    func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        let value = try base.evaluate(frame)
        frame.range = range
        if let attribute = Attributes.attribute(value, name) { return attribute }
        throw Attributes.missing(value, name)
    }
}
