/// The methods of strings that cut them into parts.
enum SplitMethods {
    static let all = [
        HostFunction("lstrip") { call in try strip(call, left: true, right: false) },
        HostFunction("partition") { call in
            let (content, separator) = try partitioned(call)
            guard let range = content.firstRange(of: separator) else {
                return call.heap.tuple([content.value, call.heap.string(""), call.heap.string("")])
            }
            return try parts(of: content, around: range, call)
        },
        HostFunction("rpartition") { call in
            let (content, separator) = try partitioned(call)
            guard let range = content.bytes.lastRange(of: separator.bytes) else {
                return call.heap.tuple([call.heap.string(""), call.heap.string(""), content.value])
            }
            return try parts(of: content, around: range, call)
        },
        HostFunction("rsplit") { call in try split(call, fromRight: true) },
        HostFunction("rstrip") { call in try strip(call, left: false, right: true) },
        HostFunction("split") { call in try split(call, fromRight: false) },
        HostFunction("splitlines") { call in
            let content = try call.text()
            let arguments = try call.positional(atMost: 1)
            var keepsEnds = false
            if let argument = arguments.first {
                guard let truth = argument.asBool else { throw call.mismatch(0, argument, "bool") }
                keepsEnds = truth
            }
            let newline = UInt8(ascii: "\n")
            var ranges: [Range<Int>] = []
            var start = 0
            for offset in content.bytes.indices where content.bytes[offset] == newline {
                try call.meter.step()
                ranges.append(start..<(keepsEnds ? offset + 1 : offset))
                start = offset + 1
            }
            if start < content.count { ranges.append(start..<content.count) }
            return try list(of: ranges, in: content, call)
        },
        HostFunction("strip") { call in try strip(call, left: true, right: true) },
    ]

    // MARK: - strip

    private static func strip(_ call: HostCall, left: Bool, right: Bool) throws(EvaluationError) -> Value {
        let content = try call.text()
        let arguments = try call.positional(atMost: 1)
        var set: Set<Unicode.Scalar> = []
        if !arguments.isEmpty {
            set = Set(try call.string(0, of: arguments).codePoints.map(\.scalar))
        }
        // An empty set of characters means white space, as if it had not been given.
        func isStripped(_ scalar: Unicode.Scalar) -> Bool {
            set.isEmpty ? SimpleCase.isSpace(scalar) : set.contains(scalar)
        }
        var start = 0
        var end = content.count
        if left {
            start = end
            try call.forEachCodePoint(of: content) { (point) throws(EvaluationError) in
                if isStripped(point.scalar) { return true }
                start = point.range.lowerBound
                return false
            }
        }
        while right, end > start {
            let last = content.bytes.codePoint(before: end)
            guard isStripped(last.scalar) else { break }
            end = last.range.lowerBound
        }
        return call.part(content, start..<end)
    }

    // MARK: - partition

    private static func partitioned(
        _ call: HostCall
    ) throws(EvaluationError) -> (content: StringObject, separator: StringObject) {
        let content = try call.text()
        let separator = try call.string(0, of: try call.positional(atLeast: 1, atMost: 1))
        guard !separator.isEmpty else { throw EvaluationError("empty separator") }
        return (content, separator)
    }

    private static func parts(
        of content: StringObject, around range: Range<Int>, _ call: HostCall
    ) throws(EvaluationError) -> Value {
        return call.heap.tuple([
            call.part(content, 0..<range.lowerBound),
            call.part(content, range),
            call.part(content, range.upperBound..<content.count),
        ])
    }

    // MARK: - split

    private static func split(_ call: HostCall, fromRight: Bool) throws(EvaluationError) -> Value {
        let content = try call.text()
        let arguments = try call.positional(atMost: 2)
        let limit = arguments.count > 1 ? try call.int(1, of: arguments) : -1
        let maximum = limit < 0 ? Int.max : limit
        let separator = call.optional(0, of: arguments)
        switch separator.storage {
        case .none:
            return try list(of: fields(content, maximum, fromRight, call), in: content, call)
        case .string(let text):
            guard !text.isEmpty else { throw EvaluationError("empty separator") }
            var places = try SearchMethods.occurrences(
                of: text.bytes, in: content.bytes, atMost: fromRight ? .max : maximum, call.meter)
            if fromRight, places.count > maximum { places.removeFirst(places.count - maximum) }
            var ranges: [Range<Int>] = []
            var start = 0
            for place in places {
                ranges.append(start..<place.lowerBound)
                start = place.upperBound
            }
            ranges.append(start..<content.count)
            return try list(of: ranges, in: content, call)
        default:
            throw EvaluationError("got \(separator.typeName) for separator, want string")
        }
    }

    /// Runs of anything but white space; with a limit the last field (from the right, the first) takes all the rest.
    private static func fields(
        _ content: StringObject, _ maximum: Int, _ fromRight: Bool, _ call: HostCall
    ) throws(EvaluationError) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        try call.forEachCodePoint(of: content) { (point) throws(EvaluationError) in
            if SimpleCase.isSpace(point.scalar) {
                if let begin = start { runs.append(begin..<point.range.lowerBound) }
                start = nil
            } else if start == nil {
                start = point.range.lowerBound
            }
            return true
        }
        // What the rest runs to: the end of the text from the left, of the first field's run from the right.
        if let begin = start { runs.append(begin..<content.count) }
        guard runs.count > maximum else { return runs }
        if fromRight {
            let excess = runs.count - maximum
            return [0..<runs[excess - 1].upperBound] + runs[excess...]
        }
        return runs[..<maximum] + [runs[maximum].lowerBound..<content.count]
    }

    private static func list(
        of ranges: [Range<Int>], in content: StringObject, _ call: HostCall
    ) throws(EvaluationError) -> Value {
        try call.meter.allocate(count: ranges.count, of: 64)
        try call.meter.allocate(count: content.count, of: 1)
        let result = call.heap.newList(capacity: ranges.count)
        for range in ranges {
            try call.meter.step()
            result.append(call.part(content, range), call.heap)
        }
        return result.value
    }
}
