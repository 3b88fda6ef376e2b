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

    /// Whether evaluating the arguments has no effect that could be seen.
    private var areSimple: Bool {
        variadic == nil && keywords == nil
            && positional.allSatisfy { $0 is Constant || $0 is LocalName }
            && named.allSatisfy { $0.value is Constant || $0.value is LocalName }
    }

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let base = try emitter.temporary()
        // A method called at once needs no object that binds it to its receiver.
        let method = callee as? Dot
        try (method?.base ?? callee).emit(emitter, to: base)
        let attribute: Int? = if let method { try emitter.attribute(method.name) } else { nil }
        if let method, let attribute, !areSimple {
            emitter.emit(Instruction(.checkAttribute, base, attribute), method.range)
        }
        for argument in positional { try argument.emit(emitter, to: try emitter.temporary()) }
        if named.isEmpty, variadic == nil, keywords == nil {
            guard let attribute else {
                emitter.emit(Instruction(.call, base, positional.count, target), range)
                return
            }
            emitter.emit(Instruction(.callMethod, base, positional.count, attribute), range)
            if target != base { emitter.emit(Instruction(.move, target, base), range) }
            return
        }
        for argument in named { try argument.value.emit(emitter, to: try emitter.temporary()) }
        if let variadic { try variadic.emit(emitter, to: try emitter.temporary()) }
        if let keywords { try keywords.emit(emitter, to: try emitter.temporary()) }
        let shape = try emitter.shape(
            FunctionCode.ShapeDescription(
                positionalCount: positional.count, names: named.map { emitter.constants.string($0.name) },
                hasVariadic: variadic != nil, hasKeywords: keywords != nil, attribute: attribute))
        emitter.emit(Instruction(.callWithShape, base, shape, target), range)
    }
}

/// A `def` or `lambda` where it is evaluated: makes a function value.
final class Closure: Expression {
    let range: SourceRange
    let code: FunctionCode
    /// One for each parameter; nil for a parameter without default.
    let defaults: [(any Expression)?]

    init(range: SourceRange, code: FunctionCode, defaults: [(any Expression)?]) {
        self.range = range
        self.code = code
        self.defaults = defaults
    }

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let base = try emitter.temporaries(1 + defaults.count)
        for (index, value) in defaults.enumerated() {
            if let value {
                try value.emit(emitter, to: base + 1 + index)
            } else {
                emitter.emit(Instruction(.clear, base + 1 + index), range)
            }
        }
        emitter.emit(Instruction(.makeFunction, base, wide: emitter.function(code)), range)
        emitter.emit(Instruction(.move, target, base), range)
    }
}

/// `[x for … if …]` and `{k: v for … if …}`.
final class Comprehension: Expression {
    enum Clause {
        case loop(target: any Target, iterable: any Expression)
        case condition(any Expression)
    }

    enum Result {
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

    var writesTargetLast: Bool { false }

    func emit(_ emitter: Emitter, to target: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        // The result must not be seen before it is complete, not even by the first iterable.
        let container = try emitter.temporary()
        switch result {
        case .list: emitter.emit(Instruction(.makeList, container, container, 0), range)
        case .dict: emitter.emit(Instruction(.makeDict, container), range)
        }
        let before = emitter.assigned
        try emit(0, emitter, container)
        emitter.resume(before)
        emitter.emit(Instruction(.move, target, container), range)
    }

    private func emit(_ index: Int, _ emitter: Emitter, _ container: Int) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        guard index < clauses.count else {
            switch result {
            case .list(let element):
                let register = try element.operand(emitter)
                emitter.emit(Instruction(.appendElement, container, register), element.range)
            case .dict(let key, let value):
                let pair = try emitter.temporaries(2)
                try key.emit(emitter, to: pair)
                try value.emit(emitter, to: pair + 1)
                emitter.emit(Instruction(.setEntry, container, pair), key.range)
            }
            return
        }
        switch clauses[index] {
        case .condition(let condition):
            let end = Emitter.Label()
            try condition.branch(emitter, if: false, to: end)
            try emit(index + 1, emitter, container)
            emitter.place(end)
        case .loop(let target, let iterable):
            let state = try emitter.temporaries(5)
            try iterable.emit(emitter, to: state)
            try emitter.loop(
                over: state, iterable.range, slot: target.directSlot(emitter),
                assign: { (register) throws(EvaluationError) in try target.assign(register, emitter) },
                body: { () throws(EvaluationError) in try self.emit(index + 1, emitter, container) })
        }
    }
}
