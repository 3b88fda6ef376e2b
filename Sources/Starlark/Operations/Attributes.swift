/// The name after a dot, in the forms that looking it up needs.
struct AttributeName: Sendable {
    let text: String
    let bytes: ByteString

    init(_ text: String) {
        self.text = text
        bytes = ByteString(text)
    }
}

/// `x.name`.
enum Attributes {
    /// The method of a built-in type, not yet bound to its receiver.
    static func method(_ value: Value, _ name: AttributeName) -> HostFunction? {
        switch value.storage {
        case .string: StringMethods.table[name.text]
        case .list: ListMethods.table[name.text]
        case .dict: DictMethods.table[name.text]
        case .set: SetMethods.table[name.text]
        case .bytes: BytesMethods.table[name.text]
        default: nil
        }
    }

    /// The attribute as a value; nil if there is none of that name.
    static func attribute(_ value: Value, _ name: AttributeName) -> Value? {
        switch value.storage {
        case .structure(let object): return object[name.bytes]
        case .host(let box): return box.value.attribute(named: name.text)
        default:
            guard let method = method(value, name) else { return nil }
            return Value(.builtin(BuiltinObject(function: method, receiver: value)))
        }
    }

    /// All names, sorted.
    static func names(_ value: Value) -> [String] {
        switch value.storage {
        case .structure(let object): object.fields.map(\.name.text)
        case .host(let box): box.value.attributeNames.sorted()
        case .string: StringMethods.table.keys.sorted()
        case .list: ListMethods.table.keys.sorted()
        case .dict: DictMethods.table.keys.sorted()
        case .set: SetMethods.table.keys.sorted()
        case .bytes: BytesMethods.table.keys.sorted()
        default: []
        }
    }

    static func missing(_ value: Value, _ name: AttributeName) -> EvaluationError {
        let hint = Spelling.nearest(to: name.text, among: names(value)).map { " (did you mean .\($0)?)" } ?? ""
        if case .structure(let object) = value.storage, case .module(let module) = object.kind {
            return EvaluationError("module \(module) has no .\(name.text)\(hint)")
        }
        return EvaluationError("\(value.typeName) has no .\(name.text) field or method\(hint)")
    }
}
