enum SetMethods {
    static let table = methods([
        HostFunction("add") { call in
            let value = try call.only()
            let set = try receiver(call)
            try set.checkMutable("insert into", "set")
            try set.insert(value, .none, call.meter)
            return .none
        },
        HostFunction("clear") { call in
            try call.none()
            let set = try receiver(call)
            if set.count > 0 {
                try set.checkMutable("clear", "set")
                set.removeAll()
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
            try set.checkMutable("delete from", "set")
            _ = try set.remove(value, call.meter)
            return .none
        },
        HostFunction("intersection") { call in
            try algebra(call) { (table, others) throws(EvaluationError) in
                try SetAlgebra.intersection(table, others, call.meter)
            }
        },
        HostFunction("issubset") { call in
            let set = try receiver(call)
            let others = call.heap.newSet()
            for element in try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1)) {
                try others.insert(element, .none, call.meter)
            }
            for slot in set.slots where slot.isLive {
                guard try others.contains(slot.key, call.meter) else { return .false }
            }
            return .true
        },
        HostFunction("issuperset") { call in
            let set = try receiver(call)
            for element in try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1)) {
                guard try set.contains(element, call.meter) else { return .false }
            }
            return .true
        },
        HostFunction("pop") { call in
            try call.none()
            let set = try receiver(call)
            guard let first = set.first else { throw EvaluationError("empty set") }
            try set.checkMutable("delete from", "set")
            _ = try set.remove(first.key, call.meter)
            return first.key
        },
        HostFunction("remove") { call in
            let value = try call.only()
            let set = try receiver(call)
            try set.checkMutable("delete from", "set")
            guard try set.remove(value, call.meter) != nil else {
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
            var table = call.heap.copy(try receiver(call))
            for others in try sequences(call) { table = try SetAlgebra.union(table, others, call.meter) }
            return table.value
        },
        HostFunction("update") { call in
            let set = try receiver(call)
            for others in try sequences(call) {
                for element in others {
                    try set.checkMutable("insert into", "set")
                    try set.insert(element, .none, call.meter)
                }
            }
            return .none
        },
    ])

    private static func receiver(_ call: HostCall) throws(EvaluationError) -> TableObject {
        guard let value = call.receiver, case .set(let set) = value.storage else {
            throw EvaluationError("is a method of sets")
        }
        return set
    }

    private static func algebra(
        _ call: HostCall, _ operation: (TableObject, [Value]) throws(EvaluationError) -> TableObject
    ) throws(EvaluationError) -> Value {
        let others = try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1))
        return try operation(try receiver(call), others).value
    }

    /// The elements of any number of arguments.
    private static func sequences(_ call: HostCall) throws(EvaluationError) -> [[Value]] {
        if let argument = call.named.first { throw EvaluationError("unexpected keyword argument \(argument.name)") }
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
            guard let value = call.receiver, value.isObject(of: .bytes) else {
                throw EvaluationError("is a method of bytes")
            }
            return call.heap.view(.byteElements, of: value)
        }
    ])
}
