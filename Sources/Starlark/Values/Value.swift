/// A Starlark value: one word.
///
/// Small integers, floats, booleans and `None` are in the word itself; everything else is the address of an object in a
/// `Heap`. A value is plain data: copying one counts no references. It is valid as long as the heap that made it,
/// that is, while the evaluation or a module that the evaluation returned is alive.
///
/// A value is mutable only within the evaluation that made it, which runs on one thread at a time; when a file has been
/// run, everything reachable from its module is frozen, and a frozen value never changes again. That, and not the
/// compiler, makes it safe to send values between threads: send only frozen ones.
package struct Value: @unchecked Sendable {
    /// From the top: sixteen zero bits and an address, or one of the constants below, which no address can be; a float
    /// with `floatOffset` added to its bits; fifteen ones and a two's complement integer of 49 bits.
    let bits: UInt64

    @inline(__always)
    init(bits: UInt64) {
        self.bits = bits
    }

    private static let floatOffset: UInt64 = 1 << 49
    static let integerTag: UInt64 = 0xFFFE_0000_0000_0000
    /// The bits of a small integer above its payload.
    static let integerShift = 15
    /// No object has an address below this.
    private static let firstAddress: UInt64 = 4096
    private static let firstFloat: UInt64 = 1 << 48
}

// MARK: - Values without an object

extension Value {
    package static let none = Value(bits: 0x02)
    package static let `false` = Value(bits: 0x06)
    package static let `true` = Value(bits: 0x07)
    /// A variable not yet assigned, an argument not given. Never visible to a program.
    static let unbound = Value(bits: 0x0A)

    @inline(__always)
    package static func bool(_ value: Bool) -> Value { Value(bits: value ? 0x07 : 0x06) }

    package static func float(_ value: Double) -> Value {
        // One bit pattern for all NaNs: others would look like integers.
        let bits = value.isNaN ? Double.nan.bitPattern : value.bitPattern
        return Value(bits: bits &+ floatOffset)
    }

    /// An integer of at most 32 bits; `Heap.int` makes any.
    @inline(__always)
    package static func int(_ value: Int32) -> Value { Value(payload: Int(value)) }

    /// The integers that a word holds.
    static let smallIntegers = -(1 << 48)..<(1 << 48)

    /// - Precondition: `payload` is one of `smallIntegers`.
    @inline(__always)
    init(payload: Int) {
        bits = Value.integerTag | (UInt64(bitPattern: Int64(payload)) & ~Value.integerTag)
    }

    /// From an integer shifted left by `integerShift`, as fast arithmetic leaves it.
    @inline(__always)
    init(shifted: Int) {
        bits = Value.integerTag | (UInt64(bitPattern: Int64(shifted)) >> UInt64(Value.integerShift))
    }

    @inline(__always)
    var isSmallInteger: Bool { bits >= Value.integerTag }

    /// The small integer, shifted left by `integerShift`: a sum overflows exactly when it does not fit a word.
    @inline(__always)
    var shifted: Int { Int(truncatingIfNeeded: bits << UInt64(Value.integerShift)) }

    @inline(__always)
    var smallInteger: Int { shifted >> Value.integerShift }

    @inline(__always)
    var isFloat: Bool { bits >= Value.firstFloat && bits < Value.integerTag }

    @inline(__always)
    var double: Double { Double(bitPattern: bits &- Value.floatOffset) }

    @inline(__always)
    var isObject: Bool { bits >= Value.firstAddress && bits < Value.firstFloat }

    @inline(__always)
    var isUnbound: Bool { bits == Value.unbound.bits }
}

// MARK: - Objects

extension Value {
    @inline(__always)
    init(address: UnsafeMutableRawPointer) {
        bits = UInt64(UInt(bitPattern: address))
    }

    /// - Precondition: `isObject`.
    @inline(__always)
    var header: UnsafeMutablePointer<ObjectHeader> {
        UnsafeMutablePointer(bitPattern: UInt(bits)).unsafelyUnwrapped
    }

    /// The kind of object; nil for a value without one.
    @inline(__always)
    var objectKind: ObjectKind? { isObject ? header.pointee.kind : nil }

    @inline(__always)
    func isObject(of kind: ObjectKind) -> Bool { isObject && header.pointee.kind == kind }

