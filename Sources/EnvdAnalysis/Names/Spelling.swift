import EnvdSyntax

/// The candidate that is most likely meant by a misspelt name; nil if none is near enough.
///
/// Near is what takes few single-character insertions, removals, replacements, or swaps of neighbours: none to a third
/// of the name's length. Of equally near candidates the first wins. Case and underscores cost nothing.
package func nearestName(to name: String, among candidates: [String]) -> String? {
    var search = NearestName(to: name)
    search.consider(SpellingList(candidates))
    return search.best
}

/// Names as they are compared, without case and underscores: in flat arrays, since most candidates are told apart by their
/// lengths and letters alone.
package struct SpellingList: Sendable {
    fileprivate(set) var names: [String] = []
    /// All spellings one after the other.
    fileprivate var bytes: [UInt8] = []
    fileprivate var entries: [Entry] = []

    fileprivate struct Entry {
        /// Which letters it has. Names that are near to each other have nearly the same.
        let letters: UInt64
        /// Where it stands.
        let start: Int32
        let length: Int32

        var range: Range<Int> { Int(start)..<(Int(start) + Int(length)) }
    }

    package init() {}

    package init(_ names: some Sequence<String>) { for name in names { append(name) } }

    var count: Int { names.count }

    mutating func append(_ name: String) {
        let start = bytes.count
        var letters: UInt64 = 0
        var end = start
        var name = name
        name.withUTF8 { text in
            bytes.append(contentsOf: text)
            bytes.withUnsafeMutableBufferPointer { bytes in
                for byte in text where byte != UInt8(ascii: "_") {
                    let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                    bytes[end] = folded
                    letters |= 1 << UInt64(folded & 0x3F)
                    end &+= 1
                }
            }
        }
        if end < bytes.count { bytes.removeLast(bytes.count - end) }
        names.append(name)
        entries.append(
            Entry(
                letters: letters, start: Int32(truncatingIfNeeded: start),
                length: Int32(truncatingIfNeeded: end - start)))
    }
}

/// The search for the nearest of many names.
struct NearestName {
    private let name: String
    /// Its spelling.
    private let wanted: ArraySlice<UInt8>
    private let letters: UInt64
    /// What was found.
    private(set) var best: String?
    private(set) var distance = Int.max

    /// What is longer is compared up to here.
    private static let maximumLength = 64

    init(to name: String) {
        self.init(toNameAt: 0, in: SpellingList(CollectionOfOne(name)))
    }

    init(toNameAt index: Int, in list: SpellingList) {
        name = list.names[index]
        let entry = list.entries[index]
        wanted = list.bytes[entry.range]
        letters = entry.letters
    }

    /// All names of a list, in their order.
    mutating func consider(_ list: SpellingList) {
        for index in list.entries.indices { consider(list, at: index) }
    }

    /// The name at a place of a list.
    @inline(__always)
    mutating func consider(_ list: SpellingList, at index: Int) {
        let limit = min(distance == .max ? .max : distance - 1, max(1, wanted.count / 3))
        let entry = list.entries[index]
        // Each change of a character takes one letter away and brings one at the most.
        guard limit >= 0, abs(Int(entry.length) - wanted.count) <= limit,
            (entry.letters & ~letters).nonzeroBitCount <= limit, (letters & ~entry.letters).nonzeroBitCount <= limit
        else { return }
        compare(list, index, limit)
    }

    private mutating func compare(_ list: SpellingList, _ index: Int, _ limit: Int) {
        let range = list.entries[index].range
        guard list.names[index] != name else { return }
        // A name of one or two letters is near to every other one.
        if wanted.count < 3, !list.bytes[range].elementsEqual(wanted) { return }
        if let found = distance(to: list.bytes, range, limit: limit) { (best, distance) = (list.names[index], found) }
    }

    /// Takes over what another search found, if that is nearer.
    mutating func consider(_ other: CheckedFile.Guess) {
        if other.distance < distance, let found = other.name, found != name {
            (best, distance) = (found, other.distance)
        }
    }

    /// The optimal string alignment distance of the wanted name and another, each cut to 64 bytes; nil if it is above the limit.
    ///
    /// Hyyrö's algorithm: a column of the table of distances is two words that say where the distance grows and where it falls.
    private func distance(to others: [UInt8], _ range: Range<Int>, limit: Int) -> Int? {
        let (m, n) = (min(wanted.count, NearestName.maximumLength), min(range.count, NearestName.maximumLength))
        guard m > 0 else { return n <= limit ? n : nil }
        return wanted.prefix(m).withUnsafeBufferPointer { wanted in
            others[range].prefix(n).withUnsafeBufferPointer { NearestName.distance(wanted, $0, limit: limit) }
        }
    }

    private static func distance(
        _ wanted: UnsafeBufferPointer<UInt8>, _ others: UnsafeBufferPointer<UInt8>, limit: Int
    ) -> Int? {
        // For each byte of ASCII a bit at each place of the wanted name that has it. What is larger than a kilobyte is not on the stack.
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 128) { places in
            places.initialize(repeating: 0)
            for (place, byte) in wanted.enumerated() where byte < 0x80 { places[Int(byte)] |= 1 << UInt64(place) }
            func bits(of byte: UInt8) -> UInt64 {
                if byte < 0x80 { return places[Int(byte)] }
                var found: UInt64 = 0
                for (place, other) in wanted.enumerated() where other == byte { found |= 1 << UInt64(place) }
                return found
            }
            let last: UInt64 = 1 << UInt64(wanted.count - 1)
            var (grows, falls, diagonal, before) = (UInt64.max, UInt64(0), UInt64(0), UInt64(0))
            var distance = wanted.count
            for (place, byte) in others.enumerated() {
                let equal = bits(of: byte)
                let swapped = ((~diagonal & equal) << 1) & before
                diagonal = (((equal & grows) &+ grows) ^ grows) | equal | falls | swapped
                var right = falls | ~(diagonal | grows)
                var left = diagonal & grows
                if right & last != 0 { distance += 1 }
                if left & last != 0 { distance -= 1 }
                // Each byte that is left brings the names nearer by one at the most.
                if distance - (others.count - place - 1) > limit { return nil }
                right = right << 1 | 1
                left <<= 1
                grows = left | ~(diagonal | right)
                falls = right & diagonal
                before = equal
            }
            return distance <= limit ? distance : nil
        }
    }
}
