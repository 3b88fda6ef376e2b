/// A day of the proleptic Gregorian calendar, which has a year 0.
struct CivilDate: Equatable {
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int

    /// Days from 1970-01-01 back to 0000-03-01. Counting years from March puts the leap day at their end.
    private static let epoch = 719_468
    private static let daysIn400Years = 146_097
    private static let daysIn100Years = 36_524
    private static let daysIn4Years = 1_461

    /// - Parameter days: since 1970-01-01, of a size that leaves room to add `epoch`.
    init(daysSince1970 days: Int) {
        let (cycle, dayOfCycle) = (days + CivilDate.epoch).flooredDivision(by: CivilDate.daysIn400Years)
        // The last century of a cycle, and the last year of four, are a day longer.
        let century = min(dayOfCycle / CivilDate.daysIn100Years, 3)
        let dayOfCentury = dayOfCycle - century * CivilDate.daysIn100Years
        let (olympiad, dayOfOlympiad) = dayOfCentury.flooredDivision(by: CivilDate.daysIn4Years)
        let yearOfOlympiad = min(dayOfOlympiad / 365, 3)
        let dayOfYear = dayOfOlympiad - yearOfOlympiad * 365
        // Five months from March or from August have 153 days, 31 and 30 by turns.
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - CivilDate.daysFromMarch(monthFromMarch) + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let yearFromMarch = cycle * 400 + century * 100 + olympiad * 4 + yearOfOlympiad
        year = month <= 2 ? yearFromMarch + 1 : yearFromMarch
    }

    /// Days since 1970-01-01 of the first of a month.
    ///
    /// - Parameter year: of less than 2⁵² in size.
    static func daysSince1970(year: Int, month: Int) -> Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let (cycle, yearOfCycle) = yearFromMarch.flooredDivision(by: 400)
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100
        let monthFromMarch = month <= 2 ? month + 9 : month - 3
        return cycle * daysIn400Years + dayOfCycle + daysFromMarch(monthFromMarch) - epoch
    }

    private static func daysFromMarch(_ month: Int) -> Int { (153 * month + 2) / 5 }

    static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: isLeap(year) ? 29 : 28
        default: 31
        }
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// 1 for the first of January.
    var dayOfYear: Int {
        CivilDate.daysSince1970(year: year, month: month) - CivilDate.daysSince1970(year: year, month: 1) + day
    }
}

extension Int {
    /// The quotient rounded towards negative infinity, and the remainder that goes with it.
    ///
    /// - Parameter divisor: a positive one.
    func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
