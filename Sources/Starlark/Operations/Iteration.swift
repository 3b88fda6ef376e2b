/// Going through the elements of a value. The dispatch loop has its own way, `LoopState`; this is for host functions.
enum Iteration {
    static func isIterable(_ value: Value) -> Bool {
        switch value.objectKind {
        case .list, .tuple, .dict, .set, .range, .view: true
        default: false
        }
    }

    /// All elements where they lie, or where they are put if they lie nowhere; good until the value changes.
    static func view(_ value: Value, _ meter: Meter) throws(EvaluationError) -> UnsafeBufferPointer<Value> {
        switch value.objectKind {
        case .list: UnsafeBufferPointer(ListObject(value).elements)
        case .tuple: UnsafeBufferPointer(TupleObject(value).elements)
        default: UnsafeBufferPointer(TupleObject(meter.heap.tuple(try elements(value, meter))).elements)
        }
    }

    /// All elements at once.
    static func elements(_ value: Value, _ meter: Meter) throws(EvaluationError) -> [Value] {
        switch value.storage {
        case .list(let list):
            try meter.step(list.count >> 4)
            return Array(list.elements)
        case .tuple(let tuple):
            try meter.step(tuple.count >> 4)
            return Array(tuple.elements)
        case .dict(let table), .set(let table):
            try meter.step(table.count >> 2)
            return table.keys
        case .range(let range):
            try meter.allocate(count: range.count, of: 8)
            var values: [Value] = []
            values.reserveCapacity(range.count)
            for index in 0..<range.count { values.append(meter.heap.int(range[index])) }
            return values
        case .view(let view):
            try meter.allocate(count: view.content.count, of: 64)
            return try view.values(meter)
        default:
            throw EvaluationError("\(value.typeName) value is not iterable")
        }
    }

    /// What `len(x)` returns; nil if the value has no length or does not know it.
    @inline(__always)
    static func count(_ value: Value) -> Int? {
        switch value.objectKind {
        case .list: ListObject(value).count
        case .string: StringObject(value).count
        default: otherCount(value)
        }
    }

    private static func otherCount(_ value: Value) -> Int? {
        switch value.storage {
        case .string(let content), .bytes(let content): content.count
        case .list(let list): list.count
        case .tuple(let tuple): tuple.count
        case .dict(let table), .set(let table): table.count
        case .range(let range): range.count
        case .view(let view): view.count
        default: nil
        }
    }

    /// Counts a loop over the container, during which it cannot change; every one is matched by an `unlock`.
    static func lock(_ value: Value) {
        switch value.objectKind {
        case .list, .dict, .set: if !value.header.pointee.isFrozen { value.header.pointee.iterators += 1 }
        default: break
        }
    }

    static func unlock(_ value: Value) {
        switch value.objectKind {
        case .list, .dict, .set: if !value.header.pointee.isFrozen { value.header.pointee.iterators -= 1 }
        default: break
        }
    }
}
