/// What the server sends: it writes itself as JSON. No encoder of the standard library stands between, which would have the runtime look
/// up, for each type that is written for the first time, what it conforms to among thousands of types.
package protocol JSONWritable: Sendable {
    func write(to json: inout JSONPrinter)
}

/// A value as one JSON text in UTF-8.
package func jsonText(of value: some JSONWritable) -> [UInt8] {
    var printer = JSONPrinter()
    value.write(to: &printer)
    return printer.bytes
}

extension Int: JSONWritable {
    package func write(to json: inout JSONPrinter) { json.write(self) }
}

extension Int32: JSONWritable {
    package func write(to json: inout JSONPrinter) { json.write(Int(self)) }
}

extension Bool: JSONWritable {
    package func write(to json: inout JSONPrinter) { json.write(self) }
}

extension String: JSONWritable {
    package func write(to json: inout JSONPrinter) { json.write(self) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
    /// Nil is null. `JSONPrinter.member(_:ifPresent:)` leaves it out.
    package func write(to json: inout JSONPrinter) {
        if let self { self.write(to: &json) } else { json.writeNull() }
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.array { json in
            for element in self { json.element(element) }
        }
    }
}

extension JSONWritable where Self: RawRepresentable, RawValue: JSONWritable {
    package func write(to json: inout JSONPrinter) { rawValue.write(to: &json) }
}

extension JSONValue: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .null: json.writeNull()
        case .bool(let value): json.write(value)
        case .integer(let value): json.write(value)
        case .number(let value): json.write(value)
        case .string(let value): json.write(value)
        case .array(let elements): elements.write(to: &json)
        case .object(let object):
            json.object { json in
                for member in object.members { json.member(member.key, member.value) }
            }
        }
    }
}
