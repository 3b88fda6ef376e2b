/// Numbers in order, with those that follow each other as a range: `1, 2, 4–9`.
package func numberRanges(_ numbers: [Int]) -> String {
    var parts: [String] = []
    var rest = numbers[...]
    while let first = rest.first {
        var last = first
        rest = rest.dropFirst()
        while rest.first == last + 1 {
            last += 1
            rest = rest.dropFirst()
        }
        parts.append(first == last ? "\(first)" : last == first + 1 ? "\(first), \(last)" : "\(first)–\(last)")
    }
    return parts.joined(separator: ", ")
}
