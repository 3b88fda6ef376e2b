import TOMLKit

/// A value of a TOML text as plain data. Fractions and dates mean nothing to any setting.
enum TOMLValue: Sendable, Hashable {
    case table([String: TOMLValue])
    case array([TOMLValue])
    case string(String)
    case flag(Bool)
    case integer(Int)
    case other

    /// The keys and values of a whole text.
    static func table(parsing bytes: [UInt8]) throws(SettingsError) -> [String: TOMLValue] {
        // The parser takes a C string, and would not see what stands behind a NUL.
        guard let text = String(validating: bytes, as: UTF8.self) else { throw SettingsError("not UTF-8") }
        if let place = bytes.firstIndex(of: 0) {
            let lines = bytes[..<place].split(separator: 0x0A, omittingEmptySubsequences: false)
            throw SettingsError("a NUL byte", at: (lines.count, (lines.last?.count ?? 0) + 1))
        }
        guard deepestKey(in: bytes) <= maximumKeyParts else { throw SettingsError("a key of too many parts") }
        do {
            guard case .table(let table) = TOMLValue(try TOMLTable(string: text), depth: 0) else { return [:] }
            return table
        } catch let error as TOMLParseError {
            let message = error.description.split(whereSeparator: \.isNewline).joined(separator: " ")
            throw SettingsError(message, at: (error.source.begin.line, error.source.begin.column))
        } catch {
            throw SettingsError("cannot be read as TOML")
        }
    }

    /// The parser bounds how deep values are nested, but not of how many parts a key `a.b.c` is, each of which is a table that
    /// it leaves by recursion. So this is counted before: the most dots on a line with nothing between but what keys are
    /// made of.
    private static func deepestKey(in bytes: [UInt8]) -> Int {
        var (dots, most) = (0, 0)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "."):
                dots += 1
                most = max(most, dots)
            case 0x0A, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "="): dots = 0
            default: break
            }
        }
        return most
    }

    private static let maximumKeyParts = 1_000

    /// No setting lies deeper.
    private static let maximumDepth = 16

    private init(_ value: any TOMLValueConvertible, depth: Int) {
        if depth > Self.maximumDepth {
            self = .other
        } else if let table = value.table {
            // Not by the table's own iterator, which takes keys for granted that it cannot find again: those with a NUL.
            var members: [String: TOMLValue] = [:]
            for key in table.keys { members[key] = table[key].map { TOMLValue($0, depth: depth + 1) } ?? .other }
            self = .table(members)
        } else if let array = value.array {
            self = .array(array.indices.map { TOMLValue(array[$0], depth: depth + 1) })
        } else if let string = value.string {
            self = .string(string)
        } else if let flag = value.bool {
            self = .flag(flag)
        } else if let integer = value.int {
            self = .integer(integer)
        } else {
            self = .other
        }
    }
}
