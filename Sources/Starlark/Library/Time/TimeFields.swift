/// A moment as the calendar and the clock of a time zone show it.
struct TimeFields {
    let date: CivilDate
    /// 0 to 23.
    let hour: Int
    let minute: Int
    let second: Int
    /// 0 is Sunday.
    let weekday: Int

    init(_ moment: UnixTime, in zone: ZoneOffset) {
        let (days, secondOfDay) = (moment.seconds + zone.seconds).flooredDivision(by: 86_400)
        date = CivilDate(daysSince1970: days)
        hour = secondOfDay / 3_600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        // 1970 began on a Thursday.
        weekday = (days + 4).flooredDivision(by: 7).remainder
    }
}
