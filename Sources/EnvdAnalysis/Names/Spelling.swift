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
    private(set) var best: String?
    private var distance = Int.max

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
        let found = editDistance(wanted.bytes, other.bytes)
        if found <= limit { (best, distance) = (candidate, found) }
    }
}

/// The optimal string alignment distance of two names, each cut to 64 bytes.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    let (a, b) = (Array(a.prefix(64)), Array(b.prefix(64)))
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1] + [Int](repeating: 0, count: b.count)
        for j in 0..<b.count {
            row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
            }
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
