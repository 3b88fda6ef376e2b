/// Reads times by a layout, as strictly and as leniently as Go does.
struct TimeParser {
    private let layout: TimeLayout
    private let text: [UInt8]
    private var rest: ArraySlice<UInt8>

    private var year = 0
    private var month: Int?
    private var day: Int?
    private var dayOfYear: Int?
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var nanosecond = 0
    private var isAfternoon: Bool?
    private var isUTC = false
    /// Seconds east of Greenwich.
    private var offset: Int?
    private var abbreviation = ""

    /// - Parameter zone: of texts that name none.
    /// - Throws: if the text does not look like the layout, or a field is out of range.
    static func parse(_ text: [UInt8], _ layout: TimeLayout, in zone: ZoneOffset) throws(EvaluationError) -> TimeValue {
        var parser = TimeParser(text, layout)
        try parser.read()
        return try parser.time(in: zone)
    }

    private init(_ text: [UInt8], _ layout: TimeLayout) {
        self.text = text
        self.layout = layout
        rest = text[...]
    }

    /// Why an element cannot be read.
    private enum Problem: Error {
        case mismatch
        case outOfRange(String)
    }

    // MARK: - Text and elements

    private mutating func read() throws(EvaluationError) {
        for (index, piece) in layout.pieces.enumerated() {
            guard skip(piece.literal) else { throw mismatch(rest, piece.literal) }
            guard let element = piece.element else { break }
            let start = rest
            do throws(Problem) {
                try read(element, before: layout.pieces[index + 1].element)
            } catch {
                switch error {
                case .mismatch: throw mismatch(start, piece.spelling)
                case .outOfRange(let field): throw failure("\(field) out of range")
                }
            }
        }
        if !rest.isEmpty { throw failure("extra text: \(quoted(rest))") }
    }

    /// Skips what the layout says literally; a run of spaces matches any other, and none at the end of the text.
    private mutating func skip(_ literal: ArraySlice<UInt8>) -> Bool {
        let space = UInt8(ascii: " ")
        var literal = literal
        while let byte = literal.first {
            if byte == space {
                if let next = rest.first, next != space { return false }
                literal = literal.drop { $0 == space }
                rest = rest.drop { $0 == space }
            } else {
                guard rest.first == byte else { return false }
                literal.removeFirst()
                rest.removeFirst()
            }
        }
        return true
    }

    private mutating func read(_ element: TimeElement, before next: TimeElement?) throws(Problem) {
        switch element {
        case .year: year = try digits(4...4)
        case .yearOfCentury:
            let number = try digits(2...2)
            // The epoch is in 1969 west of Greenwich.
            year = number + (number >= 69 ? 1900 : 2000)
        case .monthName: month = try name(CalendarNames.months) + 1
        case .monthAbbreviation: month = try name(CalendarNames.abbreviations(CalendarNames.months)) + 1
        case .month(let padding): month = try number(padding, 1...12, "month")
        // A weekday must be one, but not that of the date.
        case .weekday: _ = try name(CalendarNames.weekdays)
        case .weekdayAbbreviation: _ = try name(CalendarNames.abbreviations(CalendarNames.weekdays))
        case .day(let padding):
            if padding == .space { skipSpaces(atMost: 1) }
            // Whether the month has such a day shows at the end.
            day = try number(padding, 0...99, "day")
        case .dayOfYear(let padding):
            if padding == .space { skipSpaces(atMost: 2) }
            dayOfYear = try digits(padding == .zero ? 3...3 : 1...3)
        case .hour: hour = try number(.none, 0...23, "hour")
        case .hourOfHalf(let padding): hour = try number(padding, 0...12, "hour")
        case .minute(let padding): minute = try number(padding, 0...59, "minute")
        case .second(let padding):
            second = try number(padding, 0...59, "second")
            // A fraction may follow even if the layout has none.
            if next?.isFraction != true { readOptionalFraction() }
        case .half(let isUpperCase):
            switch rest.prefix(2) {
            case [UInt8]("PM".utf8)[...] where isUpperCase, [UInt8]("pm".utf8)[...] where !isUpperCase:
                isAfternoon = true
            case [UInt8]("AM".utf8)[...] where isUpperCase, [UInt8]("am".utf8)[...] where !isUpperCase:
                isAfternoon = false
            default: throw .mismatch
            }
            rest = rest.dropFirst(2)
        case .zoneAbbreviation: try readAbbreviation()
        case .offset(let style): try readOffset(style)
        case .fraction(_, isTrimmed: true, _): readOptionalFraction()
        case .fraction(let digits, isTrimmed: false, _):
            guard isSeparator(rest.first) else { throw .mismatch }
            let run = rest.dropFirst().prefix(digits)
            guard run.count == digits, run.allSatisfy(\.isDigit) else { throw .mismatch }
            take(fraction: run)
        }
    }

