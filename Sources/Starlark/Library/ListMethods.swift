enum ListMethods {
    static let table = methods([
        HostFunction("append") { call in
            let list = try receiver(call)
            let value = try call.only()
            try list.checkMutable("append to", "list")
            try checkLength(list.count + 1)
            list.append(value, call.heap)
            return .none
        },
        HostFunction("clear") { call in
            try call.none()
            let list = try receiver(call)
            try list.checkMutable("clear", "list")
            list.removeAll()
            return .none
        },
        HostFunction("extend") { call in
            let list = try receiver(call)
            let elements = try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1))
            try list.checkMutable("extend", "list")
            try call.meter.allocate(count: list.count + elements.count, of: 8)
            elements.withUnsafeBufferPointer { list.append($0, call.heap) }
            return .none
        },
        HostFunction("index") { call in
            let list = try receiver(call)
            let arguments = try call.positional(atLeast: 1, atMost: 3)
            let bounds = try Indexing.bounds(
                call.optional(1, of: arguments), call.optional(2, of: arguments), list.count)
            try call.meter.step(bounds.count >> 4)
            for index in bounds where try Comparison.areEqual(list.elements[index], arguments[0], call.meter) {
                return call.heap.int(index)
            }
            throw EvaluationError("value not in list")
        },
        HostFunction("insert") { call in
            let list = try receiver(call)
            let arguments = try call.positional(atLeast: 2, atMost: 2)
            let index = try call.int(0, of: arguments)
            try list.checkMutable("insert into", "list")
            try call.meter.step(list.count >> 6)
            try checkLength(list.count + 1)
            let offset = index < 0 ? max(0, index + list.count) : min(index, list.count)
            list.insert(arguments[1], at: offset, call.heap)
            return .none
        },
        HostFunction("pop") { call in
            let list = try receiver(call)
            let arguments = try call.positional(atMost: 1)
            let count = list.count
            let index = arguments.isEmpty ? count - 1 : try call.int(0, of: arguments)
            let offset = index < 0 && !arguments.isEmpty ? index + count : index
            guard offset >= 0, offset < count else {
                throw Indexing.outOfRange(String(index), count, list.value)
            }
            try list.checkMutable("pop from", "list")
            try call.meter.step((count - offset) >> 6)
            return list.remove(at: offset)
        },
        HostFunction("remove") { call in
            let list = try receiver(call)
            let value = try call.only()
            try list.checkMutable("remove from", "list")
            try call.meter.step(list.count >> 4)
            for index in list.elements.indices
            where try Comparison.areEqual(list.elements[index], value, call.meter) {
                _ = list.remove(at: index)
                return .none
            }
            throw EvaluationError("element not found")
        },
    ])

    private static func checkLength(_ count: Int) throws(EvaluationError) {
        guard count <= Limits.elements else {
            throw EvaluationError("value too large: more than \(Limits.elements) elements", kind: .limit(.memory))
        }
    }

    private static func receiver(_ call: HostCall) throws(EvaluationError) -> ListObject {
        guard let value = call.receiver, value.isObject(of: .list) else {
            throw EvaluationError("is a method of lists")
        }
        return ListObject(value)
    }
}

/// The functions by name.
func methods(_ functions: [HostFunction]) -> [String: HostFunction] {
    Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
