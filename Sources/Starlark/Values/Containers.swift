/// What keeps a list, dict or set from being changed at the moment.
struct MutationGuard {
    var isFrozen = false
    /// Loops over the container that are under way.
    var iterators = 0

    /// - Parameter action: what is about to happen, as in `append to`.
    @inline(__always)
    func check(_ action: String, _ type: String) throws(EvaluationError) {
        if isFrozen || iterators > 0 {
            throw EvaluationError(
                isFrozen ? "cannot \(action) frozen \(type)" : "cannot \(action) \(type) during iteration")
        }
    }
}

final class ListObject {
    var elements: [Value]
    var mutation = MutationGuard()

    init(_ elements: [Value]) {
        self.elements = elements
    }

    deinit {
        Teardown.release(&elements)
    }
}

final class TupleObject {
    private(set) var elements: [Value]

    /// Freezing passes each object once, or values that share parts would take exponential time.
    private var isFrozen = false

    /// Whether this is the first time.
    func markFrozen() -> Bool {
        // Frozen values are shared between threads: they may be read again, not written.
        if isFrozen { return false }
        isFrozen = true
        return true
    }

    init(_ elements: [Value]) {
        self.elements = elements
    }

    deinit {
        Teardown.release(&elements)
    }
}

final class DictObject {
    var entries = HashTable()
    var mutation = MutationGuard()

    init() {}

    init(_ entries: HashTable) {
        self.entries = entries
    }

    deinit {
        entries.release()
    }
}

final class SetObject {
    /// The elements are the keys; the values are all `None`.
    var entries: HashTable
    var mutation = MutationGuard()

    init(_ entries: HashTable = HashTable()) {
        self.entries = entries
    }

    deinit {
        entries.release()
    }
}

/// The integers of `range(start, stop, step)`.
final class RangeObject {
    let start: Int
    let stop: Int
    let step: Int
    let count: Int

    /// - Precondition: the step is not zero. Every element and `stop` itself fit an `Int`.
    init(start: Int, stop: Int, step: Int) {
        self.start = start
        self.stop = stop
        self.step = step
        if step > 0, stop > start {
            count = Int(clamping: (stop.distanceAsMagnitude(from: start) - 1) / step.magnitude + 1)
        } else if step < 0, start > stop {
            count = Int(clamping: (start.distanceAsMagnitude(from: stop) - 1) / step.magnitude + 1)
        } else {
            count = 0
        }
    }

    subscript(index: Int) -> Int { start &+ index &* step }

    func contains(_ value: Int) -> Bool {
        guard count > 0 else { return false }
        let (low, high) = step > 0 ? (start, value) : (value, start)
        guard low <= high else { return false }
        let distance = high.distanceAsMagnitude(from: low)
        let (steps, rest) = distance.quotientAndRemainder(dividingBy: step.magnitude)
        return rest == 0 && steps < count.magnitude
    }

    func isEqual(to other: RangeObject) -> Bool {
        guard count == other.count else { return false }
        return count == 0 || (start == other.start && (count == 1 || step == other.step))
    }
}

extension Int {
    /// `self - other` for a smaller `other`, without overflow.
    fileprivate func distanceAsMagnitude(from other: Int) -> UInt {
        UInt(bitPattern: self) &- UInt(bitPattern: other)
    }
}

/// A struct or a module: values read with a dot.
final class StructObject {
    enum Kind: Equatable {
        case structure(String)
        case module(String)
    }

    let kind: Kind
    /// Sorted by name, each name once.
    private(set) var fields: [(name: ByteString, value: Value)]

    private var isFrozen = false

    /// Whether this is the first time.
    func markFrozen() -> Bool {
        // Frozen values are shared between threads: they may be read again, not written.
        if isFrozen { return false }
        isFrozen = true
        return true
    }

    init(kind: Kind, fields: [(name: String, value: Value)]) {
        self.kind = kind
        var byName: [ByteString: Value] = [:]
        for field in fields {
            byName[ByteString(field.name)] = field.value
        }
        self.fields = byName.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    var typeName: String {
        switch kind {
        case .structure: "struct"
        case .module: "module"
        }
    }

    subscript(name: ByteString) -> Value? {
        var low = 0
        var high = fields.count
        while low < high {
            let middle = (low + high) / 2
            let order = fields[middle].name.compared(to: name)
            if order == 0 { return fields[middle].value }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    deinit {
        var values = fields.map(\.value)
        fields = []
        Teardown.release(&values)
    }
}

/// What `s.elems()`, `s.codepoints()` and their like return: a string or bytes seen as a sequence.
final class StringViewObject {
    enum Kind {
        case elements, elementOrdinals, codePoints, codePointOrdinals, byteElements
    }

    let kind: Kind
    let content: ByteString

    init(kind: Kind, content: ByteString) {
        self.kind = kind
        self.content = content
    }

    var typeName: String {
        switch kind {
        case .elements, .elementOrdinals: "string.elems"
        case .codePoints, .codePointOrdinals: "string.codepoints"
        case .byteElements: "bytes.elems"
        }
    }

    /// The method that makes such a view, for printing.
    var method: String {
        switch kind {
        case .elements, .byteElements: "elems"
        case .elementOrdinals: "elem_ords"
        case .codePoints: "codepoints"
        case .codePointOrdinals: "codepoint_ords"
        }
    }

    /// Known for bytes, unknown for code points.
    var count: Int? {
        switch kind {
        case .elements, .elementOrdinals: content.count
        case .codePoints, .codePointOrdinals, .byteElements: nil
        }
    }

    var values: [Value] {
        switch kind {
        case .elements: content.bytes.map { .string(ByteString([$0])) }
        case .elementOrdinals, .byteElements: content.bytes.map { .int(Int($0)) }
        case .codePoints:
            content.codePoints.map { point in
                point.isValid ? .string(ByteString(content.bytes[point.range])) : .string("\u{FFFD}")
            }
        case .codePointOrdinals: content.codePoints.map { .int(Int($0.scalar.value)) }
        }
    }
}

/// A host function, or a method together with what it is called on.
final class BuiltinObject {
    let function: HostFunction
    private(set) var receiver: Value?

    init(function: HostFunction, receiver: Value?) {
        self.function = function
        self.receiver = receiver
    }

    deinit {
        guard let receiver else { return }
        var values = [receiver]
        self.receiver = nil
        Teardown.release(&values)
    }
}

/// A variable shared by a function and those nested in it.
final class CellObject {
    var value: Value

    init(_ value: Value) {
        self.value = value
    }

    deinit {
        var values = [value]
        value = .unbound
        Teardown.release(&values)
    }
}
