/// A time zone without rules: a fixed distance from UTC.
///
/// The time zone database is never read, so that a program means the same everywhere: of its names only those without
/// rules are known.
struct ZoneOffset: Equatable {
    /// Printed where a layout has `MST`; may be empty.
    let abbreviation: String
    /// East of Greenwich.
    let seconds: Int

    static let utc = ZoneOffset(abbreviation: "UTC", seconds: 0)

    /// The name of a location, as `in_location` and others take it: a name of the time zone database that stands for a
    /// fixed offset, or an offset such as `+02:00`, which starlark-go does not take.
    ///
    /// - Throws: for any other name.
    init(location name: String) throws(EvaluationError) {
        guard let zone = ZoneOffset.fixed(name) else {
            throw EvaluationError(
                "unknown time zone \(name): only UTC, Etc/GMT-2 and its like, and offsets such as +02:00 are known")
        }
        self = zone
    }

    init(abbreviation: String, seconds: Int) {
        self.abbreviation = abbreviation
        self.seconds = seconds
    }

    static func fixed(_ location: String) -> ZoneOffset? {
        switch location {
        case "": return .utc
        case "UTC", "UCT", "Zulu", "Universal", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal":
            return .utc
        case "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich",
            "Etc/GMT", "Etc/GMT0", "Etc/GMT+0", "Etc/GMT-0", "Etc/Greenwich":
            return ZoneOffset(abbreviation: "GMT", seconds: 0)
        default:
            let bytes = Array(location.utf8)
            return offset(bytes) ?? area(bytes)
        }
    }

    /// `+02:00`
    private static func offset(_ bytes: [UInt8]) -> ZoneOffset? {
        guard bytes.count == 6, let sign = sign(bytes[0]), bytes[3] == UInt8(ascii: ":"),
            let hours = number(bytes[1..<3]), let minutes = number(bytes[4..<6]), hours < 24, minutes < 60
        else { return nil }
        let seconds = sign * (hours * 3_600 + minutes * 60)
        return seconds == 0 ? .utc : ZoneOffset(abbreviation: "", seconds: seconds)
    }

    /// `Etc/GMT-2`, which is two hours east: the database counts these westwards.
    private static func area(_ bytes: [UInt8]) -> ZoneOffset? {
        let prefix = Array("Etc/GMT".utf8)
        guard bytes.starts(with: prefix), bytes.count > prefix.count + 1, let west = sign(bytes[prefix.count]),
            bytes[prefix.count + 1] != UInt8(ascii: "0"), let hours = number(bytes[(prefix.count + 1)...]),
            hours <= (west > 0 ? 12 : 14)
        else { return nil }
        let digits = (hours < 10 ? "0" : "") + String(hours)
        return ZoneOffset(abbreviation: (west > 0 ? "-" : "+") + digits, seconds: -west * hours * 3_600)
    }

    private static func sign(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "+"): 1
        case UInt8(ascii: "-"): -1
        default: nil
        }
    }

    /// A number of one or two digits.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.count <= 2, digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
