/// Writes `value` as one JSON text in UTF-8. Optional members that are nil are left out.
///
/// The containers write straight through, so a `nestedContainer` must be finished before its sibling is begun; what the
/// compiler synthesizes does so.
package func encodeJSON(_ value: some Encodable) throws(EncodingError) -> [UInt8] {
    let printer = JSONPrinter()
    // The first answer of a process is a value of this kind: encoding any other makes the runtime look at every conformance of the program.
    if let value = value as? JSONValue {
        printer.write(value)
        printer.close(to: 0)
        return printer.bytes
    }
    do {
        try value.encode(to: JSONTextEncoder(printer: printer, codingPath: []))
    } catch let error as EncodingError {
        throw error
    } catch {
        throw .invalidValue(value, .init(codingPath: [], debugDescription: "\(error)", underlyingError: error))
    }
    printer.close(to: 0)
    return printer.bytes
}

private struct JSONTextEncoder: Encoder {
    let printer: JSONPrinter
    var codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        printer.begin("{", "}")
        return KeyedEncodingContainer(KeyedContainer(printer: printer, depth: printer.depth, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        printer.begin("[", "]")
        return UnkeyedContainer(printer: printer, depth: printer.depth, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleValueContainer(printer: printer, codingPath: codingPath)
    }
}

private struct SingleValueContainer: SingleValueEncodingContainer {
    let printer: JSONPrinter
    var codingPath: [any CodingKey]

    func encodeNil() { printer.writeNull() }
    func encode(_ value: Bool) { printer.write(value) }
    func encode(_ value: String) { printer.write(value) }
    func encode(_ value: Double) { printer.write(value) }
    func encode(_ value: Float) { printer.write(Double(value)) }
    func encode(_ value: Int) { printer.write(value) }
    func encode(_ value: Int8) { printer.write(value) }
    func encode(_ value: Int16) { printer.write(value) }
    func encode(_ value: Int32) { printer.write(value) }
    func encode(_ value: Int64) { printer.write(value) }
    func encode(_ value: UInt) { printer.write(value) }
    func encode(_ value: UInt8) { printer.write(value) }
    func encode(_ value: UInt16) { printer.write(value) }
    func encode(_ value: UInt32) { printer.write(value) }
    func encode(_ value: UInt64) { printer.write(value) }
    func encode<Value: Encodable>(_ value: Value) throws {
        if Value.self == PackedIntegers.self, let packed = value as? PackedIntegers {
            return printer.write(packed.values)
        }
        if Value.self == JSONValue.self, let json = value as? JSONValue { return printer.write(json) }
        try value.encode(to: JSONTextEncoder(printer: printer, codingPath: codingPath))
    }
}

private struct UnkeyedContainer: UnkeyedEncodingContainer {
    let printer: JSONPrinter
    let depth: Int
    var codingPath: [any CodingKey]
    var count = 0

    /// Where the next element goes, everything within the one before being closed.
    private mutating func next() -> SingleValueContainer {
        printer.close(to: depth)
        printer.separate()
        count += 1
        return SingleValueContainer(printer: printer, codingPath: codingPath)
    }

    mutating func encodeNil() { next().encodeNil() }
    mutating func encode(_ value: Bool) { next().encode(value) }
    mutating func encode(_ value: String) { next().encode(value) }
    mutating func encode(_ value: Double) { next().encode(value) }
    mutating func encode(_ value: Float) { next().encode(value) }
    mutating func encode(_ value: Int) { next().encode(value) }
    mutating func encode(_ value: Int8) { next().encode(value) }
    mutating func encode(_ value: Int16) { next().encode(value) }
    mutating func encode(_ value: Int32) { next().encode(value) }
    mutating func encode(_ value: Int64) { next().encode(value) }
    mutating func encode(_ value: UInt) { next().encode(value) }
    mutating func encode(_ value: UInt8) { next().encode(value) }
    mutating func encode(_ value: UInt16) { next().encode(value) }
    mutating func encode(_ value: UInt32) { next().encode(value) }
    mutating func encode(_ value: UInt64) { next().encode(value) }
    mutating func encode<Value: Encodable>(_ value: Value) throws { try next().encode(value) }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        _ = next()
        return JSONTextEncoder(printer: printer, codingPath: codingPath).container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        _ = next()
        return JSONTextEncoder(printer: printer, codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        _ = next()
        return JSONTextEncoder(printer: printer, codingPath: codingPath)
    }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let printer: JSONPrinter
    let depth: Int
    var codingPath: [any CodingKey]

    private func member(_ key: some CodingKey) -> SingleValueContainer {
        printer.close(to: depth)
        printer.write(key: key.stringValue)
        return SingleValueContainer(printer: printer, codingPath: codingPath)
    }

    func encodeNil(forKey key: Key) { member(key).encodeNil() }
    func encode(_ value: Bool, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: String, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Double, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Float, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int8, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int16, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int32, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: Int64, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt8, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt16, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt32, forKey key: Key) { member(key).encode(value) }
    func encode(_ value: UInt64, forKey key: Key) { member(key).encode(value) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try member(key).encode(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        _ = member(key)
        return JSONTextEncoder(printer: printer, codingPath: codingPath).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        _ = member(key)
        return JSONTextEncoder(printer: printer, codingPath: codingPath).unkeyedContainer()
    }

    private enum SuperKey: String, CodingKey { case `super` }

    func superEncoder() -> any Encoder {
        _ = member(SuperKey.super)
        return JSONTextEncoder(printer: printer, codingPath: codingPath)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        _ = member(key)
        return JSONTextEncoder(printer: printer, codingPath: codingPath)
    }
}
