/// A name as a number: equal names of one table have equal symbols.
package struct Symbol: Sendable, Hashable {
    /// Counts up from zero in the order in which the table first met the names.
    package let index: Int

    package init(index: Int) { self.index = index }
}

/// Gives names numbers, so that whoever compares and looks up names all the time does it by number.
///
/// Open addressing over the bytes of the names; nothing is allocated for a name that the table knows. An object: who looks a name up would
/// otherwise hold on to all the lists of the table for that moment, which takes longer than the look.
///
/// `@unchecked`: while somebody adds names, nobody else may look. A table that is complete is for all threads.
package final class SymbolTable: @unchecked Sendable {
    /// All names one after the other.
    private var text: [UInt8] = []
    /// Where each symbol's name ends in `text`.
    private var ends: [Int32] = []
    private var hashes: [UInt32] = []
    /// Symbols by hash, -1 where nothing is; a power of two in length.
    private var slots: [Int32]
    private var strings: [String] = []

    package init() {
        slots = [Int32](repeating: -1, count: 64)
    }

    package var count: Int { ends.count }

    package subscript(symbol: Symbol) -> String { strings[symbol.index] }

    /// The symbol of a token's text.
    package func symbol(of token: SyntaxToken) -> Symbol {
        token.withBytes { insert($0) }
    }

    package func symbol(of name: String) -> Symbol {
        var name = name
        return name.withUTF8 { insert($0) }
    }

    /// The symbol of a name; nil if the table has never met it.
    package func existingSymbol(of name: String) -> Symbol? {
        var name = name
        return name.withUTF8 { bytes in
            let place = slot(of: bytes, SymbolTable.hash(bytes))
            return slots[place] < 0 ? nil : Symbol(index: Int(slots[place]))
        }
    }

    /// The symbol of a name that another table has; nil if this one has never met it.
    package func existingSymbol(of symbol: Symbol, in other: SymbolTable) -> Symbol? {
        let start = symbol.index > 0 ? Int(other.ends[symbol.index - 1]) : 0
        return other.text.withUnsafeBufferPointer { text in
            let place = slot(
                of: UnsafeBufferPointer(rebasing: text[start..<Int(other.ends[symbol.index])]),
                other.hashes[symbol.index])
            return slots[place] < 0 ? nil : Symbol(index: Int(slots[place]))
        }
    }

    private func insert(_ bytes: UnsafeBufferPointer<UInt8>) -> Symbol {
        let hash = SymbolTable.hash(bytes)
        let place = slot(of: bytes, hash)
        if slots[place] >= 0 { return Symbol(index: Int(slots[place])) }
        let symbol = ends.count
        slots[place] = Int32(truncatingIfNeeded: symbol)
        text.append(contentsOf: bytes)
        ends.append(Int32(truncatingIfNeeded: text.count))
        hashes.append(hash)
        strings.append(String(decoding: bytes, as: UTF8.self))
        if ends.count * 2 > slots.count { grow() }
        return Symbol(index: symbol)
    }

    /// The slot that holds a name, or the empty one where it belongs.
    private func slot(of bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
        let mask = slots.count - 1
        var place = Int(hash) & mask
        while true {
            let symbol = Int(slots[place])
            if symbol < 0 || (hashes[symbol] == hash && holds(symbol, bytes)) { return place }
            place = (place + 1) & mask
        }
    }

    private func holds(_ symbol: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = symbol > 0 ? Int(ends[symbol - 1]) : 0
        guard Int(ends[symbol]) - start == bytes.count else { return false }
        for index in 0..<bytes.count where text[start + index] != bytes[index] { return false }
        return true
    }

    private func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        let mask = slots.count - 1
        for symbol in hashes.indices {
            var place = Int(hashes[symbol]) & mask
            while slots[place] >= 0 { place = (place + 1) & mask }
            slots[place] = Int32(truncatingIfNeeded: symbol)
        }
    }

    /// FNV-1a with a last mix, as the table looks at the low bits only.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        hash ^= hash >> 15
        return hash &* 0x85EB_CA6B ^ (hash >> 13)
    }
}

extension Chunk {
    /// The node at a place of the chunk's preorder; nil if there is none.
    package func node(at index: Int, chunkOffset: Int) -> SyntaxNode? {
        index >= 0 && index < Int(nodeCount)
            ? SyntaxNode(content: content, chunkOffset: chunkOffset, index: index) : nil
    }
}
