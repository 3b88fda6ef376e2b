/// A JSON text as it came, and where in it each value stands: flat, since a message comes with every keystroke and most of what it holds is
/// looked at once or never.
package final class JSONDocument: Sendable {
    enum Kind: UInt8 {
        case null, `true`, `false`
        /// A number without fraction or exponent that fits.
        case integer
        case number
        case string
        /// Behind it stand its elements.
        case array
        /// Behind it stand its members, of each the key and then the value.
        case object
    }

    /// A value, in the order in which they begin.
    struct Entry {
        /// UTF-8 bytes from the start of the text; of a string what stands between the quotes.
        let start: UInt32
        /// UTF-8 bytes of a number or a string.
        let length: UInt32
        /// The place behind this value and all that it holds.
        var end: UInt32
        let kind: Kind
        /// Whether a string has an escape.
        let isEscaped: Bool

        var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
    }

    fileprivate let bytes: [UInt8]
    fileprivate let entries: [Entry]

    /// Reads one JSON text (RFC 8259). Bytes that are no UTF-8 are refused; an escaped lone surrogate becomes U+FFFD,
    /// which is one UTF-16 unit as well, so that columns in the rest of the line stay those of the client.
    package init(parsing bytes: [UInt8]) throws(JSONParseError) {
        // The typed throw does not pass through the generic closure, hence the Result.
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<[Entry], JSONParseError> in
            var parser = JSONParser(bytes: buffer)
            do throws(JSONParseError) {
                try parser.parseText()
                return .success(parser.entries)
            } catch {
                return .failure(error)
            }
        }
        entries = try result.get()
        self.bytes = bytes
    }

    private init() {
        bytes = Array("{}".utf8)
        entries = [Entry(start: 0, length: 0, end: 1, kind: .object, isEscaped: false)]
    }

    fileprivate static let emptyObject = JSONDocument()

    package var root: JSONView { JSONView(document: self, index: 0) }
}

/// A value of a JSON text.
package struct JSONView: Sendable {
    fileprivate let document: JSONDocument
    fileprivate let index: Int

    package static var emptyObject: JSONView { JSONDocument.emptyObject.root }

    private var entry: JSONDocument.Entry { document.entries[index] }

    // MARK: - Scalars

    package var isNull: Bool { entry.kind == .null }

    package var bool: Bool? {
        switch entry.kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// The value as a whole number; `1.0` counts, as some clients write all numbers with a fraction.
    package var int: Int? {
        let entry = entry
        switch entry.kind {
        case .integer: return whole(entry)
        case .number: return double.flatMap(Int.init(exactly:))
        default: return nil
        }
    }

    package var double: Double? {
        let entry = entry
        switch entry.kind {
        case .integer: return whole(entry).map(Double.init)
        case .number: return Double(String(decoding: document.bytes[entry.range], as: UTF8.self))
        default: return nil
        }
    }

    package var string: String? {
        let entry = entry
        return entry.kind == .string ? string(entry) : nil
    }

    private func whole(_ entry: JSONDocument.Entry) -> Int? {
        let digits = document.bytes[entry.range]
        // Lines, columns and ids.
        if digits.count <= 9, digits.first != UInt8(ascii: "-") {
            return digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
        }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private func string(_ entry: JSONDocument.Entry) -> String {
        document.bytes.withUnsafeBufferPointer { bytes in
            let content = UnsafeBufferPointer(rebasing: bytes[entry.range])
            return entry.isEscaped ? JSONParser.unescaped(content) : String(decoding: content, as: UTF8.self)
        }
    }

    // MARK: - Members and elements

    package var isObject: Bool { entry.kind == .object }

    /// A member of an object. Of two with the same key the later one counts.
    package subscript(key: String) -> JSONView? {
        let entries = document.entries
        guard entries[index].kind == .object else { return nil }
        var found: Int?
        var place = index + 1
        while place < Int(entries[index].end) {
            if isKey(entries[place], key) { found = place + 1 }
            place = Int(entries[place + 1].end)
        }
        return found.map { JSONView(document: document, index: $0) }
    }

    private func isKey(_ entry: JSONDocument.Entry, _ key: String) -> Bool {
        if entry.isEscaped { return string(entry) == key }
        guard key.utf8.count == Int(entry.length) else { return false }
        let range = entry.range
        // Through the memory of both: as sequences they take several times as long, and this is done for every member.
        return document.bytes.withUnsafeBufferPointer { bytes in
            key.utf8.withContiguousStorageIfAvailable { key in
                for place in key.indices where key[place] != bytes[range.lowerBound + place] { return false }
                return true
            } ?? bytes[range].elementsEqual(key.utf8)
        }
    }

    /// The keys of an object in the order in which they were written.
    var keys: [String] {
        var keys: [String] = []
        forEachMember { key, _ in keys.append(key) }
        return keys
    }

    private func forEachMember(_ body: (String, JSONView) -> Void) {
        guard isObject else { return }
        var place = index + 1
        while place < Int(entry.end) {
            body(string(document.entries[place]), JSONView(document: document, index: place + 1))
            place = Int(document.entries[place + 1].end)
        }
    }

    /// Nil if this is no array.
    package var elements: [JSONView]? {
        guard entry.kind == .array else { return nil }
        var elements: [JSONView] = []
        var place = index + 1
        while place < Int(entry.end) {
            elements.append(JSONView(document: document, index: place))
            place = Int(document.entries[place].end)
        }
        return elements
    }

    // MARK: - As data

    package var value: JSONValue {
        switch entry.kind {
        case .null: return .null
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .integer: return int.map(JSONValue.integer) ?? .null
        case .number: return double.map(JSONValue.number) ?? .null
        case .string: return .string(string(entry))
        case .array: return .array((elements ?? []).map(\.value))
        case .object:
            var object = JSONObject()
            forEachMember { object.set($0, to: $1.value) }
            return .object(object)
        }
    }

    /// What kind of value this is, for messages about a wrong one.
    package var kindName: String {
        switch entry.kind {
        case .null: "null"
        case .true, .false: "a boolean"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONView: Equatable {
    package static func == (a: JSONView, b: JSONView) -> Bool { a.value == b.value }
}

extension JSONValue {
    /// Reads one JSON text as data; see `JSONDocument`.
    package init(parsing bytes: [UInt8]) throws(JSONParseError) {
        self = try JSONDocument(parsing: bytes).root.value
    }
}

extension JSONView: Decodable {
    /// Works with the decoder of this module only, which hands the value over as it is.
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? JSONViewDecoder else {
            throw DecodingError.typeMismatch(
                JSONValue.self, .init(codingPath: decoder.codingPath, debugDescription: "not read from a JSON value"))
        }
        self = decoder.value
    }
}
