import EnvdSyntax

/// The candidate that is most likely meant by a misspelt name; nil if none is near enough.
///
/// Near is what takes few single-character insertions, removals, replacements, or swaps of neighbours: none to a third
/// of the name's length. Of equally near candidates the first wins. Case and underscores cost nothing.
package func nearestName(to name: String, among candidates: [String]) -> String? {
    var search = NearestName(to: name)
    for candidate in candidates { search.consider(candidate, Spelling(candidate)) }
    return search.best
}

/// A name as it is compared: without case and underscores.
struct Spelling: Sendable {
    fileprivate let bytes: [UInt8]
    /// Which letters it has. Names that are near to each other have nearly the same.
    fileprivate let letters: UInt64

    init(_ name: String) {
        var bytes: [UInt8] = []
        var letters: UInt64 = 0
        for byte in name.utf8 where byte != UInt8(ascii: "_") {
            let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            bytes.append(folded)
            letters |= 1 << UInt64(folded & 0x3F)
        }
        self.bytes = bytes
        self.letters = letters
    }
}

/// The search for the nearest of many names.
struct NearestName {
    private let name: String
    private let wanted: Spelling
    /// What was found.
    private(set) var best: String?
    private(set) var distance = Int.max
    /// Three rows of the table of distances, kept from one candidate to the next.
    private var rows = [UInt8](repeating: 0, count: 3 * (NearestName.maximumLength + 1))

    /// What is longer is compared up to here.
    private static let maximumLength = 64

    init(to name: String) {
        self.name = name
        wanted = Spelling(name)
    }

    mutating func consider(_ candidate: String, _ spelling: @autoclosure () -> Spelling) {
        let other = spelling()
        let limit = min(distance == .max ? .max : distance - 1, max(1, wanted.bytes.count / 3))
        // Each change of a character makes two letters other at the most.
        guard limit >= 0, abs(other.bytes.count - wanted.bytes.count) <= limit,
            (other.letters ^ wanted.letters).nonzeroBitCount <= 2 * limit, candidate != name
        else { return }
        // A name of one or two letters is near to every other one.
        if wanted.bytes.count < 3, other.bytes != wanted.bytes { return }
        if let found = distance(to: other.bytes, limit: limit) { (best, distance) = (candidate, found) }
    }

    /// Takes over what another search found, if that is nearer.
    mutating func consider(_ other: (name: String, distance: Int)) {
        if other.distance < distance, other.name != name { (best, distance) = (other.name, other.distance) }
    }

    /// The optimal string alignment distance of the wanted name and another, each cut to 64 bytes; nil if it is above the limit.
    private mutating func distance(to other: [UInt8], limit: Int) -> Int? {
        let (m, n) = (min(wanted.bytes.count, NearestName.maximumLength), min(other.count, NearestName.maximumLength))
        let width = NearestName.maximumLength + 1
        return rows.withUnsafeMutableBufferPointer { rows in
            wanted.bytes.withUnsafeBufferPointer { a in
                other.withUnsafeBufferPointer { b in
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
