/// An expression as the resolver leaves it: its variables are numbered. Nodes write instructions and are then dropped.
protocol Expression: AnyObject {
    var range: SourceRange { get }

    /// Writes instructions that leave the value in a register.
    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError)

    /// A register that holds the value: that of a variable, or a new temporary one.
    func operand(_ emitter: Emitter) throws(EvaluationError) -> Int

    /// Writes a jump to `label` that is taken if the truth of the value is `truth`.
    func branch(_ emitter: Emitter, if truth: Bool, to label: Emitter.Label) throws(EvaluationError)

    /// Whether `target` is written only once the expression has read all its variables.
    var writesTargetLast: Bool { get }
}

extension Expression {
    func operand(_ emitter: Emitter) throws(EvaluationError) -> Int {
        let register = try emitter.temporary()
        try emit(emitter, to: register)
        return register
    }

    func branch(_ emitter: Emitter, if truth: Bool, to label: Emitter.Label) throws(EvaluationError) {
        let mark = emitter.nextRegister
        let register = try operand(emitter)
        emitter.jump(truth ? .jumpIfTrue : .jumpIfFalse, register, to: label, range)
        emitter.release(to: mark)
    }

    var writesTargetLast: Bool { true }
}

/// A number, string or other constant.
final class Constant: Expression {
    let range: SourceRange
    let value: Value

    init(range: SourceRange, value: Value) {
        self.range = range
        self.value = value
    }

    /// The constant as an operand of 16 bits, if it is an integer so small.
    var smallOperand: Int? {
        guard value.isSmallInteger, Int16(exactly: value.smallInteger) != nil else { return nil }
        return value.smallInteger
    }

    func emit(_ emitter: Emitter, to target: Int) {
        if value.isSmallInteger, Int32(exactly: value.smallInteger) != nil {
            emitter.emit(Instruction(.loadInteger, target, wide: value.smallInteger), range)
        } else {
            emitter.emit(Instruction(.loadConstant, target, wide: emitter.constant(value)), range)
        }
    }
}

// MARK: - Names

final class LocalName: Expression {
    let range: SourceRange
    let slot: Int

    init(range: SourceRange, slot: Int) {
        self.range = range
        self.slot = slot
    }

    func emit(_ emitter: Emitter, to target: Int) {
        if emitter.isCell(slot) {
            emitter.emit(Instruction(.loadCell, target, slot), range)
        } else {
            emitter.check(slot, range)
            if target != slot { emitter.emit(Instruction(.move, target, slot), range) }
        }
    }

    func operand(_ emitter: Emitter) throws(EvaluationError) -> Int {
        if emitter.isCell(slot) {
            let register = try emitter.temporary()
            emit(emitter, to: register)
            return register
        }
        emitter.check(slot, range)
        return slot
    }
}

/// A variable of an enclosing function.
final class CapturedName: Expression {
    let range: SourceRange
    let index: Int

    init(range: SourceRange, index: Int) {
        self.range = range
        self.index = index
    }

    func emit(_ emitter: Emitter, to target: Int) {
        emitter.emit(Instruction(.loadCaptured, target, index), range)
    }
}

final class GlobalName: Expression {
    let range: SourceRange
    let index: Int

    init(range: SourceRange, index: Int) {
        self.range = range
        self.index = index
    }

    func emit(_ emitter: Emitter, to target: Int) {
        emitter.emit(Instruction(.loadGlobal, target, wide: index), range)
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

    func emit(_ emitter: Emitter, to target: Int) {
        emitter.emit(Instruction(.loadPredeclared, target, wide: index), range)
    }
}

// MARK: - Displays

final class ListDisplay: Expression {
    let range: SourceRange
    let elements: [any Expression]
    let isTuple: Bool

    /// Longer displays are built piece by piece, since elements lie in registers.
    private static let batch = 64

    init(range: SourceRange, elements: [any Expression], isTuple: Bool) {
        self.range = range
        self.elements = elements
        self.isTuple = isTuple
    }

    var writesTargetLast: Bool { elements.count <= ListDisplay.batch }

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        if elements.count <= ListDisplay.batch {
            let first = try emitter.temporaries(elements.count)
            for (index, element) in elements.enumerated() { try element.emit(emitter, to: first + index) }
            emitter.emit(Instruction(isTuple ? .makeTuple : .makeList, target, first, elements.count), range)
            return
        }
        emitter.emit(Instruction(.makeList, target, mark, 0), range)
        let first = try emitter.temporaries(ListDisplay.batch)
        for start in stride(from: 0, to: elements.count, by: ListDisplay.batch) {
            let batch = elements[start..<min(start + ListDisplay.batch, elements.count)]
            for (index, element) in batch.enumerated() { try element.emit(emitter, to: first + index) }
            emitter.emit(Instruction(.extendList, target, first, batch.count), range)
        }
        if isTuple { emitter.emit(Instruction(.listToTuple, target), range) }
    }
}

final class DictDisplay: Expression {
    let range: SourceRange
    let entries: [(key: any Expression, value: any Expression)]

    init(range: SourceRange, entries: [(key: any Expression, value: any Expression)]) {
        self.range = range
        self.entries = entries
    }

