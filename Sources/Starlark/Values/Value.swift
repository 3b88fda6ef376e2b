/// A Starlark value.
///
/// How a value is stored is the engine's own affair: make one with the factories below, take one apart with the `as…`
/// properties, and hand everything else back to the engine.
///
/// A value is mutable only within the evaluation that made it, which runs on one thread at a time; when that evaluation
/// ends, everything reachable from its module is frozen, and a frozen value never changes again. That, and not the
/// compiler, makes it safe to send values between threads: send only frozen ones.
package struct Value: @unchecked Sendable {
    /// The cases that the evaluator knows, one word of payload each.
    enum Storage {
        case none
        case bool(Bool)
        case int(Int)
        /// Outside the range of `Int`: an integer has exactly one representation.
        case bigInteger(BigInteger)
        case float(Double)
        case string(ByteString)
        case bytes(ByteString)
        case list(ListObject)
        case tuple(TupleObject)
        case dict(DictObject)
        case set(SetObject)
        case range(RangeObject)
        case structure(StructObject)
        case view(StringViewObject)
        case function(FunctionObject)
        case builtin(BuiltinObject)
        case host(HostBox)
        /// A variable captured by a nested function lives in a box that both share. Never visible to a program.
        case cell(CellObject)
        /// A variable not yet assigned. Never visible to a program.
        case unbound
    }

    let storage: Storage

    @inline(__always)
    init(_ storage: Storage) {
        self.storage = storage
    }
}

// MARK: - Making values

extension Value {
    package static let none = Value(.none)
    package static let `true` = Value(.bool(true))
    package static let `false` = Value(.bool(false))
    static let unbound = Value(.unbound)

    @inline(__always)
    package static func bool(_ value: Bool) -> Value { Value(.bool(value)) }

    @inline(__always)
    package static func int(_ value: Int) -> Value { Value(.int(value)) }

    package static func float(_ value: Double) -> Value { Value(.float(value)) }

    package static func string(_ text: String) -> Value { Value(.string(ByteString(text))) }

    package static func string(_ content: ByteString) -> Value { Value(.string(content)) }

    package static func bytes(_ content: [UInt8]) -> Value { Value(.bytes(ByteString(content))) }

    package static func list(_ elements: [Value]) -> Value { Value(.list(ListObject(elements))) }

    package static func tuple(_ elements: [Value]) -> Value { Value(.tuple(TupleObject(elements))) }

    /// A dict with string keys, in the order given; the last of several equal keys wins.
    package static func dict(_ entries: [(name: String, value: Value)]) -> Value {
        let table = DictObject()
        for entry in entries {
            table.entries.insert(name: ByteString(entry.name), value: entry.value)
        }
        return Value(.dict(table))
    }

    /// A `struct`: an immutable record whose fields are read with a dot.
    ///
    /// - Parameter name: what it prints as and how its type is told apart in messages, `struct` for the plain kind.
    package static func structure(_ fields: [(name: String, value: Value)], name: String = "struct") -> Value {
        Value(.structure(StructObject(kind: .structure(name), fields: fields)))
    }

    /// A module such as `json`: a named group of values read with a dot.
    package static func module(_ name: String, _ members: [(name: String, value: Value)]) -> Value {
        Value(.structure(StructObject(kind: .module(name), fields: members)))
    }

    package static func function(_ function: HostFunction) -> Value {
        Value(.builtin(BuiltinObject(function: function, receiver: nil)))
    }

    package static func host(_ value: any HostValue) -> Value { Value(.host(HostBox(value))) }
}

// MARK: - Taking values apart

extension Value {
    package var isNone: Bool {
        if case .none = storage { return true }
        return false
    }

    package var asBool: Bool? {
        if case .bool(let value) = storage { return value }
        return nil
    }

    /// The integer, if this is one and it fits; a `bool` is no integer in Starlark.
    package var asInt: Int? {
        if case .int(let value) = storage { return value }
        return nil
    }

    package var asFloat: Double? {
        if case .float(let value) = storage { return value }
        return nil
    }

    /// The text of a string; bytes that are not UTF-8 become U+FFFD.
    package var asString: String? {
        if case .string(let content) = storage { return content.text }
        return nil
    }

    /// The content of a `string` or of a `bytes`, byte for byte.
    package var asByteString: ByteString? {
        switch storage {
        case .string(let content), .bytes(let content): content
        default: nil
        }
    }

    /// The elements of a list or a tuple.
    package var asSequence: [Value]? {
        switch storage {
        case .list(let list): list.elements
        case .tuple(let tuple): tuple.elements
        default: nil
        }
    }

    package var isList: Bool {
        if case .list = storage { return true }
        return false
    }

    package var isTuple: Bool {
        if case .tuple = storage { return true }
        return false
    }

    /// The entries of a dict in the order of insertion.
    package var asDict: [(key: Value, value: Value)]? {
        if case .dict(let dict) = storage { return dict.entries.pairs }
        return nil
    }

    /// The fields of a struct or the members of a module, sorted by name.
    package var asFields: [(name: String, value: Value)]? {
        if case .structure(let object) = storage {
            return object.fields.map { (name: $0.name.text, value: $0.value) }
        }
        return nil
    }

    package var asHost: (any HostValue)? {
        if case .host(let box) = storage { return box.value }
        return nil
    }

    package func asHost<Wanted: HostValue>(_ type: Wanted.Type) -> Wanted? {
        asHost as? Wanted
    }

    package var isCallable: Bool {
        switch storage {
        case .function, .builtin: true
        default: false
        }
    }

    /// The name of a function, built-in or not, as it stands in tracebacks.
    package var functionName: String? {
        switch storage {
        case .function(let function): function.definition.name
        case .builtin(let builtin): builtin.function.name
        default: nil
        }
    }

    /// What `type(x)` returns.
    package var typeName: String {
        switch storage {
        case .none: "NoneType"
        case .bool: "bool"
        case .int, .bigInteger: "int"
        case .float: "float"
        case .string: "string"
        case .bytes: "bytes"
        case .list: "list"
        case .tuple: "tuple"
        case .dict: "dict"
        case .set: "set"
        case .range: "range"
        case .structure(let object): object.typeName
        case .view(let view): view.typeName
        case .function: "function"
        case .builtin: "builtin_function_or_method"
        case .host(let box): box.value.typeName
        case .cell, .unbound: "unbound"
        }
    }

    /// What `bool(x)` returns.
    package var isTrue: Bool {
        switch storage {
        case .none: false
        case .bool(let value): value
        case .int(let value): value != 0
        case .bigInteger: true
        case .float(let value): value != 0
        case .string(let content), .bytes(let content): !content.isEmpty
        case .list(let list): !list.elements.isEmpty
        case .tuple(let tuple): !tuple.elements.isEmpty
        case .dict(let dict): dict.entries.count > 0
        case .set(let set): set.entries.count > 0
        case .range(let range): range.count > 0
        case .host(let box): box.value.isTrue
        case .structure, .view, .function, .builtin: true
        case .cell, .unbound: false
        }
    }
}
