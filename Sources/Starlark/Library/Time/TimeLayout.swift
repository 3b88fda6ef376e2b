/// A layout for printing and reading times, as Go has them: what the moment `Mon Jan 2 15:04:05 2006 -0700 MST` looks
/// like.
struct TimeLayout {
    /// Some text and the element after it.
    struct Piece {
        let literal: ArraySlice<UInt8>
        /// Nil for the text at the end.
        let element: TimeElement?
        /// How the layout spells the element.
        let spelling: ArraySlice<UInt8>
    }

    let bytes: [UInt8]
    let pieces: [Piece]

    static let rfc3339 = TimeLayout(Array("2006-01-02T15:04:05Z07:00".utf8))
    /// What `str` prints times with.
    static let printed = TimeLayout(Array("2006-01-02 15:04:05.999999999 -0700 MST".utf8))

    /// Any text is a layout; what is no element stands for itself.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var pieces: [Piece] = []
        var literalStart = 0
        var offset = 0
        while offset < bytes.count {
            guard let (element, length) = TimeElement.first(in: bytes[offset...]) else {
                offset += 1
                continue
            }
            let end = offset + length
            pieces.append(
                Piece(literal: bytes[literalStart..<offset], element: element, spelling: bytes[offset..<end]))
            literalStart = end
            offset = end
        }
        pieces.append(Piece(literal: bytes[literalStart...], element: nil, spelling: []))
        self.pieces = pieces
    }
}

/// A part of a time that a layout can name.
enum TimeElement: Equatable {
    case year, yearOfCentury
    case monthName, monthAbbreviation
    case month(Padding)
    case weekday, weekdayAbbreviation
    case day(Padding)
    case dayOfYear(Padding)
    case hour
    case hourOfHalf(Padding)
    case minute(Padding)
    case second(Padding)
    case half(isUpperCase: Bool)
    case zoneAbbreviation
    case offset(OffsetStyle)
    /// - Parameter isTrimmed: without zeros at the end, and without the separator if nothing is left.
    case fraction(digits: Int, isTrimmed: Bool, separator: UInt8)

    /// What fills a number up to its full width.
    enum Padding {
        case none, space, zero
    }

    struct OffsetStyle: Equatable {
        enum Precision {
            case hours, minutes, seconds
        }

        let precision: Precision
        let hasColons: Bool
        /// `Z` stands for UTC.
        let hasZulu: Bool
    }

    var isFraction: Bool {
        if case .fraction = self { return true }
        return false
    }

    /// The element that some text starts with, and how many bytes spell it.
    static func first(in text: ArraySlice<UInt8>) -> (TimeElement, Int)? {
        guard let initial = text.first else { return nil }
        if initial == UInt8(ascii: ".") || initial == UInt8(ascii: ",") { return fraction(in: text) }
        for (spelling, element) in spellings[initial] ?? [] where text.starts(with: spelling) {
            let next = text.dropFirst(spelling.count)
            switch element {
            case .monthAbbreviation, .weekdayAbbreviation:
                // `Month` is a word, not `Mon`.
                if let byte = next.first, byte >= UInt8(ascii: "a"), byte <= UInt8(ascii: "z") { continue }
            case .day(.space):
                // An underscore before the year is text.
                if next.starts(with: "006".utf8) { continue }
            default: break
            }
            return (element, spelling.count)
        }
        return nil
    }

    /// `.000` or `,999`, unless more digits follow.
    private static func fraction(in text: ArraySlice<UInt8>) -> (TimeElement, Int)? {
        let digits = text.dropFirst()
        guard let separator = text.first, let digit = digits.first,
            digit == UInt8(ascii: "0") || digit == UInt8(ascii: "9")
        else { return nil }
        let count = digits.prefix { $0 == digit }.count
        if let next = digits.dropFirst(count).first, next.isDigit { return nil }
        return (.fraction(digits: count, isTrimmed: digit == UInt8(ascii: "9"), separator: separator), count + 1)
    }

    /// By their first bytes; of two that begin alike, the longer comes first.
    private static let spellings: [UInt8: [(spelling: [UInt8], element: TimeElement)]] = {
        var all: [(String, TimeElement)] = [
            ("January", .monthName), ("Jan", .monthAbbreviation), ("Monday", .weekday), ("Mon", .weekdayAbbreviation),
            ("MST", .zoneAbbreviation),
            ("01", .month(.zero)), ("02", .day(.zero)), ("03", .hourOfHalf(.zero)), ("04", .minute(.zero)),
            ("05", .second(.zero)), ("06", .yearOfCentury), ("002", .dayOfYear(.zero)),
            ("15", .hour), ("1", .month(.none)), ("2006", .year), ("2", .day(.none)), ("3", .hourOfHalf(.none)),
            ("4", .minute(.none)), ("5", .second(.none)),
            ("_2", .day(.space)), ("__2", .dayOfYear(.space)),
            ("PM", .half(isUpperCase: true)), ("pm", .half(isUpperCase: false)),
        ]
        for (sign, hasZulu) in [("-", false), ("Z", true)] {
            let styles: [(String, OffsetStyle.Precision, Bool)] = [
                ("070000", .seconds, false), ("07:00:00", .seconds, true), ("0700", .minutes, false),
                ("07:00", .minutes, true), ("07", .hours, false),
            ]
            for (digits, precision, hasColons) in styles {
                let style = OffsetStyle(precision: precision, hasColons: hasColons, hasZulu: hasZulu)
                all.append((sign + digits, .offset(style)))
            }
        }
        return Dictionary(grouping: all.map { (spelling: Array($0.0.utf8), element: $0.1) }) { $0.spelling.first ?? 0 }
    }()
}

/// The English names that layouts know.
enum CalendarNames {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    /// From Sunday on.
    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    static func abbreviations(_ names: [String]) -> [String] {
        names.map { String($0.prefix(3)) }
    }
}
