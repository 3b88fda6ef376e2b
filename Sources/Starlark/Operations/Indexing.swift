/// `x[i]`, `x[i] = y` and `x[i:j:k]`.
enum Indexing {
    static func element(_ container: Value, _ key: Value, _ meter: Meter) throws(EvaluationError) -> Value {
        switch container.storage {
        case .dict(let dict):
            if let value = try dict.lookup(key, meter) { return value }
            throw EvaluationError("key \(try Printer.representation(key, meter)) not in dict")
        case .list(let list):
            return list.elements[try position(key, list.count, container)]
        case .tuple(let tuple):
            return tuple.elements[try position(key, tuple.count, container)]
        case .string(let content):
            let offset = try position(key, content.count, container)
            return meter.heap.substring(content, offset..<offset + 1)
        case .bytes(let content):
            let offset = try position(key, content.count, container)
            return meter.heap.substring(content, offset..<offset + 1)
        case .range(let range):
            return meter.heap.int(range[try position(key, range.count, container)])
        case .view(let view):
            guard let count = view.count else { break }
            let offset = try position(key, count, container)
            if view.kind == .elements { return meter.heap.substring(view.content, offset..<offset + 1) }
            return .int(Int32(view.content.bytes[offset]))
        default:
            break
        }
        throw EvaluationError("unsupported operation: \(container.typeName)[\(key.typeName)]")
    }

    static func setElement(
        _ container: Value, _ key: Value, _ value: Value, _ meter: Meter
    ) throws(EvaluationError) {
        switch container.storage {
        case .dict(let dict):
            try dict.checkMutable("insert into", "dict")
            try dict.insert(key, value, meter)
        case .list(let list):
            let index = try position(key, list.count, container)
            try list.checkMutable("assign to element of", "list")
            list.elements[index] = value
        default:
            throw EvaluationError("\(container.typeName) value does not support item assignment")
        }
    }

    /// The offset that an index means: negative ones count from the end.
    private static func position(_ key: Value, _ count: Int, _ container: Value) throws(EvaluationError) -> Int {
        guard let index = key.asInt else {
            if case .bigInteger = key.storage { throw outOfRange("a large number", count, container) }
            throw EvaluationError("\(container.typeName) index: got \(key.typeName), want int")
        }
        let offset = index < 0 ? index + count : index
        guard offset >= 0, offset < count else { throw outOfRange(String(index), count, container) }
        return offset
    }

    static func outOfRange(_ index: String, _ count: Int, _ container: Value) -> EvaluationError {
        if count == 0 { return EvaluationError("index \(index) out of range: empty \(container.typeName)") }
        return EvaluationError("\(container.typeName) index \(index) out of range [\(-count):\(count - 1)]")
    }

    // MARK: - Slices

    static func slice(
        _ sequence: Value, from start: Value, to end: Value, by step: Value, _ meter: Meter
    ) throws(EvaluationError) -> Value {
        guard let count = sliceableCount(sequence) else {
            throw EvaluationError("cannot slice \(sequence.typeName)")
        }
        let stride = try bound(step, "slice step") ?? 1
        guard stride != 0 else { throw EvaluationError("slice step must not be zero") }
        let (first, last) = try limits(start, end, stride, count)
        if case .range(let range) = sequence.storage {
            // An empty part of a range begins and ends at the same place, which shows when it is printed.
            let isEmpty = stride > 0 ? last < first : first < last
            let (start, stop) = isEmpty ? (stride > 0 ? (first, first) : (last, last)) : (first, last)
            return try subrange(range, start, stop, stride, meter.heap)
        }

        let length = stride > 0 ? max(0, last - first) : max(0, first - last)
        let size = length == 0 ? 0 : (length - 1) / Int(clamping: stride.magnitude) + 1
        switch sequence.storage {
        case .string(let content), .bytes(let content):
            if stride == 1 { return meter.heap.substring(content, first..<first + size) }
            try meter.allocate(count: size, of: 1)
            let picked = pick(content.bytes, first, stride, size)
            return sequence.isObject(of: .string) ? meter.heap.string(ByteString(picked)) : meter.heap.bytes(picked)
        case .tuple(let tuple):
            if size == tuple.count, stride == 1 { return sequence }
            try meter.allocate(count: size, of: 8)
            let result = meter.heap.newTuple(count: size)
            try pick(tuple.start, first, stride, size, into: result.start, meter)
            return result.value
        case .list(let list):
            try meter.allocate(count: size, of: 8)
            let result = meter.heap.newList(capacity: size)
            try pick(list.layout.pointee.start, first, stride, size, into: result.layout.pointee.start, meter)
            result.layout.pointee.count = size
            return result.value
        default:
            throw EvaluationError("cannot slice \(sequence.typeName)")
        }
    }

