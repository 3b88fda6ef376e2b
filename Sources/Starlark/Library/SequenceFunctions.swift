/// The functions that go through sequences.
enum SequenceFunctions {
    static let all = [
        HostFunction("all") { call in
            let elements = try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1))
            return .bool(elements.allSatisfy(\.isTrue))
        },
        HostFunction("any") { call in
            let elements = try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1))
            return .bool(elements.contains(where: \.isTrue))
        },
        HostFunction("enumerate") { call in
            let arguments = try call.positional(atLeast: 1, atMost: 2)
            let elements = try call.iterable(0, of: arguments)
            let start = arguments.count > 1 ? try call.int(1, of: arguments) : 0
            try call.meter.allocate(count: elements.count, of: 96)
            let result = call.heap.newList(capacity: elements.count)
            for (index, element) in elements.enumerated() {
                try call.meter.step()
                let pair = call.heap.newTuple(count: 2)
                pair.start[0] = call.heap.int(start &+ index)
                pair.start[1] = element
                result.append(pair.value, call.heap)
            }
            return result.value
        },
        HostFunction("len") { call in
            let value = try call.only()
            guard let count = Iteration.count(value) else {
                throw EvaluationError("\(value.typeName) has no length")
            }
            return call.heap.int(count)
        },
        HostFunction("max") { call in
            try extremum(call) { meter, new, best throws(EvaluationError) in
                try Comparison.isLess(best, new, meter)
            }
        },
        HostFunction("min") { call in
            try extremum(call) { meter, new, best throws(EvaluationError) in
                try Comparison.isLess(new, best, meter)
            }
        },
        HostFunction("reversed") { call in
            let argument = try call.positional(atLeast: 1, atMost: 1)[0]
            guard Iteration.isIterable(argument) else { throw call.mismatch(0, argument, "iterable") }
            let elements = try Iteration.view(argument, call.meter)
            try call.meter.allocate(count: elements.count, of: 8)
            let result = call.heap.newList(capacity: elements.count)
            for (index, element) in elements.reversed().enumerated() {
                if index & 0xFFFF == 0 { try call.meter.check() }
                result.append(element, call.heap)
            }
            return result.value
        },
        HostFunction("sorted", "iterable", "key?", "reverse?", body: sorted),
        HostFunction("zip", body: zip),
    ]

    private static func extremum(
        _ call: HostCall, isBetter: (Meter, Value, Value) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) -> Value {
        var key: Value?
        for (name, value) in call.named {
            guard name == "key" else {
                throw EvaluationError("unexpected keyword argument \(name)\(Spelling.hint(for: name, among: ["key"]))")
            }
            guard value.isCallable else {
                throw EvaluationError("for parameter key: got \(value.typeName), want callable")
            }
            key = value
        }
        guard let first = call.positional.first else { throw EvaluationError("needs at least one positional argument") }
        var candidates = Array(call.positional)
        let isSequence = candidates.count == 1
        if isSequence {
            candidates = try Iteration.elements(first, call.meter)
            // The key function must not change what is being looked through.
            Iteration.lock(first)
        }
        defer { if isSequence { Iteration.unlock(first) } }
        guard var best = candidates.first else { throw EvaluationError("argument is an empty sequence") }
        var bestKey = best
        if let key { bestKey = try call.evaluation.call(key, best) }
        for candidate in candidates.dropFirst() {
            var candidateKey = candidate
            if let key { candidateKey = try call.evaluation.call(key, candidate) }
            try call.meter.step()
            if try isBetter(call.meter, candidateKey, bestKey) {
                best = candidate
                bestKey = candidateKey
            }
        }
        return best
    }

    private static func sorted(_ call: HostCall) throws(EvaluationError) -> Value {
        let arguments = try call.bind()
        let iterable = arguments.value("iterable")
        guard Iteration.isIterable(iterable) else {
            throw EvaluationError("for parameter iterable: got \(iterable.typeName), want iterable")
        }
        let isReversed = try arguments.bool("reverse")
        // The key function must not change what is being sorted.
        Iteration.lock(iterable)
        defer { Iteration.unlock(iterable) }
        let elements = try Iteration.elements(iterable, call.meter)
        try call.meter.allocate(count: elements.count, of: 32)
        var pairs: [MergeSort.Element] = []
        pairs.reserveCapacity(elements.count)
        if let key = try arguments.callable("key") {
            for element in elements {
                pairs.append(MergeSort.Element(key: try call.evaluation.call(key, element), value: element))
            }
        } else {
            for element in elements { pairs.append(MergeSort.Element(key: element, value: element)) }
        }
        try MergeSort.sort(&pairs, isReversed: isReversed, call.meter)
        let result = call.heap.newList(capacity: pairs.count)
        for (index, pair) in pairs.enumerated() { result.layout.pointee.start[index] = pair.value }
        result.layout.pointee.count = pairs.count
        return result.value
    }

    private static func zip(_ call: HostCall) throws(EvaluationError) -> Value {
        if let argument = call.named.first { throw EvaluationError("unexpected keyword argument \(argument.name)") }
        var columns: [[Value]] = []
        for (index, argument) in call.positional.enumerated() {
            guard Iteration.isIterable(argument) else {
                throw EvaluationError("argument #\(index + 1) is not iterable: \(argument.typeName)")
            }
            columns.append(try Iteration.elements(argument, call.meter))
        }
        let count = columns.map(\.count).min() ?? 0
        try call.meter.allocate(count: count, of: 80 + columns.count * 16)
        var rows: [Value] = []
        rows.reserveCapacity(count)
        for row in 0..<count {
            try call.meter.step()
            let tuple = call.heap.newTuple(count: columns.count)
            for column in columns.indices { tuple.start[column] = columns[column][row] }
            rows.append(tuple.value)
        }
        return call.heap.list(rows)
    }
}