    /// The value taken apart.
    enum Storage {
        case none
        case bool(Bool)
        case int(Int)
        /// Outside the range of `Int`.
        case bigInteger(BigIntegerObject)
        case float(Double)
        case string(StringObject)
        case bytes(StringObject)
        case list(ListObject)
        case tuple(TupleObject)
        case dict(TableObject)
        case set(TableObject)
        case range(RangeObject)
        case structure(StructObject)
        case view(StringViewObject)
        case function(FunctionObject)
        case builtin(BuiltinObject)
        case host(HostObject)
        /// A variable captured by a nested function lives in a cell that both share. Never visible to a program.
        case cell(CellObject)
        case unbound
    }

    @inline(__always)
    var storage: Storage {
        if bits >= Value.integerTag { return .int(smallInteger) }
        if bits >= Value.firstFloat { return .float(double) }
        if bits < Value.firstAddress {
            switch bits {
            case Value.none.bits: return .none
            case Value.true.bits: return .bool(true)
            case Value.false.bits: return .bool(false)
            default: return .unbound
            }
        }
        switch header.pointee.kind {
        case .integer: return .int(IntegerObject(self).number)
        case .bigInteger: return .bigInteger(BigIntegerObject(self))
        case .string: return .string(StringObject(self))
        case .bytes: return .bytes(StringObject(self))
        case .list: return .list(ListObject(self))
        case .tuple: return .tuple(TupleObject(self))
        case .dict: return .dict(TableObject(self))
        case .set: return .set(TableObject(self))
        case .range: return .range(RangeObject(self))
        case .structure: return .structure(StructObject(self))
        case .view: return .view(StringViewObject(self))
        case .function: return .function(FunctionObject(self))
        case .builtin: return .builtin(BuiltinObject(self))
        case .host: return .host(HostObject(self))
        case .cell: return .cell(CellObject(self))
        }
    }
}

// MARK: - Taking values apart

extension Value {
    package var isNone: Bool { bits == Value.none.bits }

    package var asBool: Bool? {
        switch bits {
        case Value.true.bits: true
        case Value.false.bits: false
        default: nil
        }
    }

    /// The integer, if this is one and it fits; a `bool` is no integer in Starlark.
    package var asInt: Int? {
        if isSmallInteger { return smallInteger }
        return isObject(of: .integer) ? IntegerObject(self).number : nil
    }

    package var asFloat: Double? { isFloat ? double : nil }

    /// The text of a string; bytes that are not UTF-8 become U+FFFD.
    package var asString: String? { isObject(of: .string) ? StringObject(self).text : nil }

    /// The elements of a list or a tuple.
    package var asSequence: [Value]? {
        switch storage {
        case .list(let list): Array(list.elements)
        case .tuple(let tuple): Array(tuple.elements)
        default: nil
        }
    }

    package var isList: Bool { isObject(of: .list) }

    package var isTuple: Bool { isObject(of: .tuple) }

    /// The entries of a dict in the order of insertion.
    package var asDict: [(key: Value, value: Value)]? {
        isObject(of: .dict) ? TableObject(self).pairs : nil
    }

    /// The fields of a struct or the members of a module, sorted by name.
    package var asFields: [(name: String, value: Value)]? {
        guard isObject(of: .structure) else { return nil }
        return StructObject(self).fields.map { (name: StringObject($0.name).text, value: $0.value) }
    }

    package var asHost: (any HostValue)? {
        isObject(of: .host) ? HostObject(self).value : nil
    }

    package func asHost<Wanted: HostValue>(_ type: Wanted.Type) -> Wanted? {
        asHost as? Wanted
    }

    package var isCallable: Bool {
        switch objectKind {
        case .function, .builtin: true
        default: false
        }
    }

    /// The name of a function, built-in or not, as it stands in tracebacks.
    package var functionName: String? {
        switch storage {
        case .function(let function): function.code.name
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
        case .host(let object): object.value.typeName
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
        case .list(let list): list.count > 0
        case .tuple(let tuple): tuple.count > 0
        case .dict(let table), .set(let table): table.count > 0
        case .range(let range): range.count > 0
        case .host(let object): object.value.isTrue
        case .structure, .view, .function, .builtin: true
        case .cell, .unbound: false
        }
    }
}
