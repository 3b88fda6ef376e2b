/// JSON as data: what the server sends, and what it keeps of what came (`JSONView`).
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number written without fraction or exponent that fits; ids and positions stay exact.
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of a JSON object in the order in which they were written. Of two members with the same key the later
/// one counts.
package struct JSONObject: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package let key: String
        package fileprivate(set) var value: JSONValue
    }

    package private(set) var members: [Member] = []
    /// Only large objects pay for an index; the usual message has fewer than ten members, and the server's capabilities, which
    /// are written before anything else, some thirty.
    private var index: [String: Int] = [:]

    private static let indexedFrom = 48

    package init() {}

    package subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
    }

    package mutating func set(_ key: String, to value: JSONValue) {
        if let position = position(of: key) {
            members[position].value = value
            return
        }
        if members.isEmpty { members.reserveCapacity(4) }
        members.append(Member(key: key, value: value))
        if members.count > Self.indexedFrom {
            index[key] = members.count - 1
        } else if members.count == Self.indexedFrom {
            for (position, member) in members.enumerated() { index[member.key] = position }
        }
    }

    private func position(of key: String) -> Int? {
        members.count < Self.indexedFrom ? members.firstIndex { $0.key == key } : index[key]
    }
}

extension JSONValue {
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The value as a whole number; `1.0` counts, as some clients write all numbers with a fraction.
    package var int: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements { object.set(key, to: value) }
        self = .object(object)
    }

    package init(_ strings: [String]) { self = .array(strings.map(JSONValue.string)) }
}

extension JSONValue: Decodable {
    /// Works with the decoder of this module only, which hands the value over as it is.
    package init(from decoder: any Decoder) throws {
        self = try JSONView(from: decoder).value
    }
}
