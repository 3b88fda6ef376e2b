import Starlark

/// A value in a table of facts, and where it stands there.
///
/// A short plan reads one table, or one line of one. With Foundation's decoder that was a twentieth of the instructions of the
/// whole process, nearly all to set the decoder up; with the language's own JSON it is a fiftieth.
struct FactReader {
    private let value: Value
    /// The keys that lead to it from the whole table.
    private let path: [String]

    private init(_ value: Value, _ path: [String]) {
        self.value = value
        self.path = path
    }

    /// Gives the whole table to `body`.
    static func read<Result>(
        _ json: [UInt8], _ body: (FactReader) throws(FactTableError) -> Result
    ) throws(FactTableError) -> Result {
        guard String(validating: json, as: UTF8.self) != nil else { throw .notJSON }
        do {
            return try JSON.decode(json) { try body(FactReader($0, [])) }
        } catch let error as FactTableError {
            throw error
        } catch {
            throw .notJSON
        }
    }

    private var wrongType: FactTableError {
        FactTableError(
            message: path.isEmpty ? "not a table of facts" : "\(path.joined(separator: ".")) has the wrong type")
    }

    // MARK: - Objects

    func members() throws(FactTableError) -> [(key: String, reader: FactReader)] {
        guard let members = value.asDict else { throw wrongType }
        return members.map { member in
            let key = member.key.asString ?? ""
            return (key, FactReader(member.value, path + [key]))
        }
    }

    /// Nil if there is no such member, or null.
    func member(_ name: String) throws(FactTableError) -> FactReader? {
        guard let members = value.asDict else { throw wrongType }
        guard let member = members.first(where: { $0.key.asString == name }), !member.value.isNone else { return nil }
        return FactReader(member.value, path + [name])
    }

    // MARK: - Values

    func string() throws(FactTableError) -> String {
        guard let string = value.asString else { throw wrongType }
        return string
    }

    func bool() throws(FactTableError) -> Bool {
        guard let bool = value.asBool else { throw wrongType }
        return bool
    }

    func integer() throws(FactTableError) -> Int {
        guard let integer = value.asInt else { throw wrongType }
        return integer
    }

    func strings() throws(FactTableError) -> [String] {
        guard value.isList, let elements = value.asSequence else { throw wrongType }
        var strings: [String] = []
        for element in elements { strings.append(try FactReader(element, path).string()) }
        return strings
    }
}
