extension Value {
    /// Makes the value and everything reachable from it immutable for ever. Takes no more stack however deep it is.
    package func freeze() {
        var pending = [self]
        while let value = pending.popLast() {
            switch value.storage {
            case .list(let list):
                guard !list.mutation.isFrozen else { continue }
                list.mutation.isFrozen = true
                pending.append(contentsOf: list.elements)
            case .dict(let dict):
                guard !dict.mutation.isFrozen else { continue }
                dict.mutation.isFrozen = true
                // Keys are hashable and hence immutable, but a tuple or struct may hold a function.
                pending.append(contentsOf: dict.entries.keys)
                pending.append(contentsOf: dict.entries.values)
            case .set(let set):
                guard !set.mutation.isFrozen else { continue }
                set.mutation.isFrozen = true
                pending.append(contentsOf: set.entries.keys)
            case .tuple(let tuple):
                guard tuple.markFrozen() else { continue }
                pending.append(contentsOf: tuple.elements)
            case .structure(let object):
                guard object.markFrozen() else { continue }
                pending.append(contentsOf: object.fields.map(\.value))
            case .function(let function):
                guard function.markFrozen() else { continue }
                pending.append(contentsOf: function.defaults)
                pending.append(contentsOf: function.captured.map { Value(.cell($0)) })
            case .builtin(let builtin):
                if let receiver = builtin.receiver { pending.append(receiver) }
            case .cell(let cell):
                pending.append(cell.value)
            default:
                continue
            }
        }
    }
}
