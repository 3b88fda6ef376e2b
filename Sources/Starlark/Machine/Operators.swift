/// What the dispatch loop calls when an operator has no fast path there.
enum Operators {
    @inline(never)
    static func binary(
        _ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(EvaluationError) -> Value {
        if left.isFloat, right.isFloat {
            switch operation {
            case .add: return .float(left.double + right.double)
            case .subtract: return .float(left.double - right.double)
            case .multiply: return .float(left.double * right.double)
            default: break
            }
        } else if operation == .add, left.isObject(of: .string), right.isObject(of: .string) {
            let (first, second) = (StringObject(left), StringObject(right))
            try meter.allocate(count: first.count + second.count, of: 1)
            return meter.heap.concatenation(first, second)
        }
        return try Arithmetic.binary(operation, left, right, meter)
    }

    @inline(never)
    static func compare(
        _ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(EvaluationError) -> Bool {
        if left.isSmallInteger, right.isSmallInteger {
            switch operation {
            case .equal: return left.bits == right.bits
            case .notEqual: return left.bits != right.bits
            case .less: return left.shifted < right.shifted
            case .lessOrEqual: return left.shifted <= right.shifted
            case .greater: return left.shifted > right.shifted
            default: return left.shifted >= right.shifted
            }
        }
        switch operation {
        case .equal: return try Comparison.areEqual(left, right, meter)
        case .notEqual: return try !Comparison.areEqual(left, right, meter)
        default: return try Comparison.compare(operation, left, right, meter)
        }
    }

    /// `x += y`: a list is extended in place.
    @inline(never)
    static func addInPlace(_ left: Value, _ right: Value, _ meter: Meter) throws(EvaluationError) -> Value {
        guard left.isObject(of: .list), Iteration.isIterable(right) else {
            return try binary(.add, left, right, meter)
        }
        let list = ListObject(left)
        try list.checkMutable("apply += to", "list")
        let count = Iteration.count(right) ?? 0
        try meter.allocate(count: list.count + count, of: 8)
        if right.isObject(of: .list) {
            list.append(UnsafeBufferPointer(ListObject(right).elements), meter.heap)
        } else {
            let elements = try Iteration.elements(right, meter)
            elements.withUnsafeBufferPointer { list.append($0, meter.heap) }
        }
        return left
    }

    /// `x |= y`: a dict is updated in place.
    @inline(never)
    static func bitOrInPlace(_ left: Value, _ right: Value, _ meter: Meter) throws(EvaluationError) -> Value {
        guard left.isObject(of: .dict), right.isObject(of: .dict) else {
            return try binary(.bitOr, left, right, meter)
        }
        let dict = TableObject(left)
        try dict.checkMutable("apply |= to", "dict")
        for (key, value) in TableObject(right).pairs { try dict.insert(key, value, meter) }
        return left
    }

    /// Spreads the elements of a value over `count` registers.
    @inline(never)
    static func unpack(
        _ value: Value, into registers: UnsafeMutablePointer<Value>, count: Int, _ meter: Meter
    ) throws(EvaluationError) {
        if value.isObject(of: .tuple), TupleObject(value).count == count {
            registers.update(from: TupleObject(value).start, count: count)
            return
        }
        guard Iteration.isIterable(value) else {
            throw EvaluationError("got \(value.typeName) in sequence assignment, want a sequence")
        }
        let values = try Iteration.elements(value, meter)
        guard values.count == count else {
            throw EvaluationError(
                values.count < count
                    ? "too few values to unpack: got \(values.count), want \(count)"
                    : "too many values to unpack: got \(values.count), want \(count)")
        }
        for (index, element) in values.enumerated() { registers[index] = element }
    }

    /// - Precondition: the opcode is that of a binary operator.
    @inline(__always)
    static func operation(_ opcode: Opcode) -> BinaryOperator {
        switch opcode {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .floorDivide: .floorDivide
        case .modulo: .modulo
        case .bitAnd: .bitAnd
        case .bitOr: .bitOr
        case .bitXor: .bitXor
        case .shiftLeft: .shiftLeft
        case .shiftRight: .shiftRight
        case .isIn: .isIn
        case .notIn: .notIn
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        default: .greaterOrEqual
        }
    }
}

/// The errors of the dispatch loop.
enum Failure {
    @inline(never)
    static func unassigned(local slot: Int, _ code: UnsafePointer<FunctionCode.Layout>) -> EvaluationError {
        EvaluationError("local variable \(code.pointee.owner.slotName(slot) ?? "") referenced before assignment")
    }

    @inline(never)
    static func unassigned(captured index: Int, _ code: UnsafePointer<FunctionCode.Layout>) -> EvaluationError {
        let names = code.pointee.owner.details.content.capturedNames
        return EvaluationError(
            "local variable \(index < names.count ? names[index] : "") referenced before assignment")
    }

    @inline(never)
    static func unassigned(global index: Int, _ frame: UnsafeMutablePointer<CallFrame>) -> EvaluationError {
        let program = frame.pointee.globals.pointee.program.takeUnretainedValue().program
        return EvaluationError("global variable \(program.globalNames[index]) referenced before assignment")
    }

    @inline(never)
    static func unassignable(_ value: Value, _ attribute: AttributeName) -> EvaluationError {
        EvaluationError("cannot assign to .\(attribute.text) of \(value.typeName)")
    }

    @inline(never)
    static func duplicateKey(_ key: Value, _ meter: Meter) throws(EvaluationError) -> EvaluationError {
        EvaluationError("duplicate key: \(try Printer.representation(key, meter))")
    }

    @inline(never)
    static func tooLong() -> EvaluationError {
        EvaluationError("value too large: more than \(Limits.elements) elements", kind: .limit(.memory))
    }
}
