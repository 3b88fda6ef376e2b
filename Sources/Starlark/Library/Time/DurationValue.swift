/// A `time.duration`: a span of time in nanoseconds, of 64 bits as in Go.
///
/// Where Go's arithmetic wraps around, a result that does not fit is an error here.
final class DurationValue: HostValue {
    let nanoseconds: Int
    var typeName: String { "time.duration" }

    init(nanoseconds: Int) {
        self.nanoseconds = nanoseconds
    }

    var printed: String { DurationText.spelled(nanoseconds) }

    var isTrue: Bool { nanoseconds != 0 }

    func isEqual(to other: any HostValue) -> Bool {
        (other as? DurationValue)?.nanoseconds == nanoseconds
    }

    func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(nanoseconds)
        return true
    }

    // MARK: - Attributes

    var attributeNames: [String] { DurationValue.names }

    private static let names = ["hours", "microseconds", "milliseconds", "minutes", "nanoseconds", "seconds"]

    /// Hours, minutes and seconds are floats; the smaller units are whole numbers, rounded towards zero.
    func attribute(named name: String, in heap: Heap) -> Value? {
        switch name {
        case "hours": .float(count(of: DurationUnit.hour))
        case "minutes": .float(count(of: DurationUnit.minute))
        case "seconds": .float(count(of: DurationUnit.second))
        case "milliseconds": heap.int(nanoseconds / DurationUnit.millisecond)
        case "microseconds": heap.int(nanoseconds / DurationUnit.microsecond)
        case "nanoseconds": heap.int(nanoseconds)
        default: nil
        }
    }

    /// Whole units apart from the rest: dividing all at once would lose digits.
    private func count(of unit: Int) -> Double {
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: unit)
        return Double(whole) + Double(rest) / Double(unit)
    }

    // MARK: - Operators

    /// - `duration + duration`, `duration - duration`, `int * duration`, `duration * int`, `duration / int`,
    ///   `duration / float`: a duration; `duration + time`: a time.
    /// - `duration / duration`: a float; `duration // duration`: an int, rounded towards zero as in starlark-go.
    ///
    /// Unlike starlark-go, `float / duration` is refused: what it returns there is `duration / float`.
    func binary(
        _ operation: BinaryOperator, _ other: Value, isRight: Bool, in heap: Heap
    ) throws(EvaluationError) -> Value? {
        if let duration = other.asHost(DurationValue.self) {
            return isRight ? nil : try binary(operation, duration, in: heap)
        }
        switch (operation, other.storage) {
        case (.add, _):
            guard let time = other.asHost(TimeValue.self) else { return nil }
            return heap.host(try time.adding(nanoseconds))
        case (.multiply, .int(let factor)):
            let (product, overflows) = nanoseconds.multipliedReportingOverflow(by: factor)
            return heap.host(try Self.duration(overflows ? nil : product))
        case (.divide, .int(let divisor)) where !isRight:
            guard divisor != 0 else { throw divisionByZero }
            let (quotient, overflows) = nanoseconds.dividedReportingOverflow(by: divisor)
            return heap.host(try Self.duration(overflows ? nil : quotient))
        case (.divide, .float(let divisor)) where !isRight:
            guard divisor != 0 else { throw divisionByZero }
            let quotient = (Double(nanoseconds) / divisor).rounded(.towardZero)
            return heap.host(try Self.duration(Int(exactly: quotient)))
        case (.multiply, .bigInteger(let object)), (.divide, .bigInteger(let object)):
            throw EvaluationError("\(object.decimal) out of range")
        default:
            return nil
        }
    }

    private func binary(
        _ operation: BinaryOperator, _ other: DurationValue, in heap: Heap
    ) throws(EvaluationError) -> Value? {
        let (left, right) = (nanoseconds, other.nanoseconds)
        switch operation {
        case .add:
            let (sum, overflows) = left.addingReportingOverflow(right)
            return heap.host(try Self.duration(overflows ? nil : sum))
        case .subtract:
            let (difference, overflows) = left.subtractingReportingOverflow(right)
            return heap.host(try Self.duration(overflows ? nil : difference))
        case .divide:
            guard right != 0 else { throw divisionByZero }
            return .float(Double(left) / Double(right))
        case .floorDivide:
            guard right != 0 else { throw divisionByZero }
            let (quotient, overflows) = left.dividedReportingOverflow(by: right)
            return overflows ? heap.integer(BigInteger(left).negated) : heap.int(quotient)
        case .less: return .bool(left < right)
        case .lessOrEqual: return .bool(left <= right)
        case .greater: return .bool(left > right)
        case .greaterOrEqual: return .bool(left >= right)
        default: return nil
        }
    }

    /// - Parameter nanoseconds: nil if they do not fit 64 bits.
    static func duration(_ nanoseconds: Int?) throws(EvaluationError) -> DurationValue {
        guard let nanoseconds else {
            throw EvaluationError("time.duration out of range: more than 64 bits of nanoseconds")
        }
        return DurationValue(nanoseconds: nanoseconds)
    }

    private var divisionByZero: EvaluationError { EvaluationError("time.duration division by zero") }
}

/// Units of time in nanoseconds.
enum DurationUnit {
    static let microsecond = 1_000
    static let millisecond = 1_000_000
    static let second = 1_000_000_000
    static let minute = 60 * second
    static let hour = 60 * minute
}
