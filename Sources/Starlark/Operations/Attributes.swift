/// The name after a dot, together with the methods of that name, so that a call finds its method without a search.
struct AttributeName {
    /// A string.
    let name: Value
    private let string: Unmanaged<HostFunction>?
    private let bytes: Unmanaged<HostFunction>?
    private let list: Unmanaged<HostFunction>?
    private let dict: Unmanaged<HostFunction>?
    private let set: Unmanaged<HostFunction>?

    /// - Parameter name: a string.
    init(_ name: Value) {
        self.name = name
        let text = StringObject(name).text
        string = StringMethods.table[text].map { Unmanaged.passUnretained($0) }
        bytes = BytesMethods.table[text].map { Unmanaged.passUnretained($0) }
        list = ListMethods.table[text].map { Unmanaged.passUnretained($0) }
        dict = DictMethods.table[text].map { Unmanaged.passUnretained($0) }
        set = SetMethods.table[text].map { Unmanaged.passUnretained($0) }
    }

    var text: String { StringObject(name).text }

    /// The method of a built-in type, not yet bound to its receiver.
    @inline(__always)
    func method(of value: Value) -> Unmanaged<HostFunction>? {
        guard value.isObject else { return nil }
        return switch value.header.pointee.kind {
        case .string: string
        case .bytes: bytes
        case .list: list
        case .dict: dict
        case .set: set
        case .host: hostMethod(of: value)
        default: nil
        }
    }

    @inline(never)
    private func hostMethod(of value: Value) -> Unmanaged<HostFunction>? {
        HostObject(value).value.method(named: text).map { Unmanaged.passUnretained($0) }
    }
}

/// `x.name`.
enum Attributes {
    /// - Throws: if there is no attribute of that name.
    @inline(__always)
    static func value(
        of value: Value, _ name: UnsafePointer<AttributeName>, _ heap: Heap
    ) throws(EvaluationError) -> Value {
        if let attribute = attribute(value, name.pointee, heap) { return attribute }
        throw missing(value, name.pointee)
    }

    /// The attribute of a name that is not known before the program runs.
    static func attribute(_ value: Value, _ name: StringObject, _ heap: Heap) -> Value? {
        if value.isObject(of: .structure) { return StructObject(value)[name] }
        return attribute(value, AttributeName(name.value), heap)
    }

    /// The attribute as a value; nil if there is none of that name.
    @inline(never)
    static func attribute(_ value: Value, _ name: AttributeName, _ heap: Heap) -> Value? {
        switch value.storage {
        case .structure(let object): return object[StringObject(name.name)]
        case .host(let object):
            if let attribute = object.value.attribute(named: name.text, in: heap) { return attribute }
            fallthrough
        default:
            guard let method = name.method(of: value) else { return nil }
            return heap.method(method.takeUnretainedValue(), of: value)
        }
    }

    /// All names, sorted.
    static func names(_ value: Value) -> [String] {
        switch value.storage {
        case .structure(let object): object.fields.map { StringObject($0.name).text }
        case .host(let object): object.value.attributeNames.sorted()
        case .string: StringMethods.table.keys.sorted()
        case .list: ListMethods.table.keys.sorted()
        case .dict: DictMethods.table.keys.sorted()
        case .set: SetMethods.table.keys.sorted()
        case .bytes: BytesMethods.table.keys.sorted()
        default: []
        }
    }

    @inline(never)
    static func missing(_ value: Value, _ name: AttributeName) -> EvaluationError {
        let hint = Spelling.nearest(to: name.text, among: names(value)).map { " (did you mean .\($0)?)" } ?? ""
        if case .structure(let object) = value.storage, object.isModule {
            return EvaluationError("module \(object.name.text) has no .\(name.text)\(hint)")
        }
        return EvaluationError("\(value.typeName) has no .\(name.text) field or method\(hint)")
    }
}
