/// Going through the elements of a value.
enum Iteration {
    /// What a loop walks over. Nothing can change a container while a loop is under way, so a copy of its array, which
    /// shares the storage, is the container itself.
    enum Source {
        case values([Value])
        case range(RangeObject)

        var count: Int {
            switch self {
            case .values(let values): values.count
            case .range(let range): range.count
            }
        }

        @inline(__always)
        subscript(index: Int) -> Value {
            switch self {
            case .values(let values): values[index]
            case .range(let range): .int(range[index])
            }
        }
    }

    /// Starts going through a value; every `begin` is matched by an `end`.
    static func begin(_ value: Value, _ meter: Meter) throws(EvaluationError) -> Source {
        switch value.storage {
        case .list(let list):
            if !list.mutation.isFrozen { list.mutation.iterators += 1 }
            return .values(list.elements)
        case .tuple(let tuple):
            return .values(tuple.elements)
        case .dict(let dict):
            if !dict.mutation.isFrozen { dict.mutation.iterators += 1 }
            return .values(dict.entries.keys)
        case .set(let set):
            if !set.mutation.isFrozen { set.mutation.iterators += 1 }
            return .values(set.entries.keys)
        case .range(let range):
            return .range(range)
        case .view(let view):
            try meter.allocate(count: view.content.count, of: 64)
            return .values(view.values)
        default:
            throw EvaluationError("\(value.typeName) value is not iterable")
        }
    }

    static func end(_ value: Value) {
        switch value.storage {
        case .list(let list): if !list.mutation.isFrozen { list.mutation.iterators -= 1 }
        case .dict(let dict): if !dict.mutation.isFrozen { dict.mutation.iterators -= 1 }
        case .set(let set): if !set.mutation.isFrozen { set.mutation.iterators -= 1 }
        default: break
        }
    }

    static func isIterable(_ value: Value) -> Bool {
        switch value.storage {
        case .list, .tuple, .dict, .set, .range, .view: true
        default: false
        }
    }

    /// All elements at once.
    static func elements(_ value: Value, _ meter: Meter) throws(EvaluationError) -> [Value] {
        switch value.storage {
        case .list(let list):
            try meter.step(list.elements.count >> 4)
            return list.elements
        case .tuple(let tuple):
            try meter.step(tuple.elements.count >> 4)
            return tuple.elements
        case .dict(let dict):
            try meter.step(dict.entries.count >> 2)
            return dict.entries.keys
        case .set(let set):
            try meter.step(set.entries.count >> 2)
            return set.entries.keys
        case .range(let range):
            try meter.allocate(count: range.count, of: 16)
            var values: [Value] = []
            values.reserveCapacity(range.count)
            for index in 0..<range.count { values.append(.int(range[index])) }
            return values
        case .view(let view):
            try meter.allocate(count: view.content.count, of: 64)
            return view.values
        default:
            throw EvaluationError("\(value.typeName) value is not iterable")
        }
    }

    /// What `len(x)` returns; nil if the value has no length or does not know it.
    static func count(_ value: Value) -> Int? {
        switch value.storage {
        case .string(let content), .bytes(let content): content.count
        case .list(let list): list.elements.count
        case .tuple(let tuple): tuple.elements.count
        case .dict(let dict): dict.entries.count
        case .set(let set): set.entries.count
        case .range(let range): range.count
        case .view(let view): view.count
        default: nil
        }
    }
}
