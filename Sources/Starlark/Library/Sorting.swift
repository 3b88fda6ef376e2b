/// A stable sort whose comparison may fail, which the standard library's may not.
///
/// Runs are found or made by insertion and merged pairwise, so that what is nearly in order takes little more than
/// linear time.
enum MergeSort {
    /// What is sorted, with what it is sorted by.
    struct Element {
        var key: Value
        var value: Value
    }

    private static let shortestRun = 16

    static func sort(
        _ elements: inout [Element], isReversed: Bool, _ meter: Meter
    ) throws(EvaluationError) {
        guard elements.count > 1 else { return }
        if elements.allSatisfy({ $0.key.isSmallInteger }) {
            try sort(&elements, isReversed, meter) { (x, y) throws(EvaluationError) in x.shifted < y.shifted }
        } else if elements.allSatisfy({ $0.key.isObject(of: .string) }) {
            for element in elements { try meter.step(StringObject(element.key).count >> 6) }
            try sort(&elements, isReversed, meter) { (x, y) throws(EvaluationError) in
                StringObject(x).bytes.compared(to: StringObject(y).bytes) < 0
            }
        } else {
            try sort(&elements, isReversed, meter) { (x, y) throws(EvaluationError) in
                try meter.step()
                return try Comparison.isLess(x, y, meter)
            }
        }
    }

    @inline(__always)
    private static func sort(
        _ elements: inout [Element], _ isReversed: Bool, _ meter: Meter,
        by isLess: (Value, Value) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) {
        // Sorting backwards keeps equal elements in their order all the same.
        if isReversed {
            try sort(&elements, meter) { (x, y) throws(EvaluationError) in try isLess(y.key, x.key) }
        } else {
            try sort(&elements, meter) { (x, y) throws(EvaluationError) in try isLess(x.key, y.key) }
        }
    }

    @inline(__always)
    private static func sort(
        _ elements: inout [Element], _ meter: Meter,
        by isLess: (Element, Element) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) {
        let count = elements.count
        let scratch = UnsafeMutablePointer<Element>.allocate(capacity: count)
        defer { scratch.deallocate() }
        var failure: EvaluationError?
        elements.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            do throws(EvaluationError) {
                var ends = try makeRuns(start, count, meter, by: isLess)
                var (source, target) = (start, scratch)
                while ends.count > 1 {
                    ends = try mergePairs(of: ends, from: source, into: target, meter, by: isLess)
                    swap(&source, &target)
                }
                if source != start { start.update(from: source, count: count) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Puts the elements into sorted runs.
    ///
    /// - Returns: where each ends.
    @inline(__always)
    private static func makeRuns(
        _ start: UnsafeMutablePointer<Element>, _ count: Int, _ meter: Meter,
        by isLess: (Element, Element) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) -> [Int] {
        var ends: [Int] = []
        var first = 0
        while first < count {
            var end = first + 1
            while end < count, try !isLess(start[end], start[end - 1]) { end += 1 }
            let shortest = min(first + shortestRun, count)
            while end < shortest {
                let element = start[end]
                var place = end
                while place > first, try isLess(element, start[place - 1]) {
                    start[place] = start[place - 1]
                    place -= 1
                }
                start[place] = element
                end += 1
            }
            ends.append(end)
            try meter.step((end - first) >> 2)
            first = end
        }
        return ends
    }

    @inline(__always)
    private static func mergePairs(
        of ends: [Int], from source: UnsafeMutablePointer<Element>, into target: UnsafeMutablePointer<Element>,
        _ meter: Meter, by isLess: (Element, Element) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) -> [Int] {
        var merged: [Int] = []
        merged.reserveCapacity(ends.count / 2 + 1)
        var first = 0
        for pair in stride(from: 0, to: ends.count, by: 2) {
            let middle = ends[pair]
            let end = pair + 1 < ends.count ? ends[pair + 1] : middle
            var (left, right, place) = (first, middle, first)
            while left < middle, right < end {
                if try isLess(source[right], source[left]) {
                    target[place] = source[right]
                    right += 1
                } else {
                    target[place] = source[left]
                    left += 1
                }
                place += 1
                // Often enough to stop a long merge soon.
                if place & 0xFFF == 0 { try meter.step(1024) }
            }
            (target + place).update(from: source + left, count: middle - left)
            (target + place + middle - left).update(from: source + right, count: end - right)
            merged.append(end)
            first = end
        }
        return merged
    }
}
