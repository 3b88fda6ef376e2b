extension Value {
    /// Makes the value and everything reachable from it immutable for ever. Takes no more stack however deep it is.
    package func freeze() {
        // A list without elements takes no memory: most values are strings, and hold nothing else to freeze.
        var pending: [Value] = []
        var next: Value? = self
        while let value = next {
            defer { next = pending.popLast() }
            // Each object once, or values that share parts would take exponential time; and a frozen value, which other
            // threads may be reading, is not written again.
            guard value.isObject, !value.header.pointee.isFrozen else { continue }
            if case .string(let content) = value.storage {
                // Threads that share the string must find its hash there.
                _ = content.hash
            }
            value.header.pointee.isFrozen = true
            switch value.storage {
            case .list(let list): pending.append(contentsOf: list.elements)
            case .dict(let table):
                for slot in table.slots where slot.isLive {
                    // Keys are hashable and hence immutable, but a tuple or struct may hold a function.
                    pending.append(slot.key)
                    pending.append(slot.value)
                }
            case .set(let table): pending.append(contentsOf: table.keys)
            case .tuple(let tuple): pending.append(contentsOf: tuple.elements)
            case .structure(let object):
                for field in object.fields {
                    pending.append(field.name)
                    pending.append(field.value)
                }
            case .function(let function):
                pending.append(contentsOf: function.defaultValues)
                pending.append(contentsOf: function.capturedCells)
            case .builtin(let builtin):
                if let receiver = builtin.receiver { pending.append(receiver) }
            case .view(let view): pending.append(view.content.value)
            case .cell(let cell): pending.append(cell.content)
            case .none, .bool, .int, .bigInteger, .float, .string, .bytes, .range, .host, .unbound: break
            }
        }
    }
}