    var writesTargetLast: Bool { entries.isEmpty }

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        emitter.emit(Instruction(.makeDict, target), range)
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let pair = try emitter.temporaries(2)
        for entry in entries {
            try entry.key.emit(emitter, to: pair)
            try entry.value.emit(emitter, to: pair + 1)
            emitter.emit(Instruction(.addEntry, target, pair), entry.key.range)
        }
    }
}

// MARK: - Operators

final class Unary: Expression {
    enum Operator {
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

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let register = try operand.operand(emitter)
        let opcode: Opcode =
            switch operation {
            case .plus: .plus
            case .minus: .negate
            case .invert: .invert
            case .not: .not
            }
        emitter.emit(Instruction(opcode, target, register), range)
    }

    func branch(_ emitter: Emitter, if truth: Bool, to label: Emitter.Label) throws(EvaluationError) {
        if operation == .not { return try operand.branch(emitter, if: !truth, to: label) }
        let mark = emitter.nextRegister
        let register = try emitter.temporary()
        try emit(emitter, to: register)
        emitter.jump(truth ? .jumpIfTrue : .jumpIfFalse, register, to: label, range)
        emitter.release(to: mark)
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

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let first = try left.operand(emitter)
        Binary.emit(operation, first, right, to: target, inPlace: false, emitter, range, try rightOperand(emitter))
    }

    /// The register of the right operand; nil if it is a constant that fits the instruction.
    private func rightOperand(_ emitter: Emitter) throws(EvaluationError) -> Int? {
        if operation == .add || operation == .subtract, (right as? Constant)?.smallOperand != nil { return nil }
        return try right.operand(emitter)
    }

    /// - Parameter inPlace: whether a list or dict may be changed instead of making a new one.
    static func emit(
        _ operation: BinaryOperator, _ left: Int, _ right: any Expression, to target: Int, inPlace: Bool,
        _ emitter: Emitter, _ range: SourceRange, _ register: Int?
    ) {
        if let register {
            let opcode: Opcode =
                switch operation {
                case .add where inPlace: .addInPlace
                case .bitOr where inPlace: .bitOrInPlace
                default: Opcode(operation)
                }
            emitter.emit(Instruction(opcode, target, left, register), range)
        } else if let number = (right as? Constant)?.smallOperand {
            emitter.emit(Instruction(operation == .add ? .addInteger : .subtractInteger, target, left, number), range)
        }
    }

    func branch(_ emitter: Emitter, if truth: Bool, to label: Emitter.Label) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        if !truth, Opcode.jumpUnless(operation) != nil {
            let first = try left.operand(emitter)
            if try emitter.jumpUnless(operation, first, right, to: label, range) { return }
            let second = try right.operand(emitter)
            let result = try emitter.temporary()
            emitter.emit(Instruction(Opcode(operation), result, first, second), range)
            emitter.jump(.jumpIfFalse, result, to: label, range)
            return
        }
        let register = try emitter.temporary()
        try emit(emitter, to: register)
        emitter.jump(truth ? .jumpIfTrue : .jumpIfFalse, register, to: label, range)
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

    var writesTargetLast: Bool { false }

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let end = Emitter.Label()
        try left.emit(emitter, to: target)
        emitter.jump(isAnd ? .jumpIfFalse : .jumpIfTrue, target, to: end, range)
        try right.emit(emitter, to: target)
        emitter.place(end)
    }

    func branch(_ emitter: Emitter, if truth: Bool, to label: Emitter.Label) throws(EvaluationError) {
        if truth == isAnd {
            // Taken only if both are so; the left one may skip the right.
            let end = Emitter.Label()
            try left.branch(emitter, if: !truth, to: end)
            try right.branch(emitter, if: truth, to: label)
            emitter.place(end)
        } else {
            try left.branch(emitter, if: truth, to: label)
            try right.branch(emitter, if: truth, to: label)
        }
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

    var writesTargetLast: Bool { then.writesTargetLast && otherwise.writesTargetLast }

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let (elseLabel, end) = (Emitter.Label(), Emitter.Label())
        try condition.branch(emitter, if: false, to: elseLabel)
        try then.emit(emitter, to: target)
        emitter.jump(to: end, range)
        emitter.place(elseLabel)
        try otherwise.emit(emitter, to: target)
        emitter.place(end)
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

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let container = try base.operand(emitter)
        let key = try key.operand(emitter)
        emitter.emit(Instruction(.index, target, container, key), range)
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

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let sequence = try base.operand(emitter)
        let bounds = try emitter.temporaries(3)
        for (index, bound) in [lower, upper, step].enumerated() {
            if let bound {
                try bound.emit(emitter, to: bounds + index)
            } else {
                emitter.emit(Instruction(.loadConstant, bounds + index, wide: emitter.constant(.none)), range)
            }
        }
        emitter.emit(Instruction(.slice, target, sequence, bounds), range)
    }
}

final class Dot: Expression {
    let range: SourceRange
    let base: any Expression
    let name: String

    init(range: SourceRange, base: any Expression, name: String) {
        self.range = range
        self.base = base
        self.name = name
    }

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let value = try base.operand(emitter)
        emitter.emit(Instruction(.attribute, target, value, try emitter.attribute(name)), range)
    }
}