    /// The range `[start, end)` that optional bounds mean in a sequence, for methods such as `find`.
    static func bounds(_ start: Value, _ end: Value, _ count: Int) throws(EvaluationError) -> Range<Int> {
        let (first, last) = try limits(start, end, 1, count)
        return first..<max(first, last)
    }

    private static func sliceableCount(_ sequence: Value) -> Int? {
        switch sequence.storage {
        case .string, .bytes, .list, .tuple, .range: Iteration.count(sequence)
        default: nil
        }
    }

    private static func limits(
        _ start: Value, _ end: Value, _ stride: Int, _ count: Int
    ) throws(EvaluationError) -> (Int, Int) {
        func offset(_ index: Int) -> Int { index < 0 ? max(index, -count - 1) + count : index }
        let from = try bound(start, "start index").map(offset)
        let to = try bound(end, "end index").map(offset)
        if stride > 0 {
            return (min(max(from ?? 0, 0), count), min(max(to ?? count, 0), count))
        }
        return (min(max(from ?? count - 1, -1), count - 1), max(to ?? -1, -1))
    }

    private static func bound(_ value: Value, _ what: String) throws(EvaluationError) -> Int? {
        switch value.storage {
        case .none: return nil
        case .int(let number): return number
        case .bigInteger(let integer): return integer.isNegative ? .min : .max
        default: throw EvaluationError("invalid \(what): got \(value.typeName), want int")
        }
    }

    private static func pick<Element>(
        _ elements: UnsafeBufferPointer<Element>, _ first: Int, _ stride: Int, _ size: Int
    ) -> [Element] {
        if stride == 1 { return Array(elements[first..<first + size]) }
        var result: [Element] = []
        result.reserveCapacity(size)
        for index in 0..<size { result.append(elements[first + index * stride]) }
        return result
    }

    /// Copies every `stride`th of the elements from `first` on, and looks at the limits on the way.
    private static func pick(
        _ elements: UnsafeMutablePointer<Value>, _ first: Int, _ stride: Int, _ size: Int,
        into target: UnsafeMutablePointer<Value>, _ meter: Meter
    ) throws(EvaluationError) {
        for index in 0..<size {
            if index & 0xFFFF == 0xFFFF { try meter.check() }
            target[index] = elements[first + index * stride]
        }
    }

    private static func subrange(
        _ range: RangeObject, _ first: Int, _ last: Int, _ stride: Int, _ heap: Heap
    ) throws(EvaluationError) -> Value {
        let (step, stepOverflow) = range.step.multipliedReportingOverflow(by: stride)
        let (startOffset, startOverflow) = range.step.multipliedReportingOverflow(by: first)
        let (stopOffset, stopOverflow) = range.step.multipliedReportingOverflow(by: last)
        let (start, overflow1) = range.start.addingReportingOverflow(startOffset)
        let (stop, overflow2) = range.start.addingReportingOverflow(stopOffset)
        if stepOverflow || startOverflow || stopOverflow || overflow1 || overflow2 {
            throw EvaluationError("slice of a range reaches beyond 64-bit integers")
        }
        return heap.range(start: start, stop: stop, step: step)
    }
}
