enum ListMethods {
    static let table = methods([
        HostFunction("append") { call in
            let list = try receiver(call)
            let value = try call.only()
            try list.mutation.check("append to", "list")
            try call.meter.allocate(16)
            try checkLength(list.elements.count + 1)
            list.elements.append(value)
            return .none
        },
        HostFunction("clear") { call in
            try call.none()
            let list = try receiver(call)
            try list.mutation.check("clear", "list")
            list.elements = []
            return .none
        },
        HostFunction("extend") { call in
            let list = try receiver(call)
            let elements = try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1))
            try list.mutation.check("extend", "list")
            try call.meter.allocate(count: list.elements.count + elements.count, of: 1)
            try call.meter.allocate(count: elements.count, of: 16)
            list.elements += elements
            return .none
        },
        HostFunction("index") { call in
            let list = try receiver(call)
            let arguments = try call.positional(atLeast: 1, atMost: 3)
            let bounds = try Indexing.bounds(
                call.optional(1, of: arguments), call.optional(2, of: arguments), list.elements.count)
            for index in bounds where try Comparison.areEqual(list.elements[index], arguments[0], call.meter) {
                return .int(index)
            }
            throw EvaluationError("value not in list")
        },
        HostFunction("insert") { call in
            let list = try receiver(call)
            let arguments = try call.positional(atLeast: 2, atMost: 2)
            let index = try call.int(0, of: arguments)
            try list.mutation.check("insert into", "list")
            try call.meter.allocate(16)
            try call.meter.step(list.elements.count >> 6)
            try checkLength(list.elements.count + 1)
            let offset = index < 0 ? max(0, index + list.elements.count) : min(index, list.elements.count)
            list.elements.insert(arguments[1], at: offset)
            return .none
        },
        HostFunction("pop") { call in
            let list = try receiver(call)
            let arguments = try call.positional(atMost: 1)
            let count = list.elements.count
            let index = arguments.isEmpty ? count - 1 : try call.int(0, of: arguments)
            let offset = index < 0 && !arguments.isEmpty ? index + count : index
            guard offset >= 0, offset < count else {
                throw Indexing.outOfRange(String(index), count, Value(.list(list)))
            }
            try list.mutation.check("pop from", "list")
            try call.meter.step((count - offset) >> 6)
            return list.elements.remove(at: offset)
        },
        HostFunction("remove") { call in
            let list = try receiver(call)
            let value = try call.only()
            try list.mutation.check("remove from", "list")
            for index in list.elements.indices
            where try Comparison.areEqual(list.elements[index], value, call.meter) {
                list.elements.remove(at: index)
                return .none
            }
            throw EvaluationError("element not found")
        },
    ])

    private static func checkLength(_ count: Int) throws(EvaluationError) {
        guard count <= Limits.length else {
            throw EvaluationError("value too large: more than \(Limits.length) elements", kind: .limit(.memory))
        }
    }

    private static func receiver(_ call: HostCall) throws(EvaluationError) -> ListObject {
        guard case .list(let list)? = call.receiver?.storage else {
            throw EvaluationError("is a method of lists")
        }
        return list
    }
}

/// The functions by name.
func methods(_ functions: [HostFunction]) -> [String: HostFunction] {
    Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
