/// Prints times by a layout.
struct TimeFormatter {
    private let moment: UnixTime
    private let zone: ZoneOffset
    private let fields: TimeFields
    private var output: [UInt8] = []

    static func format(_ time: TimeValue, _ layout: TimeLayout) -> ByteString {
        var formatter = TimeFormatter(time)
        for piece in layout.pieces {
            formatter.output += piece.literal
            if let element = piece.element { formatter.append(element) }
        }
        return ByteString(formatter.output)
    }

    private init(_ time: TimeValue) {
        moment = time.moment
        zone = time.zone
        fields = time.fields
    }

    private mutating func append(_ element: TimeElement) {
        let date = fields.date
        switch element {
        case .year: append(date.year, width: 4, .zero)
        case .yearOfCentury: append(abs(date.year) % 100, width: 2, .zero)
        case .monthName: output += CalendarNames.months[date.month - 1].utf8
        case .monthAbbreviation: output += CalendarNames.months[date.month - 1].utf8.prefix(3)
        case .month(let padding): append(date.month, width: 2, padding)
        case .weekday: output += CalendarNames.weekdays[fields.weekday].utf8
        case .weekdayAbbreviation: output += CalendarNames.weekdays[fields.weekday].utf8.prefix(3)
        case .day(let padding): append(date.day, width: 2, padding)
        case .dayOfYear(let padding): append(date.dayOfYear, width: 3, padding)
        case .hour: append(fields.hour, width: 2, .zero)
        case .hourOfHalf(let padding): append((fields.hour + 11) % 12 + 1, width: 2, padding)
        case .minute(let padding): append(fields.minute, width: 2, padding)
        case .second(let padding): append(fields.second, width: 2, padding)
        case .half(let isUpperCase):
            let isAfternoon = fields.hour >= 12
            output += (isUpperCase ? (isAfternoon ? "PM" : "AM") : isAfternoon ? "pm" : "am").utf8
        case .zoneAbbreviation:
            if zone.abbreviation.isEmpty {
                appendOffset(.init(precision: .minutes, hasColons: false, hasZulu: false))
            } else {
                output += zone.abbreviation.utf8
            }
        case .offset(let style): appendOffset(style)
        case .fraction(let digits, let isTrimmed, let separator):
            appendFraction(digits: digits, isTrimmed: isTrimmed, separator)
        }
    }

    private mutating func append(_ number: Int, width: Int, _ padding: TimeElement.Padding) {
        if number < 0 { output.append(UInt8(ascii: "-")) }
        let digits = String(number.magnitude).utf8
        if padding != .none, digits.count < width {
            let fill = padding == .zero ? UInt8(ascii: "0") : UInt8(ascii: " ")
            output += repeatElement(fill, count: width - digits.count)
        }
        output += digits
    }

    private mutating func appendOffset(_ style: TimeElement.OffsetStyle) {
        if style.hasZulu, zone.seconds == 0 {
            output.append(UInt8(ascii: "Z"))
            return
        }
        output.append(zone.seconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        let size = abs(zone.seconds)
        append(size / 3_600, width: 2, .zero)
        if style.precision == .hours { return }
        if style.hasColons { output.append(UInt8(ascii: ":")) }
        append(size / 60 % 60, width: 2, .zero)
        if style.precision == .minutes { return }
        if style.hasColons { output.append(UInt8(ascii: ":")) }
        append(size % 60, width: 2, .zero)
    }

    private mutating func appendFraction(digits: Int, isTrimmed: Bool, _ separator: UInt8) {
        let all = Array(String(DurationUnit.second + moment.nanoseconds).utf8.dropFirst())
        var shown = all.prefix(digits)
        if isTrimmed {
            while shown.last == UInt8(ascii: "0") { shown.removeLast() }
            if shown.isEmpty { return }
        }
        output.append(separator)
        output += shown
    }
}