    // MARK: - Numbers and names

    /// A number without a sign.
    private mutating func digits(_ count: ClosedRange<Int>) throws(Problem) -> Int {
        let digits = rest.prefix(count.upperBound).prefix(while: \.isDigit)
        guard digits.count >= count.lowerBound else { throw .mismatch }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private mutating func number(
        _ padding: TimeElement.Padding, _ range: ClosedRange<Int>, _ field: String
    ) throws(Problem) -> Int {
        let number = try digits(padding == .zero ? 2...2 : 1...2)
        guard range.contains(number) else { throw .outOfRange(field) }
        return number
    }

    private mutating func skipSpaces(atMost count: Int) {
        rest = rest.dropFirst(rest.prefix(count).prefix { $0 == UInt8(ascii: " ") }.count)
    }

    /// The index of the first name that the text goes on with, in capitals or not.
    private mutating func name(_ names: [String]) throws(Problem) -> Int {
        for (index, name) in names.enumerated() {
            let start = rest.prefix(name.utf8.count)
            if start.elementsEqual(name.utf8, by: { $0 == $1 || isLetter($0) && $0 | 0x20 == $1 | 0x20 }) {
                rest = rest.dropFirst(start.count)
                return index
            }
        }
        throw .mismatch
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private func isSeparator(_ byte: UInt8?) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
    }

    private mutating func readOptionalFraction() {
        guard isSeparator(rest.first) else { return }
        let run = rest.dropFirst().prefix(while: \.isDigit)
        if !run.isEmpty { take(fraction: run) }
    }

    /// Digits after the ninth do not count.
    private mutating func take(fraction run: ArraySlice<UInt8>) {
        nanosecond = 0
        var unit = DurationUnit.second
        for digit in run.prefix(9) {
            unit /= 10
            nanosecond += Int(digit - UInt8(ascii: "0")) * unit
        }
        rest = rest.dropFirst(1 + run.count)
    }

    // MARK: - Zones

    private mutating func readOffset(_ style: TimeElement.OffsetStyle) throws(Problem) {
        if style.hasZulu, rest.first == UInt8(ascii: "Z") {
            rest.removeFirst()
            isUTC = true
            return
        }
        let sign: Int
        switch rest.popFirst() {
        case UInt8(ascii: "+"): sign = 1
        case UInt8(ascii: "-"): sign = -1
        default: throw .mismatch
        }
        var fields = [try digits(2...2)]
        let count = style.precision == .hours ? 1 : style.precision == .minutes ? 2 : 3
        while fields.count < count {
            if style.hasColons, rest.popFirst() != UInt8(ascii: ":") { throw .mismatch }
            fields.append(try digits(2...2))
        }
        fields += repeatElement(0, count: 3 - count)
        // Go lets 24 hours and 60 minutes pass.
        if fields[2] > 60 { throw .outOfRange("time zone offset second") }
        if fields[1] > 60 { throw .outOfRange("time zone offset minute") }
        if fields[0] > 24 { throw .outOfRange("time zone offset hour") }
        offset = sign * (fields[0] * 3_600 + fields[1] * 60 + fields[2])
    }

    private mutating func readAbbreviation() throws(Problem) {
        if rest.starts(with: "UTC".utf8) {
            rest = rest.dropFirst(3)
            isUTC = true
            return
        }
        guard let length = abbreviationLength() else { throw .mismatch }
        abbreviation = String(decoding: rest.prefix(length), as: UTF8.self)
        rest = rest.dropFirst(length)
    }

    /// Three to five capitals, of which the longer ones end in `T`; a few exceptions; `GMT` with an offset; an offset.
    private func abbreviationLength() -> Int? {
        guard rest.count >= 3 else { return nil }
        if rest.starts(with: "ChST".utf8) || rest.starts(with: "MeST".utf8) { return 4 }
        if rest.starts(with: "GMT".utf8) { return 3 + signedHoursLength(rest.dropFirst(3)) }
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
            let length = signedHoursLength(rest)
            return length > 0 ? length : nil
        }
        let capitals = Array(rest.prefix(6).prefix { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") })
        switch capitals.count {
        case 3: return 3
        case 4: return capitals.last == UInt8(ascii: "T") || capitals == Array("WITA".utf8) ? 4 : nil
        case 5: return capitals.last == UInt8(ascii: "T") ? 5 : nil
        default: return nil
        }
    }

    /// The length of a sign and up to 23 hours; 0 if the text does not start with such.
    private func signedHoursLength(_ text: ArraySlice<UInt8>) -> Int {
        guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return 0 }
        let digits = text.dropFirst().prefix(while: \.isDigit)
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard !digits.isEmpty, significant.count <= 2 else { return 0 }
        let hours = significant.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return hours <= 23 ? 1 + digits.count : 0
    }

    // MARK: - The time

    private func time(in zone: ZoneOffset) throws(EvaluationError) -> TimeValue {
        let (month, day) = try date()
        var hour = hour
        if isAfternoon == true, hour < 12 { hour += 12 }
        if isAfternoon == false, hour == 12 { hour = 0 }
        let local = try UnixTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, nanosecond: nanosecond)
        let found = self.zone(default: zone)
        return TimeValue(try local.adding(seconds: -found.seconds), in: found)
    }

