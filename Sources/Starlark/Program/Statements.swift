protocol Statement: AnyObject {
    func emit(_ emitter: Emitter) throws(EvaluationError)
}

/// Statements one after another.
final class Block {
    let statements: [any Statement]

    init(_ statements: [any Statement]) {
        self.statements = statements
    }

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        for statement in statements {
            let mark = emitter.nextRegister
            try statement.emit(emitter)
            emitter.release(to: mark)
        }
    }
}

final class ExpressionStatement: Statement {
    let expression: any Expression

    init(_ expression: any Expression) {
        self.expression = expression
    }

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        // A string that stands alone documents and does nothing.
        if expression is Constant { return }
        _ = try expression.operand(emitter)
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

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        if let slot = target.directSlot(emitter), value.writesTargetLast {
            try value.emit(emitter, to: slot)
            emitter.markAssigned(slot)
            return
        }
        // "a, b = x, y" needs no tuple.
        if let targets = target as? SequenceTarget, let values = value as? ListDisplay,
            targets.elements.count == values.elements.count, !values.elements.isEmpty, values.elements.count <= 64
        {
            let first = try emitter.temporaries(values.elements.count)
            for (index, element) in values.elements.enumerated() { try element.emit(emitter, to: first + index) }
            for (index, element) in targets.elements.enumerated() { try element.assign(first + index, emitter) }
            return
        }
        let register = try value.operand(emitter)
        try target.assign(register, emitter)
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

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        try target.update(emitter) { (old, new) throws(EvaluationError) in
            let register: Int?
            if operation == .add || operation == .subtract, (value as? Constant)?.smallOperand != nil {
                register = nil
            } else {
                register = try value.operand(emitter)
            }
            Binary.emit(operation, old, value, to: new, inPlace: true, emitter, range, register)
        }
    }
}

// MARK: - Control flow

final class If: Statement {
    let range: SourceRange
    /// `if` and every `elif`, flat: a long chain must not nest.
    let arms: [(condition: any Expression, body: Block)]
    let otherwise: Block?

    init(range: SourceRange, arms: [(condition: any Expression, body: Block)], otherwise: Block?) {
        self.range = range
        self.arms = arms
        self.otherwise = otherwise
    }

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        let end = Emitter.Label()
        var outcome: Emitter.Assigned?
        for (index, arm) in arms.enumerated() {
            let next = Emitter.Label()
            try arm.condition.branch(emitter, if: false, to: next)
            let before = emitter.assigned
            try arm.body.emit(emitter)
            outcome = Emitter.Assigned.merged(outcome, emitter.assigned)
            if index < arms.count - 1 || otherwise != nil { emitter.jump(to: end, range) }
            emitter.place(next)
            emitter.resume(before)
        }
        try otherwise?.emit(emitter)
        emitter.resume(Emitter.Assigned.merged(outcome, emitter.assigned))
        emitter.place(end)
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

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        let state = try emitter.temporaries(5)
        try iterable.emit(emitter, to: state)
        try emitter.loop(
            over: state, iterable.range, slot: target.directSlot(emitter),
            assign: { (register) throws(EvaluationError) in try target.assign(register, emitter) },
            body: { () throws(EvaluationError) in try body.emit(emitter) })
    }
}

final class While: Statement {
    let condition: any Expression
    let body: Block

    init(condition: any Expression, body: Block) {
        self.condition = condition
        self.body = body
    }

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        try emitter.whileLoop(
            condition.range,
            condition: { (end) throws(EvaluationError) in try condition.branch(emitter, if: false, to: end) },
            body: { () throws(EvaluationError) in try body.emit(emitter) })
    }
}

final class Return: Statement {
    let range: SourceRange
    let value: (any Expression)?

    init(range: SourceRange, _ value: (any Expression)?) {
        self.range = range
        self.value = value
    }

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        if let value {
            let register = try value.operand(emitter)
            emitter.endLoops(range)
            emitter.emit(Instruction(.returnValue, register), range)
        } else {
            emitter.endLoops(range)
            emitter.emit(Instruction(.returnNone), range)
        }
        emitter.markUnreachable()
    }
}

/// `break` and `continue`.
final class Jump: Statement {
    let range: SourceRange
    let isBreak: Bool

    init(range: SourceRange, isBreak: Bool) {
        self.range = range
        self.isBreak = isBreak
    }

    func emit(_ emitter: Emitter) {
        if isBreak { emitter.breakLoop(range) } else { emitter.continueLoop(range) }
    }
}

/// `load("module", "name", alias = "name")`.
final class Load: Statement {
    let range: SourceRange
    let description: FunctionCode.LoadDescription

    init(range: SourceRange, description: FunctionCode.LoadDescription) {
        self.range = range
        self.description = description
    }

    func emit(_ emitter: Emitter) throws(EvaluationError) {
        emitter.emit(Instruction(.load, try emitter.load(description)), range)
    }
}
