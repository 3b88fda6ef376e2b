enum SetMethods {
    static let table = methods([
        HostFunction("add") { call in
            let value = try call.only()
            let set = try receiver(call)
            try set.mutation.check("insert into", "set")
            try set.entries.insert(value, .none, call.meter)
            return .none
        },
        HostFunction("clear") { call in
            try call.none()
            let set = try receiver(call)
            if set.entries.count > 0 {
                try set.mutation.check("clear", "set")
                set.entries.removeAll()
            }
            return .none
        },
        HostFunction("difference") { call in
            try algebra(call) { (table, others) throws(EvaluationError) in
                try SetAlgebra.difference(table, others, call.meter)
            }
        },
        HostFunction("discard") { call in
            let value = try call.only()
            let set = try receiver(call)
            try set.mutation.check("delete from", "set")
            _ = try set.entries.remove(value, call.meter)
            return .none
        },
        HostFunction("intersection") { call in
            try algebra(call) { (table, others) throws(EvaluationError) in
                try SetAlgebra.intersection(table, others, call.meter)
            }
        },
        HostFunction("issubset") { call in
            let set = try receiver(call)
            var others = HashTable()
            for element in try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1)) {
                try others.insert(element, .none, call.meter)
            }
            for slot in set.entries.slots where slot.isLive {
                guard try others.contains(slot.key, call.meter) else { return .false }
            }
            return .true
        },
        HostFunction("issuperset") { call in
            let set = try receiver(call)
            for element in try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1)) {
                guard try set.entries.contains(element, call.meter) else { return .false }
            }
            return .true
        },
        HostFunction("pop") { call in
            try call.none()
            let set = try receiver(call)
            guard let first = set.entries.first else { throw EvaluationError("empty set") }
            try set.mutation.check("delete from", "set")
            _ = try set.entries.remove(first.key, call.meter)
            return first.key
        },
        HostFunction("remove") { call in
            let value = try call.only()
            let set = try receiver(call)
            try set.mutation.check("delete from", "set")
            guard try set.entries.remove(value, call.meter) != nil else {
                throw EvaluationError("missing element \(try Printer.representation(value, call.meter))")
            }
            return .none
        },
        HostFunction("symmetric_difference") { call in
            try algebra(call) { (table, others) throws(EvaluationError) in
                try SetAlgebra.symmetricDifference(table, others, call.meter)
            }
        },
        HostFunction("union") { call in
            var table = try receiver(call).entries
            for others in try sequences(call) { table = try SetAlgebra.union(table, others, call.meter) }
            return Value(.set(SetObject(table)))
        },
        HostFunction("update") { call in
            let set = try receiver(call)
            for others in try sequences(call) {
                for element in others {
                    try set.mutation.check("insert into", "set")
                    try set.entries.insert(element, .none, call.meter)
                }
            }
            return .none
        },
    ])

    private static func receiver(_ call: HostCall) throws(EvaluationError) -> SetObject {
        guard case .set(let set)? = call.receiver?.storage else {
            throw EvaluationError("is a method of sets")
        }
        return set
    }

    private static func algebra(
        _ call: HostCall, _ operation: (HashTable, [Value]) throws(EvaluationError) -> HashTable
    ) throws(EvaluationError) -> Value {
        let others = try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1))
        return Value(.set(SetObject(try operation(try receiver(call).entries, others))))
    }

    /// The elements of any number of arguments.
    private static func sequences(_ call: HostCall) throws(EvaluationError) -> [[Value]] {
        guard call.named.isEmpty else { throw EvaluationError("unexpected keyword argument \(call.named[0].name)") }
        var result: [[Value]] = []
        for (index, argument) in call.positional.enumerated() {
            guard Iteration.isIterable(argument) else {
                throw EvaluationError("argument #\(index + 1) is not iterable: \(argument.typeName)")
            }
            result.append(try Iteration.elements(argument, call.meter))
        }
        return result
    }
}

enum BytesMethods {
    static let table = methods([
        HostFunction("elems") { call in
            try call.none()
            guard case .bytes(let content)? = call.receiver?.storage else {
                throw EvaluationError("is a method of bytes")
            }
            return Value(.view(StringViewObject(kind: .byteElements, content: content)))
        }
    ])
}
