/// Equality and order of values.
enum Comparison {
    private typealias Elements = UnsafeMutableBufferPointer<Value>

    /// `x == y`.
    static func areEqual(_ left: Value, _ right: Value, _ meter: Meter) throws(EvaluationError) -> Bool {
        try areEqual(left, right, depth: 0, meter)
    }

    /// `x < y`, `x <= y`, `x > y` or `x >= y`.
    static func compare(
        _ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(EvaluationError) -> Bool {
        if left.isObject(of: .string), right.isObject(of: .string) {
            return holds(operation, StringObject(left).bytes.compared(to: StringObject(right).bytes))
        }
        if left.isFloat, right.isFloat, let order = compareNumbers(left, right) { return holds(operation, order) }
        switch (left.storage, right.storage) {
        case (.set(let first), .set(let second)):
            return try compareSets(operation, first, second, meter)
        case (.host(let box), _):
            if let result = try box.value.binary(operation, right, isRight: false, in: meter.heap) {
                return result.isTrue
            }
        case (_, .host(let box)):
            if let result = try box.value.binary(operation, left, isRight: true, in: meter.heap) {
                return result.isTrue
            }
        default:
            break
        }
        guard let order = try order(left, right, depth: 0, meter) else {
            throw EvaluationError(
                "unsupported comparison: \(left.typeName) \(operation.rawValue) \(right.typeName)")
        }
        return holds(operation, order)
    }

    /// Whether `x` sorts before `y`, for `sorted`, `min` and `max`.
    static func isLess(_ left: Value, _ right: Value, _ meter: Meter) throws(EvaluationError) -> Bool {
        if left.isSmallInteger, right.isSmallInteger { return left.shifted < right.shifted }
        return try compare(.less, left, right, meter)
    }

    private static func holds(_ operation: BinaryOperator, _ order: Int) -> Bool {
        switch operation {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        case .notEqual: order != 0
        default: order == 0
        }
    }

    // MARK: - Equality

    private static func areEqual(
        _ left: Value, _ right: Value, depth: Int, _ meter: Meter
    ) throws(EvaluationError) -> Bool {
        // A value equals itself, and so does NaN.
        if left.bits == right.bits, !left.isObject || left.isObject(of: .string) { return true }
        if left.isSmallInteger, right.isSmallInteger { return false }
        if left.isObject(of: .string), right.isObject(of: .string) {
            return StringObject(left).hasSameContent(as: StringObject(right))
        }
        try checkDepth(depth, meter)
        switch (left.storage, right.storage) {
        case (.none, .none): return true
        case (.bool(let first), .bool(let second)): return first == second
        case (.int(let first), .int(let second)): return first == second
        case (.bigInteger(let first), .bigInteger(let second)): return first.integer == second.integer
        case (.string(let first), .string(let second)), (.bytes(let first), .bytes(let second)):
            guard first.count == second.count else { return false }
            try meter.step(first.count >> 10)
            return first.hasSameContent(as: second)
        case (.float, .float), (.float, .int), (.int, .float), (.float, .bigInteger), (.bigInteger, .float):
            return compareNumbers(left, right) == 0
        case (.list(let first), .list(let second)):
            return try areEqual(first.elements, second.elements, depth: depth, meter)
        case (.tuple(let first), .tuple(let second)):
            return try areEqual(first.elements, second.elements, depth: depth, meter)
        case (.dict(let first), .dict(let second)):
            guard first.count == second.count else { return false }
            try meter.step(first.count)
            for slot in first.slots where slot.isLive {
                guard let other = try second.lookup(slot.key, meter) else { return false }
                guard try areEqual(slot.value, other, depth: depth + 1, meter) else { return false }
            }
            return true
        case (.set(let first), .set(let second)):
            guard first.count == second.count else { return false }
            return try isSubset(first, second, meter)
        case (.range(let first), .range(let second)):
            return first.isEqual(to: second)
        case (.structure(let first), .structure(let second)):
            if first == second { return true }
            guard !first.isModule, !second.isModule, first.name.hasSameContent(as: second.name),
                first.fields.count == second.fields.count
            else { return false }
            for (one, other) in zip(first.fields, second.fields) {
                guard StringObject(one.name).hasSameContent(as: StringObject(other.name)),
                    try areEqual(one.value, other.value, depth: depth + 1, meter)
                else {
                    return false
                }
            }
            return true
        case (.function(let first), .function(let second)): return first == second
        case (.builtin(let first), .builtin(let second)): return first == second
        case (.view(let first), .view(let second)):
            return first.kind == second.kind && first.content.hasSameContent(as: second.content)
        case (.host(let first), .host(let second)): return first.value.isEqual(to: second.value)
        default: return false
        }
    }

    private static func areEqual(
        _ left: Elements, _ right: Elements, depth: Int, _ meter: Meter
    ) throws(EvaluationError) -> Bool {
        guard left.count == right.count else { return false }
        try meter.step(left.count >> 4)
        for index in left.indices {
            if index & 0xFFFF == 0xFFFF { try meter.check() }
            guard try areEqual(left[index], right[index], depth: depth + 1, meter) else { return false }
        }
        return true
    }

    // MARK: - Order

    /// Less than, equal to or greater than zero; nil if the types have no order.
    private static func order(
        _ left: Value, _ right: Value, depth: Int, _ meter: Meter
    ) throws(EvaluationError) -> Int? {
        if left.isSmallInteger, right.isSmallInteger { return left.smallInteger - right.smallInteger }
        try checkDepth(depth, meter)
        switch (left.storage, right.storage) {
        case (.bool(let first), .bool(let second)):
            return (first ? 1 : 0) - (second ? 1 : 0)
        case (.string(let first), .string(let second)), (.bytes(let first), .bytes(let second)):
            try meter.step(min(first.count, second.count) >> 10)
            return first.bytes.compared(to: second.bytes)
        case (.list(let first), .list(let second)):
            return try order(first.elements, second.elements, depth: depth, meter)
        case (.tuple(let first), .tuple(let second)):
            return try order(first.elements, second.elements, depth: depth, meter)
        default:
            return compareNumbers(left, right)
        }
    }

    private static func order(
        _ left: Elements, _ right: Elements, depth: Int, _ meter: Meter
    ) throws(EvaluationError) -> Int? {
        try meter.step(min(left.count, right.count) >> 4)
        for (first, second) in zip(left, right) {
            if try areEqual(first, second, depth: depth + 1, meter) { continue }
            guard let result = try order(first, second, depth: depth + 1, meter) else {
                // The elements decide, so the message names their types.
                throw EvaluationError("unsupported comparison: \(first.typeName) < \(second.typeName)")
            }
            return result
        }
        return left.count - right.count
    }

    /// The order of two numbers, exact between integers and floats; NaN sorts after all others and equals itself.
    private static func compareNumbers(_ left: Value, _ right: Value) -> Int? {
        switch (left.storage, right.storage) {
        case (.int(let first), .int(let second)):
            return first < second ? -1 : first > second ? 1 : 0
        case (.bigInteger(let first), .bigInteger(let second)):
            return first.integer.compared(to: second.integer)
        case (.bigInteger(let first), .int):
            return first.isNegative ? -1 : 1
        case (.int, .bigInteger(let second)):
            return second.isNegative ? 1 : -1
        case (.float(let first), .float(let second)):
            if first < second { return -1 }
            if first > second { return 1 }
            if first == second { return 0 }
            return (first.isNaN ? 1 : 0) - (second.isNaN ? 1 : 0)
        case (.float(let first), .int(let second)):
            return compare(first, BigInteger(second))
        case (.float(let first), .bigInteger(let second)):
            return compare(first, second.integer)
        case (.int(let first), .float(let second)):
            return -compare(second, BigInteger(first))
        case (.bigInteger(let first), .float(let second)):
            return -compare(second, first.integer)
        default:
            return nil
        }
    }

    private static func compare(_ number: Double, _ integer: BigInteger) -> Int {
        if number.isNaN { return 1 }
        if number.isInfinite { return number > 0 ? 1 : -1 }
        let order = BigInteger(truncating: number).compared(to: integer)
        if order != 0 { return order }
        let fraction = number - number.rounded(.towardZero)
        return fraction < 0 ? -1 : fraction > 0 ? 1 : 0
    }

    // MARK: - Sets

    private static func compareSets(
        _ operation: BinaryOperator, _ left: TableObject, _ right: TableObject, _ meter: Meter
    ) throws(EvaluationError) -> Bool {
        let (first, second) = (left.count, right.count)
        switch operation {
        case .less where first < second: return try isSubset(left, right, meter)
        case .lessOrEqual where first <= second: return try isSubset(left, right, meter)
        case .greater where first > second: return try isSubset(right, left, meter)
        case .greaterOrEqual where first >= second: return try isSubset(right, left, meter)
        default: return false
        }
    }

    private static func isSubset(
        _ small: TableObject, _ large: TableObject, _ meter: Meter
    ) throws(EvaluationError) -> Bool {
        try meter.step(small.count)
        for slot in small.slots where slot.isLive {
            guard try large.contains(slot.key, meter) else { return false }
        }
        return true
    }

    private static func checkDepth(_ depth: Int, _ meter: Meter) throws(EvaluationError) {
        guard depth < Limits.nesting else {
            throw EvaluationError(
                "cannot compare values nested more than \(Limits.nesting) levels deep", kind: .limit(.depth))
        }
        // Structures that share parts take exponential time to compare.
        try meter.step()
    }
}