    private func date() throws(EvaluationError) -> (month: Int, day: Int) {
        var (month, day) = (month, day)
        if let dayOfYear {
            guard dayOfYear >= 1, dayOfYear <= (CivilDate.isLeap(year) ? 366 : 365) else {
                throw failure("day-of-year out of range")
            }
            let newYear = CivilDate.daysSince1970(year: year, month: 1)
            let date = CivilDate(daysSince1970: newYear + dayOfYear - 1)
            if let month, month != date.month { throw failure("day-of-year does not match month") }
            if let day, day != date.day { throw failure("day-of-year does not match day") }
            (month, day) = (date.month, date.day)
        }
        let date = (month: month ?? 1, day: day ?? 1)
        guard date.day >= 1, date.day <= CivilDate.daysInMonth(date.month, of: year) else {
            throw failure("day out of range")
        }
        return date
    }

    /// An abbreviation alone says nothing of the offset, since no database is read: as in Go it counts as UTC then,
    /// unless it is that of the default zone or, like `GMT+3`, has one in it. (Go reads 10 o'clock `GMT+3` as 10 o'clock
    /// UTC and shows it as 13 o'clock; here it stays 10 o'clock.)
    private func zone(default zone: ZoneOffset) -> ZoneOffset {
        if isUTC { return .utc }
        if let offset {
            let isDefault = offset == zone.seconds && (abbreviation.isEmpty || abbreviation == zone.abbreviation)
            return isDefault ? zone : ZoneOffset(abbreviation: abbreviation, seconds: offset)
        }
        if abbreviation.isEmpty || abbreviation == zone.abbreviation { return zone }
        let hours = abbreviation.hasPrefix("GMT") ? Int(abbreviation.dropFirst(3)) ?? 0 : 0
        return ZoneOffset(abbreviation: abbreviation, seconds: hours * 3_600)
    }

    // MARK: - Errors

    private func mismatch(_ found: ArraySlice<UInt8>, _ wanted: ArraySlice<UInt8>) -> EvaluationError {
        EvaluationError(
            "parsing time \(quoted(text[...])) as \(quoted(layout.bytes[...])): "
                + "cannot parse \(quoted(found)) as \(quoted(wanted))")
    }

    private func failure(_ message: String) -> EvaluationError {
        EvaluationError("parsing time \(quoted(text[...])): \(message)")
    }

    private func quoted(_ text: ArraySlice<UInt8>) -> String {
        var output: ByteString = ""
        text.withUnsafeBufferPointer { Quoting.quote($0, into: &output) }
        return output.text
    }
}
