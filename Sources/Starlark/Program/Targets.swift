/// What can stand to the left of `=` and after `for`.
protocol Target: AnyObject {
    /// Writes instructions that assign the value in a register.
    func assign(_ register: Int, _ emitter: Emitter) throws(EvaluationError)

    /// The register of a local variable that needs no more than to be written.
    func directSlot(_ emitter: Emitter) -> Int?
}

extension Target {
    func directSlot(_ emitter: Emitter) -> Int? { nil }
}

/// A target that `+=` and its like can read and write, evaluating its parts once.
protocol UpdatableTarget: Target {
    /// - Parameter change: writes instructions that compute, from the value in the first register, the value for the
    ///   second.
    func update(
        _ emitter: Emitter, _ change: (_ old: Int, _ new: Int) throws(EvaluationError) -> Void
    ) throws(EvaluationError)
}

final class LocalTarget: UpdatableTarget {
    let name: LocalName

    init(_ name: LocalName) {
        self.name = name
    }

    func directSlot(_ emitter: Emitter) -> Int? {
        emitter.isCell(name.slot) ? nil : name.slot
    }

    func assign(_ register: Int, _ emitter: Emitter) {
        if emitter.isCell(name.slot) {
            emitter.emit(Instruction(.storeCell, name.slot, register), name.range)
        } else if register != name.slot {
            emitter.emit(Instruction(.move, name.slot, register), name.range)
        }
        emitter.markAssigned(name.slot)
    }

    func update(
        _ emitter: Emitter, _ change: (_ old: Int, _ new: Int) throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        let old = try name.operand(emitter)
        if let slot = directSlot(emitter) { return try change(old, slot) }
        try change(old, old)
        assign(old, emitter)
    }
}

final class GlobalTarget: UpdatableTarget {
    let name: GlobalName

    init(_ name: GlobalName) {
        self.name = name
    }

    func assign(_ register: Int, _ emitter: Emitter) {
        emitter.emit(Instruction(.storeGlobal, register, wide: name.index), name.range)
    }

    func update(
        _ emitter: Emitter, _ change: (_ old: Int, _ new: Int) throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        let register = try name.operand(emitter)
        try change(register, register)
        assign(register, emitter)
    }
}

final class IndexTarget: UpdatableTarget {
    let index: Index

    init(_ index: Index) {
        self.index = index
    }

    func assign(_ register: Int, _ emitter: Emitter) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let container = try index.base.operand(emitter)
        let key = try index.key.operand(emitter)
        emitter.emit(Instruction(.setIndex, container, key, register), index.range)
    }

    func update(
        _ emitter: Emitter, _ change: (_ old: Int, _ new: Int) throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        let container = try index.base.operand(emitter)
        let key = try index.key.operand(emitter)
        let value = try emitter.temporary()
        emitter.emit(Instruction(.index, value, container, key), index.range)
        try change(value, value)
        emitter.emit(Instruction(.setIndex, container, key, value), index.range)
    }
}

/// `x.name = value`: no value of this engine has fields that can be assigned.
final class DotTarget: UpdatableTarget {
    let dot: Dot

    init(_ dot: Dot) {
        self.dot = dot
    }

    func assign(_ register: Int, _ emitter: Emitter) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let base = try dot.base.operand(emitter)
        emitter.emit(Instruction(.setAttribute, base, try emitter.attribute(dot.name)), dot.range)
    }

    func update(
        _ emitter: Emitter, _ change: (_ old: Int, _ new: Int) throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        let base = try dot.base.operand(emitter)
        let value = try emitter.temporary()
        let attribute = try emitter.attribute(dot.name)
        emitter.emit(Instruction(.attribute, value, base, attribute), dot.range)
        try change(value, value)
        emitter.emit(Instruction(.setAttribute, base, attribute), dot.range)
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

    func assign(_ register: Int, _ emitter: Emitter) throws(EvaluationError) {
        let mark = emitter.nextRegister
        defer { emitter.release(to: mark) }
        let first = try emitter.temporaries(elements.count)
        emitter.emit(Instruction(.unpack, first, register, elements.count), range)
        for (index, element) in elements.enumerated() { try element.assign(first + index, emitter) }
    }
}
