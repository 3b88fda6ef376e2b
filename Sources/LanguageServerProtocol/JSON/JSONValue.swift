/// A JSON text as data. A message is read into this first, because what its members mean is known only once its
/// method is.
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
    package private(set) var keys: [String] = []
    package private(set) var values: [JSONValue] = []
    /// Only large objects pay for an index; the usual message has fewer than ten members, and the server's capabilities, which
    /// are written before anything else, some thirty.
    private var index: [String: Int] = [:]

    private static let indexedFrom = 48

    package init() {}

    package subscript(key: String) -> JSONValue? {
        get { position(of: key).map { values[$0] } }
    }

    package mutating func set(_ key: String, to value: JSONValue) {
        if let position = position(of: key) {
            values[position] = value
            return
        }
        if keys.isEmpty {
            keys.reserveCapacity(4)
            values.reserveCapacity(4)
        }
        keys.append(key)
        values.append(value)
        if keys.count > Self.indexedFrom {
            index[key] = keys.count - 1
        } else if keys.count == Self.indexedFrom {
            for (position, key) in keys.enumerated() { index[key] = position }
        }
    }

    private func position(of key: String) -> Int? {
        keys.count < Self.indexedFrom ? keys.firstIndex(of: key) : index[key]
    }
}

extension JSONValue {
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// A member of an object.
    subscript(key: String) -> JSONValue? { object?[key] }

    /// The value as a whole number; `1.0` counts, as some clients write all numbers with a fraction.
    package var int: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }

    /// What kind of value this is, for messages about a wrong one.
    package var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
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
        guard let decoder = decoder as? JSONValueDecoder else {
            throw DecodingError.typeMismatch(
                JSONValue.self, .init(codingPath: decoder.codingPath, debugDescription: "not read from a JSON value"))
        }
        self = decoder.value
    }
}
