/// The candidate that is most likely meant by a misspelt name; nil if none is near enough.
///
/// Near is what takes few single-character insertions, removals, replacements, or swaps of neighbours: none to a third
/// of the name's length. Of equally near candidates the first wins. Case and underscores cost nothing.
package func nearestName(to name: String, among candidates: [String]) -> String? {
    let wanted = normalized(name)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
        let limit = min(best.map { $0.distance - 1 } ?? .max, max(1, wanted.count / 3))
        let other = normalized(candidate)
        guard limit >= 0, abs(other.count - wanted.count) <= limit else { continue }
        // A name of one or two letters is near to every other one.
        if wanted.count < 3, other != wanted { continue }
        let distance = editDistance(wanted, other)
        if distance <= limit { best = (candidate, distance) }
    }
    return best?.name
}

private func normalized(_ name: String) -> [UInt8] {
    name.lowercased().utf8.filter { $0 != UInt8(ascii: "_") }
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
