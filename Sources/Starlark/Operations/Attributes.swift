/// The name after a dot, together with the methods of that name, so that a call finds its method without a search.
struct AttributeName {
    /// A string.
    let name: Value
    private let methods: Methods

    /// The methods of one name, by the type that has them.
    private struct Methods {
        var string: Unmanaged<HostFunction>?
        var bytes: Unmanaged<HostFunction>?
        var list: Unmanaged<HostFunction>?
        var dict: Unmanaged<HostFunction>?
        var set: Unmanaged<HostFunction>?

        static let byName: [String: Methods] = {
            var result: [String: Methods] = [:]
            func add(
                _ table: [String: HostFunction], _ set: (inout Methods, Unmanaged<HostFunction>) -> Void
            ) {
                for (name, method) in table { set(&result[name, default: Methods()], .passUnretained(method)) }
            }
            add(StringMethods.table) { $0.string = $1 }
            add(BytesMethods.table) { $0.bytes = $1 }
            add(ListMethods.table) { $0.list = $1 }
            add(DictMethods.table) { $0.dict = $1 }
            add(SetMethods.table) { $0.set = $1 }
            return result
        }()
    }

    /// - Parameter name: a string.
    init(_ name: Value) {
        self.name = name
        methods = Methods.byName[StringObject(name).text] ?? Methods()
    }

    var text: String { StringObject(name).text }

    /// The method of a built-in type, not yet bound to its receiver.
    @inline(__always)
    func method(of value: Value) -> Unmanaged<HostFunction>? {
        guard value.isObject else { return nil }
        return switch value.header.pointee.kind {
        case .string: methods.string
        case .bytes: methods.bytes
        case .list: methods.list
        case .dict: methods.dict
        case .set: methods.set
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
