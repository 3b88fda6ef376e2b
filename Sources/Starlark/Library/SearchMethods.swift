/// The methods of strings that look for parts of them.
enum SearchMethods {
    static let all = [
        HostFunction("count") { call in
            let (content, part, _) = try window(call)
            if part.isEmpty { return call.heap.int(content.codePoints.count + 1) }
            return call.heap.int(try occurrences(of: part, in: content, atMost: .max, call.meter).count)
        },
        HostFunction("endswith") { call in try affix(call) { $0.hasSuffix($1) } },
        HostFunction("find") { call in call.heap.int(try position(call, isLast: false) ?? -1) },
        HostFunction("index") { call in call.heap.int(try found(try position(call, isLast: false))) },
        HostFunction("removeprefix") { call in
            let content = try call.text()
            let prefix = try call.string(0, of: try call.positional(atLeast: 1, atMost: 1))
            return content.hasPrefix(prefix) ? call.part(content, prefix.count..<content.count) : content.value
        },
        HostFunction("removesuffix") { call in
            let content = try call.text()
            let suffix = try call.string(0, of: try call.positional(atLeast: 1, atMost: 1))
            return content.hasSuffix(suffix) ? call.part(content, 0..<content.count - suffix.count) : content.value
        },
        HostFunction("replace", body: replace),
        HostFunction("rfind") { call in call.heap.int(try position(call, isLast: true) ?? -1) },
        HostFunction("rindex") { call in call.heap.int(try found(try position(call, isLast: true))) },
        HostFunction("startswith") { call in try affix(call) { $0.hasPrefix($1) } },
    ]

    /// The part of the receiver that optional bounds select, what to look for in it, and where the part begins.
    private static func window(
        _ call: HostCall
    ) throws(EvaluationError) -> (content: ByteView, part: ByteView, start: Int) {
        let content = try call.text().bytes
        let arguments = try call.positional(atLeast: 1, atMost: 3)
        let part = try call.string(0, of: arguments).bytes
        let bounds = try Indexing.bounds(
            call.optional(1, of: arguments), call.optional(2, of: arguments), content.count)
        if bounds == 0..<content.count { return (content, part, 0) }
        return (ByteView(rebasing: content[bounds]), part, bounds.lowerBound)
    }

    private static func position(_ call: HostCall, isLast: Bool) throws(EvaluationError) -> Int? {
        let (content, part, start) = try window(call)
        let range = isLast ? content.lastRange(of: part) : content.firstRange(of: part)
        return range.map { $0.lowerBound + start }
    }

    private static func found(_ position: Int?) throws(EvaluationError) -> Int {
        guard let position else { throw EvaluationError("substring not found") }
        return position
    }

    private static func affix(
        _ call: HostCall, _ matches: (ByteView, ByteView) -> Bool
    ) throws(EvaluationError) -> Value {
        var content = try call.text().bytes
        let arguments = try call.positional(atLeast: 1, atMost: 3)
        let bounds = try Indexing.bounds(
            call.optional(1, of: arguments), call.optional(2, of: arguments), content.count)
        if bounds != 0..<content.count { content = ByteView(rebasing: content[bounds]) }
        switch arguments[0].storage {
        case .string(let part):
            return .bool(matches(content, part.bytes))
        case .tuple(let tuple):
            for (index, element) in tuple.elements.enumerated() {
                guard case .string(let part) = element.storage else {
                    throw EvaluationError("want string, got \(element.typeName), for element \(index)")
                }
                if matches(content, part.bytes) { return .true }
            }
            return .false
        default:
            throw EvaluationError("got \(arguments[0].typeName), want string or tuple of string")
        }
    }

    /// The places of a non-empty part, none within another, from the left.
    static func occurrences(
        of part: ByteView, in content: ByteView, atMost limit: Int, _ meter: Meter
    ) throws(EvaluationError) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var offset = 0
        while result.count < limit, let range = content.firstRange(of: part, from: offset) {
            // Finding places takes no time to speak of, unless there are very many.
            if result.count & 0xFFF == 0xFFF { try meter.check() }
            result.append(range)
            offset = range.upperBound
        }
        return result
    }

    private static func replace(_ call: HostCall) throws(EvaluationError) -> Value {
        let content = try call.text().bytes
        let arguments = try call.positional(atLeast: 2, atMost: 3)
        let old = try call.string(0, of: arguments).bytes
        let new = try call.string(1, of: arguments).bytes
        let count = arguments.count > 2 ? try call.int(2, of: arguments) : -1
        let limit = count < 0 ? Int.max : count
        let places: [Range<Int>]
        if old.isEmpty {
            // Nothing stands before each code point and at the end.
            let starts = content.codePoints.map(\.range.lowerBound) + [content.count]
            places = starts.prefix(limit).map { $0..<$0 }
        } else {
            places = try occurrences(of: old, in: content, atMost: limit, call.meter)
        }
        try call.meter.allocate(count: content.count + places.count * max(0, new.count - old.count), of: 1)
        var output = ByteString([])
        var offset = 0
        for (index, place) in places.enumerated() {
            if index & 0xFFF == 0xFFF { try call.meter.check() }
            output.bytes += content[offset..<place.lowerBound]
            output.append(new)
            offset = place.upperBound
        }
        output.bytes += content[offset...]
        return call.heap.string(output)
    }
}
