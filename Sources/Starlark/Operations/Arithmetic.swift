/// Unary and binary operators.
enum Arithmetic {
    static func binary(
        _ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(EvaluationError) -> Value {
        if let first = left.asInt, let second = right.asInt,
            let result = small(operation, first, second, meter.heap)
        {
            return result
        }
        switch operation {
        case .equal: return .bool(try Comparison.areEqual(left, right, meter))
        case .notEqual: return .bool(try !Comparison.areEqual(left, right, meter))
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return .bool(try Comparison.compare(operation, left, right, meter))
        case .isIn: return .bool(try Containment.contains(right, left, meter))
        case .notIn: return .bool(try !Containment.contains(right, left, meter))
        default: break
        }
        if let result = try numbers(operation, left, right, meter) { return result }
        if let result = try collections(operation, left, right, meter) { return result }
        if case .host(let box) = left.storage,
            let result = try box.value.binary(operation, right, isRight: false, in: meter.heap)
        {
            return result
        }
        if case .host(let box) = right.storage,
            let result = try box.value.binary(operation, left, isRight: true, in: meter.heap)
        {
            return result
        }
        throw EvaluationError(
            "unsupported operation: \(left.typeName) \(operation.rawValue) \(right.typeName)")
    }

    // MARK: - Unary operators

    static func negate(_ value: Value, _ heap: Heap) throws(EvaluationError) -> Value {
        switch value.storage {
        case .int(let number):
            if number == .min { return heap.integer(BigInteger(number).negated) }
            return heap.int(-number)
        case .bigInteger(let object): return heap.integer(object.integer.negated)
        case .float(let number): return .float(-number)
        default: throw EvaluationError("unsupported operation: -\(value.typeName)")
        }
    }

    static func plus(_ value: Value) throws(EvaluationError) -> Value {
        switch value.storage {
        case .int, .bigInteger, .float: return value
        default: throw EvaluationError("unsupported operation: +\(value.typeName)")
        }
    }

    static func invert(_ value: Value, _ heap: Heap) throws(EvaluationError) -> Value {
        switch value.storage {
        case .int(let number): return heap.int(~number)
        case .bigInteger(let object): return heap.integer(object.integer.complement)
        default: throw EvaluationError("unsupported operation: ~\(value.typeName)")
        }
    }

    // MARK: - Numbers

    /// The operators on integers of 64 bits whose result is one too.
    @inline(__always)
    private static func small(_ operation: BinaryOperator, _ left: Int, _ right: Int, _ heap: Heap) -> Value? {
        switch operation {
        case .add:
            let (sum, overflow) = left.addingReportingOverflow(right)
            return overflow ? nil : heap.int(sum)
        case .subtract:
            let (difference, overflow) = left.subtractingReportingOverflow(right)
            return overflow ? nil : heap.int(difference)
        case .multiply:
            let (product, overflow) = left.multipliedReportingOverflow(by: right)
            return overflow ? nil : heap.int(product)
        case .less: return .bool(left < right)
        case .lessOrEqual: return .bool(left <= right)
        case .greater: return .bool(left > right)
        case .greaterOrEqual: return .bool(left >= right)
        case .equal: return .bool(left == right)
        case .notEqual: return .bool(left != right)
        case .bitAnd: return heap.int(left & right)
        case .bitOr: return heap.int(left | right)
        case .bitXor: return heap.int(left ^ right)
        case .floorDivide, .modulo:
            // Int.min / -1 does not fit.
            guard right != 0, right != -1 else { return nil }
            let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
            let mustAdjust = remainder != 0 && (remainder < 0) != (right < 0)
            if operation == .modulo { return heap.int(mustAdjust ? remainder + right : remainder) }
            return heap.int(mustAdjust ? quotient - 1 : quotient)
        case .shiftRight:
            guard right >= 0, right <= Int32.max else { return nil }
            return heap.int(left >> right)
        case .shiftLeft:
            guard right >= 0, right < 63, left.magnitude.leadingZeroBitCount > right + 1 else { return nil }
            return heap.int(left << right)
        default: return nil
        }
    }

    private static func numbers(
        _ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(EvaluationError) -> Value? {
        if left.isInteger, right.isInteger, let first = left.asBigInteger, let second = right.asBigInteger {
            return try integers(operation, first, second, meter)
        }
        guard left.isNumber, right.isNumber else { return nil }
        let first = try left.finiteDouble()
        let second = try right.finiteDouble()
        switch operation {
        case .add: return .float(first + second)
        case .subtract: return .float(first - second)
        case .multiply: return .float(first * second)
        case .divide:
            guard second != 0 else { throw EvaluationError("floating-point division by zero") }
            return .float(first / second)
        case .floorDivide:
            guard second != 0 else { throw EvaluationError("floored division by zero") }
            return .float((first / second).rounded(.down))
        case .modulo:
            guard second != 0 else { throw EvaluationError("floating-point modulo by zero") }
            let rest = first.truncatingRemainder(dividingBy: second)
            return .float((first < 0) != (second < 0) && rest != 0 ? rest + second : rest)
        default: return nil
        }
    }

    private static func integers(
        _ operation: BinaryOperator, _ left: BigInteger, _ right: BigInteger, _ meter: Meter
    ) throws(EvaluationError) -> Value? {
        switch operation {
        case .add: return try checked(left + right, meter)
        case .subtract: return try checked(left - right, meter)
        case .multiply:
            try checkWidth(left.bitWidth + right.bitWidth)
            try meter.step(left.magnitude.count * right.magnitude.count / 16)
            return try checked(left * right, meter)
        case .divide:
            let first = try meter.heap.integer(left).finiteDouble()
            let second = try meter.heap.integer(right).finiteDouble()
            guard second != 0 else { throw EvaluationError("floating-point division by zero") }
            return .float(first / second)
        case .floorDivide:
            guard !right.isZero else { throw EvaluationError("floored division by zero") }
            try meter.step(left.magnitude.count * right.magnitude.count / 16)
            return meter.heap.integer(left.flooredDivision(by: right).quotient)
        case .modulo:
            guard !right.isZero else { throw EvaluationError("integer modulo by zero") }
            try meter.step(left.magnitude.count * right.magnitude.count / 16)
            return meter.heap.integer(left.flooredDivision(by: right).remainder)
        case .bitAnd: return try checked(BigInteger.bitwise(left, right, &), meter)
        case .bitOr: return try checked(BigInteger.bitwise(left, right, |), meter)
        case .bitXor: return try checked(BigInteger.bitwise(left, right, ^), meter)
        case .shiftLeft, .shiftRight:
            guard let count = right.small, count.magnitude <= UInt(Int32.max) else {
                throw EvaluationError("shift count too large: \(right.isNegative ? "-" : "")2**\(right.bitWidth - 1)")
            }
            guard count >= 0 else { throw EvaluationError("negative shift count: \(count)") }
            if operation == .shiftRight { return meter.heap.integer(left.shiftedRight(count)) }
            // The bound that starlark-go sets.
            guard count < 512 else { throw EvaluationError("shift count too large: \(count), the limit is 511") }
            return try checked(left.shiftedLeft(count), meter)
        default: return nil
        }
    }

    private static func checked(_ result: BigInteger, _ meter: Meter) throws(EvaluationError) -> Value {
        try checkWidth(result.bitWidth)
        try meter.allocate(32 + result.magnitude.count * 8)
        return meter.heap.integer(result)
    }

    private static func checkWidth(_ bits: Int) throws(EvaluationError) {
        guard bits <= Limits.integerBits else {
            throw EvaluationError(
                "integer too large: \(bits) bits, the limit is \(Limits.integerBits)", kind: .limit(.memory))
        }
    }

    // MARK: - Strings and collections

    private static func collections(
        _ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(EvaluationError) -> Value? {
        let heap = meter.heap
        switch (operation, left.storage, right.storage) {
        case (.add, .string(let first), .string(let second)), (.add, .bytes(let first), .bytes(let second)):
            try meter.allocate(count: first.count + second.count, of: 1)
            return heap.concatenation(first, second)
        case (.add, .list(let first), .list(let second)):
            try meter.allocate(count: first.count + second.count, of: 8)
            let result = heap.newList(capacity: first.count + second.count)
            result.append(UnsafeBufferPointer(first.elements), heap)
            result.append(UnsafeBufferPointer(second.elements), heap)
            return result.value
        case (.add, .tuple(let first), .tuple(let second)):
            try meter.allocate(count: first.count + second.count, of: 8)
            let result = heap.newTuple(count: first.count + second.count)
            result.start.update(from: first.start, count: first.count)
            (result.start + first.count).update(from: second.start, count: second.count)
            return result.value
        case (.add, .structure(let first), .structure(let second)):
            return try added(first, second, heap)
        case (.multiply, _, .int), (.multiply, _, .bigInteger):
            return try repeated(left, right, meter)
        case (.multiply, .int, _), (.multiply, .bigInteger, _):
            return try repeated(right, left, meter)
        case (.modulo, .string(let format), _):
            return heap.string(try PercentFormat.format(format, right, meter))
        case (.bitOr, .dict(let first), .dict(let second)):
            try meter.allocate(count: first.count, of: 32)
            let union = heap.copy(first)
            for slot in second.slots where slot.isLive { try union.insert(slot.key, slot.value, slot.hash, meter) }
            return union.value
        case (.bitOr, .set(let first), .set(let second)):
            return try SetAlgebra.union(first, second.keys, meter).value
        case (.bitAnd, .set(let first), .set(let second)):
            return try SetAlgebra.intersection(first, second.keys, meter).value
        case (.bitXor, .set(let first), .set(let second)):
            return try SetAlgebra.symmetricDifference(first, second.keys, meter).value
        case (.subtract, .set(let first), .set(let second)):
            return try SetAlgebra.difference(first, second.keys, meter).value
        default:
            return nil
        }
    }

    private static func added(
        _ left: StructObject, _ right: StructObject, _ heap: Heap
    ) throws(EvaluationError) -> Value? {
        guard !left.isModule, !right.isModule else { return nil }
        guard left.name.hasSameContent(as: right.name) else {
            throw EvaluationError("cannot add structs of different kinds: \(left.name.text) + \(right.name.text)")
        }
        return heap.structure(Array(left.fields) + Array(right.fields), name: left.name.value)
    }

    /// `sequence * count`.
    private static func repeated(_ sequence: Value, _ count: Value, _ meter: Meter) throws(EvaluationError) -> Value? {
        func times(_ length: Int, _ size: Int) throws(EvaluationError) -> Int {
            guard case .int(let number) = count.storage else {
                guard case .bigInteger(let object) = count.storage, !object.isNegative, length > 0 else { return 0 }
                throw EvaluationError("repeat count too large: more than 2**63", kind: .limit(.memory))
            }
            guard number > 0, length > 0 else { return 0 }
            let (total, overflow) = length.multipliedReportingOverflow(by: number)
            let limit = size == 1 ? Limits.bytes : Limits.elements
            guard !overflow, total <= limit else {
                throw EvaluationError(
                    "value too large: \(length) * \(number) \(size == 1 ? "bytes" : "elements"), the limit is \(limit)",
                    kind: .limit(.memory))
            }
            try meter.allocate(count: total, of: size)
            return number
        }
        let heap = meter.heap
        switch sequence.storage {
        case .string(let content), .bytes(let content):
            let number = try times(content.count, 1)
            let result = heap.newString(sequence.header.pointee.kind, count: content.count * number)
            try fill(
                result.layout.pointee.start, with: content.layout.pointee.start, content.count, number, meter)
            return result.value
        case .list(let list):
            let number = try times(list.count, 8)
            let result = heap.newList(capacity: list.count * number)
            try fill(result.layout.pointee.start, with: list.layout.pointee.start, list.count, number, meter)
            result.layout.pointee.count = list.count * number
            return result.value
        case .tuple(let tuple):
            let number = try times(tuple.count, 8)
            let result = heap.newTuple(count: tuple.count * number)
            try fill(result.start, with: tuple.start, tuple.count, number, meter)
            return result.value
        default: return nil
        }
    }

    private static func fill<Element>(
        _ target: UnsafeMutablePointer<Element>, with source: UnsafePointer<Element>, _ count: Int, _ times: Int,
        _ meter: Meter
    ) throws(EvaluationError) {
        guard count > 0 else { return }
        let roundsBetweenChecks = max(1, fillBetweenChecks / count)
        for round in 0..<times {
            (target + round * count).update(from: source, count: count)
            if round % roundsBetweenChecks == 0 { try meter.check() }
        }
    }

    /// Elements that are written before the limits are looked at again.
    private static let fillBetweenChecks = 1 << 17
}
