/// The characters that one place of a pattern takes.
struct ScalarSet {
    private var ranges: [ClosedRange<UInt32>] = []
    private var categories: [(kinds: Set<Unicode.GeneralCategory>, isNegated: Bool)] = []
    private var isNegated = false
    private var foldsCase = false
    /// Of ASCII the answer, a bit each, so that common text takes no search.
    private var ascii: (low: UInt64, high: UInt64) = (0, 0)

    static let everything = ScalarSet(ranges: [0...0x10FFFF])
    static let notNewline = ScalarSet(ranges: [0...0x09, 0x0B...0x10FFFF])

    private init(ranges: [ClosedRange<UInt32>]) {
        self.ranges = ranges
        finish()
    }

    init(_ scalar: Unicode.Scalar, foldsCase: Bool) {
        var builder = Builder()
        builder.insert(scalar.value...scalar.value)
        self = builder.build(isNegated: false, foldsCase: foldsCase)
    }

    func contains(_ scalar: UInt32) -> Bool {
        if scalar < 64 { return ascii.low >> UInt64(scalar) & 1 == 1 }
        if scalar < 128 { return ascii.high >> UInt64(scalar - 64) & 1 == 1 }
        return search(scalar)
    }

    /// Collects the members of a set.
    struct Builder {
        private var set = ScalarSet(ranges: [])

        mutating func insert(_ range: ClosedRange<UInt32>) {
            set.ranges.append(range)
        }

        mutating func insert(_ ranges: [ClosedRange<UInt32>], isNegated: Bool) {
            set.ranges += isNegated ? ScalarSet.complement(ranges) : ranges
        }

        mutating func insert(_ kinds: Set<Unicode.GeneralCategory>, isNegated: Bool) {
            set.categories.append((kinds, isNegated))
        }

        func build(isNegated: Bool, foldsCase: Bool) -> ScalarSet {
            var result = set
            result.isNegated = isNegated
            result.foldsCase = foldsCase
            result.finish()
            return result
        }
    }

    // MARK: - Members

    private func search(_ scalar: UInt32) -> Bool {
        if isMember(scalar) { return !isNegated }
        guard foldsCase, let scalar = Unicode.Scalar(scalar) else { return isNegated }
        return scalar.caseVariants.contains { isMember($0.value) } != isNegated
    }

    private func isMember(_ scalar: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        if low < ranges.count && ranges[low].contains(scalar) { return true }
        guard !categories.isEmpty, let scalar = Unicode.Scalar(scalar) else { return false }
        let category = scalar.properties.generalCategory
        return categories.contains { $0.kinds.contains(category) != $0.isNegated }
    }

    /// Puts the ranges in order and works out the answers for ASCII.
    private mutating func finish() {
        if foldsCase {
            // Asking for the variants of a character on both sides makes "ſ", "s" and "S" one, as Unicode wants it. Of a large
            // range the side of the text is enough.
            let size = ranges.reduce(0) { $0 + $1.count }
            if size <= 1_024 {
                for scalar in ranges.joined() {
                    ranges += Unicode.Scalar(scalar)?.caseVariants.map { $0.value...$0.value } ?? []
                }
            }
        }
        ranges = Self.normalized(ranges)
        for scalar in UInt32(0)..<128 where search(scalar) {
            if scalar < 64 { ascii.low |= 1 << UInt64(scalar) } else { ascii.high |= 1 << UInt64(scalar - 64) }
        }
    }

    private static func normalized(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound + 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in normalized(ranges) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }
}

extension Unicode.Scalar {
    /// The characters that differ from this one in case alone, as far as they are single ones.
    fileprivate var caseVariants: [Unicode.Scalar] {
        var variants: [Unicode.Scalar] = []
        for mapped in [properties.lowercaseMapping, properties.uppercaseMapping] {
            guard let one = mapped.onlyScalar, one != self else { continue }
            variants.append(one)
            for back in [one.properties.lowercaseMapping, one.properties.uppercaseMapping] {
                if let two = back.onlyScalar, two != self, two != one { variants.append(two) }
            }
        }
        return variants
    }
}

extension String {
    fileprivate var onlyScalar: Unicode.Scalar? {
        unicodeScalars.count == 1 ? unicodeScalars.first : nil
    }
}
