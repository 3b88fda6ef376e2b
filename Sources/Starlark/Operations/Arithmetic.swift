/// Unary and binary operators.
enum Arithmetic {
    static func binary(
        _ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(EvaluationError) -> Value {
        if case .int(let first) = left.storage, case .int(let second) = right.storage,
            let result = small(operation, first, second)
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
            let result = try box.value.binary(operation, right, isRight: false)
        {
            return result
        }
        if case .host(let box) = right.storage,
            let result = try box.value.binary(operation, left, isRight: true)
        {
            return result
        }
        throw EvaluationError(
            "unsupported operation: \(left.typeName) \(operation.rawValue) \(right.typeName)")
    }

    // MARK: - Unary operators

    static func negate(_ value: Value) throws(EvaluationError) -> Value {
        switch value.storage {
        case .int(let number):
            if number == .min { return .integer(BigInteger(number).negated) }
            return .int(-number)
        case .bigInteger(let integer): return .integer(integer.negated)
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

    static func invert(_ value: Value) throws(EvaluationError) -> Value {
        switch value.storage {
        case .int(let number): return .int(~number)
        case .bigInteger(let integer): return .integer(integer.complement)
        default: throw EvaluationError("unsupported operation: ~\(value.typeName)")
        }
    }

    // MARK: - Numbers

    /// The operators on small integers whose result is small too.
    @inline(__always)
    private static func small(_ operation: BinaryOperator, _ left: Int, _ right: Int) -> Value? {
        switch operation {
        case .add:
            let (sum, overflow) = left.addingReportingOverflow(right)
            return overflow ? nil : .int(sum)
        case .subtract:
            let (difference, overflow) = left.subtractingReportingOverflow(right)
            return overflow ? nil : .int(difference)
        case .multiply:
            let (product, overflow) = left.multipliedReportingOverflow(by: right)
            return overflow ? nil : .int(product)
        case .less: return .bool(left < right)
        case .lessOrEqual: return .bool(left <= right)
        case .greater: return .bool(left > right)
        case .greaterOrEqual: return .bool(left >= right)
        case .equal: return .bool(left == right)
        case .notEqual: return .bool(left != right)
        case .bitAnd: return .int(left & right)
        case .bitOr: return .int(left | right)
        case .bitXor: return .int(left ^ right)
        case .floorDivide, .modulo:
            // Int.min / -1 does not fit.
            guard right != 0, right != -1 else { return nil }
            let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
            let mustAdjust = remainder != 0 && (remainder < 0) != (right < 0)
            if operation == .modulo { return .int(mustAdjust ? remainder + right : remainder) }
            return .int(mustAdjust ? quotient - 1 : quotient)
        default: return nil
        }
    }

    private static func numbers(
        _ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(EvaluationError) -> Value? {
        if let first = left.asBigInteger, let second = right.asBigInteger {
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
            let first = try Value.integer(left).finiteDouble()
            let second = try Value.integer(right).finiteDouble()
            guard second != 0 else { throw EvaluationError("floating-point division by zero") }
            return .float(first / second)
        case .floorDivide:
            guard !right.isZero else { throw EvaluationError("floored division by zero") }
            try meter.step(left.magnitude.count * right.magnitude.count / 16)
            return .integer(left.flooredDivision(by: right).quotient)
        case .modulo:
            guard !right.isZero else { throw EvaluationError("integer modulo by zero") }
            try meter.step(left.magnitude.count * right.magnitude.count / 16)
            return .integer(left.flooredDivision(by: right).remainder)
        case .bitAnd: return try checked(BigInteger.bitwise(left, right, &), meter)
        case .bitOr: return try checked(BigInteger.bitwise(left, right, |), meter)
        case .bitXor: return try checked(BigInteger.bitwise(left, right, ^), meter)
        case .shiftLeft, .shiftRight:
            guard let count = right.small, abs(count) <= Int32.max else {
                throw EvaluationError("shift count too large: \(right.isNegative ? "-" : "")2**\(right.bitWidth - 1)")
            }
            guard count >= 0 else { throw EvaluationError("negative shift count: \(count)") }
            if operation == .shiftRight { return .integer(left.shiftedRight(count)) }
            // The bound that starlark-go sets.
            guard count < 512 else { throw EvaluationError("shift count too large: \(count), the limit is 511") }
            return try checked(left.shiftedLeft(count), meter)
        default: return nil
        }
    }

    private static func checked(_ result: BigInteger, _ meter: Meter) throws(EvaluationError) -> Value {
        try checkWidth(result.bitWidth)
        try meter.allocate(32 + result.magnitude.count * 8)
        return .integer(result)
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
        switch (operation, left.storage, right.storage) {
        case (.add, .string(let first), .string(let second)):
            return Value(.string(try concatenated(first, second, meter)))
        case (.add, .bytes(let first), .bytes(let second)):
            return Value(.bytes(try concatenated(first, second, meter)))
        case (.add, .list(let first), .list(let second)):
            try meter.allocate(count: first.elements.count + second.elements.count, of: 16)
            return .list(first.elements + second.elements)
        case (.add, .tuple(let first), .tuple(let second)):
            try meter.allocate(count: first.elements.count + second.elements.count, of: 16)
            return .tuple(first.elements + second.elements)
        case (.add, .structure(let first), .structure(let second)):
            return try added(first, second)
        case (.multiply, _, .int), (.multiply, _, .bigInteger):
            return try repeated(left, right, meter)
        case (.multiply, .int, _), (.multiply, .bigInteger, _):
            return try repeated(right, left, meter)
        case (.modulo, .string(let format), _):
            return .string(try PercentFormat.format(format, right, meter))
        case (.bitOr, .dict(let first), .dict(let second)):
            let union = DictObject(first.entries)
            try meter.allocate(count: first.entries.count, of: 64)
            for slot in second.entries.slots where slot.isLive {
                try union.entries.insert(slot.key, slot.value, meter)
            }
            return Value(.dict(union))
        case (.bitOr, .set(let first), .set(let second)):
            return Value(.set(SetObject(try SetAlgebra.union(first.entries, second.entries.keys, meter))))
        case (.bitAnd, .set(let first), .set(let second)):
            return Value(.set(SetObject(try SetAlgebra.intersection(first.entries, second.entries.keys, meter))))
        case (.bitXor, .set(let first), .set(let second)):
            let result = try SetAlgebra.symmetricDifference(first.entries, second.entries.keys, meter)
            return Value(.set(SetObject(result)))
        case (.subtract, .set(let first), .set(let second)):
            return Value(.set(SetObject(try SetAlgebra.difference(first.entries, second.entries.keys, meter))))
        default:
            return nil
        }
    }

    private static func concatenated(
        _ left: ByteString, _ right: ByteString, _ meter: Meter
    ) throws(EvaluationError) -> ByteString {
        try meter.allocate(count: left.count + right.count, of: 1)
        return ByteString(left.bytes + right.bytes)
    }

    private static func added(_ left: StructObject, _ right: StructObject) throws(EvaluationError) -> Value? {
        guard case .structure(let name) = left.kind, case .structure(let other) = right.kind else { return nil }
        guard name == other else { throw EvaluationError("cannot add structs of different kinds: \(name) + \(other)") }
        let fields = left.fields + right.fields
        return Value(.structure(StructObject(kind: left.kind, fields: fields.map { ($0.name.text, $0.value) })))
    }

    /// `sequence * count`.
    private static func repeated(_ sequence: Value, _ count: Value, _ meter: Meter) throws(EvaluationError) -> Value? {
        func times(_ length: Int, _ size: Int) throws(EvaluationError) -> Int {
            guard case .int(let number) = count.storage else {
                guard case .bigInteger(let integer) = count.storage, !integer.isNegative, length > 0 else { return 0 }
                throw EvaluationError("repeat count too large: more than 2**63", kind: .limit(.memory))
            }
            guard number > 0, length > 0 else { return 0 }
            let (total, overflow) = length.multipliedReportingOverflow(by: number)
            guard !overflow, total <= Limits.length else {
                throw EvaluationError(
                    "value too large: \(length) * \(number) elements, the limit is \(Limits.length)",
                    kind: .limit(.memory))
            }
            try meter.allocate(count: total, of: size)
            return number
        }
        switch sequence.storage {
        case .string(let content): return .string(content.repeated(try times(content.count, 1)))
        case .bytes(let content): return Value(.bytes(content.repeated(try times(content.count, 1))))
        case .list(let list): return .list(list.elements.repeated(try times(list.elements.count, 16)))
        case .tuple(let tuple): return .tuple(tuple.elements.repeated(try times(tuple.elements.count, 16)))
        default: return nil
        }
    }
}

extension Array {
    fileprivate func repeated(_ times: Int) -> [Element] {
        var result: [Element] = []
        result.reserveCapacity(count * times)
        for _ in 0..<times { result += self }
        return result
    }
}

extension ByteString {
    fileprivate func repeated(_ times: Int) -> ByteString {
        ByteString(bytes.repeated(times))
    }
}

extension Value {
    static func integer(_ integer: BigInteger) -> Value {
        if let small = integer.small { return .int(small) }
        return Value(.bigInteger(integer))
    }

    /// The value of an integer of either representation.
    var asBigInteger: BigInteger? {
        switch storage {
        case .int(let number): BigInteger(number)
        case .bigInteger(let integer): integer
        default: nil
        }
    }

    var isNumber: Bool {
        switch storage {
        case .int, .bigInteger, .float: true
        default: false
        }
    }

    /// A number as a float.
    func finiteDouble() throws(EvaluationError) -> Double {
        switch storage {
        case .int(let number): return Double(number)
        case .float(let number): return number
        case .bigInteger(let integer):
            let number = integer.double
            guard number.isFinite else { throw EvaluationError("int too large to convert to float") }
            return number
        default: throw EvaluationError("got \(typeName), want int or float")
        }
    }
}
