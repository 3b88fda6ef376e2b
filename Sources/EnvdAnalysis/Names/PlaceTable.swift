/// What begins where: a sorted list.
struct PlaceTable: Sendable {
    private struct Entry {
        /// UTF-8 bytes; a file has fewer than this can say.
        let place: UInt32
        let value: Int32
    }

    private var entries: [Entry] = []

    /// - Parameter found: offsets in UTF-8 bytes, each with what begins there. Of several at one offset the last counts.
    init(_ found: some Sequence<(Int, Int)>) {
        var isSorted = true
        entries.reserveCapacity(found.underestimatedCount)
        for (place, value) in found {
            let entry = Entry(place: UInt32(truncatingIfNeeded: place), value: Int32(truncatingIfNeeded: value))
            if let last = entries.last, last.place > entry.place { isSorted = false }
            entries.append(entry)
        }
        guard !isSorted else { return }
        // What stands in the source's order but for a few is nearly sorted already.
        if !sortByInsertion() { sort() }
    }

    /// - Returns: false if something stands far from where it belongs.
    private mutating func sortByInsertion() -> Bool {
        for index in entries.indices.dropFirst() where entries[index - 1].place > entries[index].place {
            if !insert(index) { return false }
        }
        return true
    }

    private mutating func insert(_ index: Int) -> Bool {
        let entry = entries[index]
        var target = index
        while target > 0, entries[target - 1].place > entry.place {
            guard index - target < 64 else { return false }
            entries[target] = entries[target - 1]
            target -= 1
            entries[target] = entry
        }
        return true
    }

    private mutating func sort() {
        let order = entries.indices.sorted { (entries[$0].place, $0) < (entries[$1].place, $1) }
        entries = order.map { entries[$0] }
    }

    /// What begins at an offset.
    subscript(place: Int) -> Int? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(entries[middle].place) <= place { low = middle + 1 } else { high = middle }
        }
        return low > 0 && Int(entries[low - 1].place) == place ? Int(entries[low - 1].value) : nil
    }
}
