enum DictMethods {
    static let table = methods([
        HostFunction("clear") { call in
            try call.none()
            let dict = try receiver(call)
            try dict.checkMutable("clear", "dict")
            dict.removeAll()
            return .none
        },
        HostFunction("get") { call in
            let arguments = try call.positional(atLeast: 1, atMost: 2)
            let value = try receiver(call).lookup(arguments[0], call.meter)
            return value ?? call.optional(1, of: arguments)
        },
        HostFunction("items") { call in
            try call.none()
            let dict = try receiver(call)
            try call.meter.allocate(count: dict.count, of: 40)
            let result = call.heap.newList(capacity: dict.count)
            for slot in dict.slots where slot.isLive {
                try call.meter.step()
                let pair = call.heap.newTuple(count: 2)
                pair.start[0] = slot.key
                pair.start[1] = slot.value
                result.append(pair.value, call.heap)
            }
            return result.value
        },
        HostFunction("keys") { call in
            try call.none()
            let dict = try receiver(call)
            try call.meter.allocate(count: dict.count, of: 16)
            return call.heap.list(dict.keys)
        },
        HostFunction("pop") { call in
            let arguments = try call.positional(atLeast: 1, atMost: 2)
            let dict = try receiver(call)
            try dict.checkMutable("delete from", "dict")
            if let value = try dict.remove(arguments[0], call.meter) { return value }
            guard arguments.count == 2 else {
                throw EvaluationError("missing key \(try Printer.representation(arguments[0], call.meter))")
            }
            return arguments[1]
        },
        HostFunction("popitem") { call in
            try call.none()
            let dict = try receiver(call)
            guard let first = dict.first else { throw EvaluationError("empty dict") }
            try dict.checkMutable("delete from", "dict")
            _ = try dict.remove(first.key, call.meter)
            return call.heap.tuple([first.key, first.value])
        },
        HostFunction("setdefault") { call in
            let arguments = try call.positional(atLeast: 1, atMost: 2)
            let dict = try receiver(call)
            if let value = try dict.lookup(arguments[0], call.meter) { return value }
            try dict.checkMutable("insert into", "dict")
            let value = call.optional(1, of: arguments)
            try dict.insert(arguments[0], value, call.meter)
            return value
        },
        HostFunction("update") { call in
            try update(try receiver(call), call)
            return .none
        },
        HostFunction("values") { call in
            try call.none()
            let dict = try receiver(call)
            try call.meter.allocate(count: dict.count, of: 16)
            return call.heap.list(dict.values)
        },
    ])

    private static func receiver(_ call: HostCall) throws(EvaluationError) -> TableObject {
        guard let value = call.receiver, case .dict(let dict) = value.storage else {
            throw EvaluationError("is a method of dicts")
        }
        return dict
    }

    /// Adds what `dict(pairs, name = value)` and `d.update(pairs, name = value)` are given.
    static func update(_ dict: TableObject, _ call: HostCall) throws(EvaluationError) {
        guard call.positional.count <= 1 else {
            throw EvaluationError("got \(call.positional.count) arguments, want at most 1")
        }
        var pairs: [(key: Value, value: Value)] = []
        if let source = call.positional.first {
            if case .dict(let other) = source.storage {
                pairs = other.pairs
            } else {
                guard Iteration.isIterable(source) else {
                    throw EvaluationError("got \(source.typeName), want iterable")
                }
                for (index, element) in try Iteration.elements(source, call.meter).enumerated() {
                    guard Iteration.isIterable(element) else {
                        throw EvaluationError("element #\(index) is not iterable: \(element.typeName)")
                    }
                    guard Iteration.count(element) != nil else {
                        throw EvaluationError("element #\(index) has unknown length: \(element.typeName)")
                    }
                    let pair = try Iteration.elements(element, call.meter)
                    guard pair.count == 2 else {
                        throw EvaluationError("element #\(index) has length \(pair.count), want 2")
                    }
                    pairs.append((pair[0], pair[1]))
                }
            }
        }
        if !pairs.isEmpty || !call.named.isEmpty { try dict.checkMutable("insert into", "dict") }
        try call.meter.allocate(count: pairs.count, of: 32)
        for (key, value) in pairs { try dict.insert(key, value, call.meter) }
        var seen: Set<String> = []
        for (name, value) in call.named {
            guard seen.insert(name).inserted else { throw EvaluationError("duplicate keyword argument \(name)") }
            try dict.insert(call.heap.string(name), value, call.meter)
        }
    }
}
