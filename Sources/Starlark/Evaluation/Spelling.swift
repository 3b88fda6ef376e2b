/// Finds the name that somebody probably meant.
enum Spelling {
    /// ` (did you mean x?)`, or nothing if no candidate is close to `name`.
    static func hint(for name: String, among candidates: some Sequence<String>) -> String {
        guard let nearest = nearest(to: name, among: candidates) else { return "" }
        return " (did you mean \(nearest)?)"
    }

    /// The candidate with the fewest single-byte edits, letter case and underscores aside, if fewer than half of the
    /// name has to change.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = fold(name)
        // A name longer than this is no typing mistake, and the distance takes quadratic time.
        guard wanted.count <= 64 else { return nil }
        var best: String?
        var bestDistance = (wanted.count + 1) / 2
        for candidate in candidates where candidate != name {
            let folded = fold(candidate)
            if abs(folded.count - wanted.count) >= bestDistance { continue }
            let distance = editDistance(wanted, folded)
            if distance < bestDistance {
                best = candidate
                bestDistance = distance
            }
        }
        return best
    }

    private static func fold(_ name: String) -> [UInt8] {
        name.utf8.compactMap { byte in
            switch byte {
            case UInt8(ascii: "_"): nil
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            default: byte
            }
        }
    }

    /// Levenshtein's distance, by the rows of its matrix.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, leftByte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, rightByte) in right.enumerated() {
                let substitution = diagonal + (leftByte == rightByte ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
