/// A moment: the time passed since 1970-01-01T00:00:00Z, without leap seconds.
package struct UnixTime: Hashable, Comparable, Sendable {
    /// Rounded down, so negative for any moment before 1970.
    package let seconds: Int
    /// 0 to 999 999 999, after `seconds`.
    package let nanoseconds: Int

    /// Leaves room for the arithmetic of the calendar: 146 billion years each way.
    private static let range = -(1 << 62)..<(1 << 62)

    /// - Parameter nanoseconds: any number; whole seconds are carried over.
    /// - Throws: if the moment is out of range.
    package init(seconds: Int, nanoseconds: Int = 0) throws(EvaluationError) {
        let (carry, rest) = nanoseconds.flooredDivision(by: DurationUnit.second)
        let (sum, overflows) = seconds.addingReportingOverflow(carry)
        guard !overflows, UnixTime.range.contains(sum) else { throw UnixTime.outOfRange }
        self.seconds = sum
        self.nanoseconds = rest
    }

    /// The moment of a date and a time of day in UTC. What is beyond the range of a field counts on in the next larger
    /// one, as in Go: the 31st of June is the 1st of July, and month 0 is the December before.
    init(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, nanosecond: Int
    ) throws(EvaluationError) {
        let (years, monthIndex) = try UnixTime.sum((month, 1), (-1, 1)).flooredDivision(by: 12)
        let year = try UnixTime.sum((year, 1), (years, 1))
        guard year.magnitude < 1 << 40 else { throw UnixTime.outOfRange }
        let days = try UnixTime.sum(
            (CivilDate.daysSince1970(year: year, month: monthIndex + 1), 1), (day, 1), (-1, 1))
        try self.init(
            seconds: try UnixTime.sum((days, 86_400), (hour, 3_600), (minute, 60), (second, 1)),
            nanoseconds: nanosecond)
    }

    /// A sum of products.
    private static func sum(_ terms: (factor: Int, unit: Int)...) throws(EvaluationError) -> Int {
        var total = 0
        for term in terms {
            let (product, productOverflows) = term.factor.multipliedReportingOverflow(by: term.unit)
            let (sum, sumOverflows) = total.addingReportingOverflow(product)
            guard !productOverflows, !sumOverflows else { throw outOfRange }
            total = sum
        }
        return total
    }

    static var outOfRange: EvaluationError { EvaluationError("time.time out of range") }

    func adding(seconds: Int = 0, nanoseconds: Int = 0) throws(EvaluationError) -> UnixTime {
        let (carry, rest) = nanoseconds.flooredDivision(by: DurationUnit.second)
        return try UnixTime(
            seconds: try UnixTime.sum((self.seconds, 1), (seconds, 1), (carry, 1)),
            nanoseconds: self.nanoseconds + rest)
    }

    /// The time from another moment to this one in nanoseconds; nil if it does not fit 64 bits.
    func nanoseconds(since other: UnixTime) -> Int? {
        BigInteger.nanoseconds(seconds - other.seconds, nanoseconds - other.nanoseconds).small
    }

    /// Nanoseconds since 1970.
    var totalNanoseconds: BigInteger { BigInteger.nanoseconds(seconds, nanoseconds) }

    package static func < (left: UnixTime, right: UnixTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

extension BigInteger {
    fileprivate static func nanoseconds(_ seconds: Int, _ nanoseconds: Int) -> BigInteger {
        BigInteger(seconds) * BigInteger(DurationUnit.second) + BigInteger(nanoseconds)
    }
}
