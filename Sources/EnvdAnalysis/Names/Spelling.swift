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
    private(set) var names: [String] = []
    /// All spellings one after the other, and where each ends.
    fileprivate var bytes: [UInt8] = []
    fileprivate var ends: [Int32] = []
    fileprivate var lengths: [Int32] = []
    /// Which letters each has. Names that are near to each other have nearly the same.
    fileprivate var letters: [UInt64] = []

    package init() {}

    package init(_ names: some Sequence<String>) { for name in names { append(name) } }

    mutating func append(_ name: String) {
        let start = bytes.count
        var letters: UInt64 = 0
        for byte in name.utf8 where byte != UInt8(ascii: "_") {
            let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            bytes.append(folded)
            letters |= 1 << UInt64(folded & 0x3F)
        }
        names.append(name)
        ends.append(Int32(truncatingIfNeeded: bytes.count))
        lengths.append(Int32(truncatingIfNeeded: bytes.count - start))
        self.letters.append(letters)
    }

    fileprivate func range(at index: Int) -> Range<Int> { (Int(ends[index]) - Int(lengths[index]))..<Int(ends[index]) }
}

/// The search for the nearest of many names.
struct NearestName {
    private let name: String
    /// Its spelling.
    private let wanted: [UInt8]
    private let letters: UInt64
    /// What was found.
    private(set) var best: String?
    private(set) var distance = Int.max

    /// What is longer is compared up to here.
    private static let maximumLength = 64

    init(to name: String) {
        self.name = name
        let spelling = SpellingList(CollectionOfOne(name))
        wanted = spelling.bytes
        letters = spelling.letters[0]
    }

    /// - Parameter isCandidate: whether the name at a place of the list counts.
    @inline(__always)
    mutating func consider(_ list: SpellingList, where isCandidate: (Int) -> Bool = { _ in true }) {
        let largest = max(1, wanted.count / 3)
        var limit = min(distance == .max ? .max : distance - 1, largest)
        for index in list.lengths.indices {
            // Each change of a character makes two letters other at the most.
            guard limit >= 0, abs(Int(list.lengths[index]) - wanted.count) <= limit,
                (list.letters[index] ^ letters).nonzeroBitCount <= 2 * limit, isCandidate(index),
                list.names[index] != name
            else { continue }
            let range = list.range(at: index)
            // A name of one or two letters is near to every other one.
            if wanted.count < 3, !list.bytes[range].elementsEqual(wanted) { continue }
            if let found = distance(to: list.bytes, range, limit: limit) {
                (best, distance) = (list.names[index], found)
                limit = min(found - 1, largest)
            }
        }
    }

    /// Takes over what another search found, if that is nearer.
    mutating func consider(_ other: (name: String, distance: Int)) {
        if other.distance < distance, other.name != name { (best, distance) = (other.name, other.distance) }
    }

    /// The optimal string alignment distance of the wanted name and another, each cut to 64 bytes; nil if it is above the limit.
    private func distance(to others: [UInt8], _ range: Range<Int>, limit: Int) -> Int? {
        let (m, n) = (min(wanted.count, NearestName.maximumLength), min(range.count, NearestName.maximumLength))
        let width = NearestName.maximumLength + 1
        // Three rows of the table of distances.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3 * width) { rows in
            wanted.withUnsafeBufferPointer { a in
                others.withUnsafeBufferPointer { others in
                    let b = UnsafeBufferPointer(rebasing: others[range])
                    rows.initialize(repeating: 0)
                    var (row, last, beforeLast) = (0, width, 2 * width)
                    for j in 0...n { rows[last + j] = UInt8(truncatingIfNeeded: j) }
                    for i in 0..<m {
                        rows[row] = UInt8(truncatingIfNeeded: i + 1)
                        var least = rows[row]
                        for j in 0..<n {
                            var value = min(
                                rows[last + j + 1] &+ 1, rows[row + j] &+ 1, rows[last + j] &+ (a[i] == b[j] ? 0 : 1))
                            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                                value = min(value, rows[beforeLast + j - 1] &+ 1)
                            }
                            rows[row + j + 1] = value
                            least = min(least, value)
                        }
                        // A swap looks two rows back, so one row above the limit is not yet the end.
                        if Int(least) > limit + 1 { return nil }
                        (row, last, beforeLast) = (beforeLast, row, last)
                    }
                    let found = Int(rows[last + n])
                    return found <= limit ? found : nil
                }
            }
        }
    }
}
