/// What can stand to the left of `=` and after `for`.
protocol Target: AnyObject, Sendable {
    func assign(_ value: Value, _ frame: Frame) throws(EvaluationError)
}

/// A target that `+=` and its like can read and write, evaluating its parts once.
protocol UpdatableTarget: Target {
    func update(
        _ frame: Frame, _ change: (Value) throws(EvaluationError) -> Value
    ) throws(EvaluationError)
}

final class LocalTarget: UpdatableTarget {
    let name: LocalName

    init(_ name: LocalName) {
        self.name = name
    }

    func assign(_ value: Value, _ frame: Frame) {
        frame.assign(name.slot, value)
    }

    func update(
        _ frame: Frame, _ change: (Value) throws(EvaluationError) -> Value
    ) throws(EvaluationError) {
        frame.assign(name.slot, try change(try name.evaluate(frame)))
    }
}

final class GlobalTarget: UpdatableTarget {
    let name: GlobalName

    init(_ name: GlobalName) {
        self.name = name
    }

    func assign(_ value: Value, _ frame: Frame) {
        frame.globals.values[name.index] = value
    }

    func update(
        _ frame: Frame, _ change: (Value) throws(EvaluationError) -> Value
    ) throws(EvaluationError) {
        frame.globals.values[name.index] = try change(try name.evaluate(frame))
    }
}

final class IndexTarget: UpdatableTarget {
    let index: Index

    init(_ index: Index) {
        self.index = index
    }

    func assign(_ value: Value, _ frame: Frame) throws(EvaluationError) {
        let container = try index.base.evaluate(frame)
        let key = try index.key.evaluate(frame)
        frame.range = index.range
        try Indexing.setElement(container, key, value, frame.meter)
    }

    func update(
        _ frame: Frame, _ change: (Value) throws(EvaluationError) -> Value
    ) throws(EvaluationError) {
        let container = try index.base.evaluate(frame)
        let key = try index.key.evaluate(frame)
        frame.range = index.range
        let old = try Indexing.element(container, key, frame.meter)
        let new = try change(old)
        frame.range = index.range
        try Indexing.setElement(container, key, new, frame.meter)
    }
}

/// `x.name = value`: no value of this engine has fields that can be assigned.
final class DotTarget: UpdatableTarget {
    let dot: Dot

    init(_ dot: Dot) {
        self.dot = dot
    }

    func assign(_ value: Value, _ frame: Frame) throws(EvaluationError) {
        let base = try dot.base.evaluate(frame)
        frame.range = dot.range
        throw EvaluationError("cannot assign to .\(dot.name.text) of \(base.typeName)")
    }

    func update(
        _ frame: Frame, _ change: (Value) throws(EvaluationError) -> Value
    ) throws(EvaluationError) {
        _ = try change(try dot.evaluate(frame))
        try assign(.none, frame)
    }
}

/// `a, b = …` and `[a, b] = …`.
final class SequenceTarget: Target {
    let range: SourceRange
    let elements: [any Target]

    init(range: SourceRange, elements: [any Target]) {
        self.range = range
        self.elements = elements
    }

    func assign(_ value: Value, _ frame: Frame) throws(EvaluationError) {
        frame.range = range
        guard Iteration.isIterable(value) else {
            throw EvaluationError("got \(value.typeName) in sequence assignment, want a sequence")
        }
        let values = try Iteration.elements(value, frame.meter)
        guard values.count == elements.count else {
            throw EvaluationError(
                values.count < elements.count
                    ? "too few values to unpack: got \(values.count), want \(elements.count)"
                    : "too many values to unpack: got \(values.count), want \(elements.count)")
        }
        for (element, value) in zip(elements, values) { try element.assign(value, frame) }
    }
}
