import EnvdAnalysis
import EnvdSyntax

// Finds functions and variables of a project by a part of their names.

/// A name of the top level of some file.
package struct ProjectSymbol: Hashable, Sendable {
    package let symbol: OutlineSymbol
    /// How well it fits what is looked for; the more the better.
    package let score: Int
}

/// The functions and variables of a file's top level whose names have the letters of a query in this order, whether they are large or
/// small, in source order.
package func projectSymbols(of file: SourceFile, matching query: String) -> [ProjectSymbol] {
    let query = Array(query.utf8.filter { $0 != 0x20 }.map(small))
    var found: [ProjectSymbol] = []
    var assigned: Set<String> = []
    for (offset, chunk) in file.chunks {
        for statement in chunk.statements(at: offset) {
            // Most files are long and most names are not meant, so that nothing is made of a statement before its name fits.
            if let name = DefStmt(statement)?.name {
                guard let score = score(of: name.bytes, query) else { continue }
                for symbol in documentSymbols(of: [statement]) where symbol.nameRange == name.range {
                    found.append(ProjectSymbol(symbol: symbol, score: score))
                }
                continue
            }
            switch statement.kind {
            case .exprStmt, .loadStmt, .passStmt: continue
            default: break
            }
            for symbol in documentSymbols(of: [statement]) {
                guard let score = score(of: Array(symbol.name.utf8), query) else { continue }
                if symbol.kind != .function, !assigned.insert(symbol.name).inserted { continue }
                found.append(ProjectSymbol(symbol: symbol, score: score))
            }
        }
    }
    return found
}

private func small(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

/// Nil if the letters are not all there. Letters at the beginning of the name or of a word in it count more, and so do those that follow each
/// other; of names that fit alike the shorter one is meant.
private func score(of name: [UInt8], _ query: [UInt8]) -> Int? {
    guard !query.isEmpty else { return 0 }
    var score = 0
    var at = 0
    var isBehindMatch = false
    for (number, letter) in query.enumerated() {
        var index = at
        // A letter that begins a word is better than the next one that fits.
        while index < name.count, small(name[index]) != letter { index += 1 }
        guard index < name.count else { return nil }
        if !(isBehindMatch && index == at) {
            var word = index
            while word < name.count, !(small(name[word]) == letter && isWordStart(name, word)) { word += 1 }
            if word < name.count, remains(query[number...], name, word) { index = word }
        }
        if index == 0 { score += 8 }
        if isWordStart(name, index) { score += 4 }
        if isBehindMatch, index == at { score += 3 }
        score += 1
        at = index + 1
        isBehindMatch = true
    }
    return score * 64 - min(name.count, 63)
}

private func isWordStart(_ name: [UInt8], _ index: Int) -> Bool {
    guard index > 0 else { return true }
    let (before, here) = (name[index - 1], name[index])
    return before == UInt8(ascii: "_") || ((0x41...0x5A).contains(here) && !(0x41...0x5A).contains(before))
}

/// Whether as many letters follow as may be needed; a jump must not lose a match.
private func remains(_ query: ArraySlice<UInt8>, _ name: [UInt8], _ index: Int) -> Bool {
    var place = index
    for letter in query {
        while place < name.count, small(name[place]) != letter { place += 1 }
        if place == name.count { return false }
        place += 1
    }
    return true
}
