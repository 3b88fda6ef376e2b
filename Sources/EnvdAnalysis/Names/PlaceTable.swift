/// What begins where: a sorted list.
struct PlaceTable: Sendable {
    private var places: [Int] = []
    private var values: [Int32] = []

    /// - Parameter entries: offsets in UTF-8 bytes, each with what begins there. Of several at one offset the last counts.
    init(_ entries: some Sequence<(Int, Int)>) {
        var isSorted = true
        places.reserveCapacity(entries.underestimatedCount)
        values.reserveCapacity(entries.underestimatedCount)
        for (place, value) in entries {
            if let last = places.last, last > place { isSorted = false }
            places.append(place)
            values.append(Int32(truncatingIfNeeded: value))
        }
        guard !isSorted else { return }
        // What stands in the source's order but for a few is nearly sorted already.
        if !sortByInsertion() { sort() }
    }

    /// - Returns: false if something stands far from where it belongs.
    private mutating func sortByInsertion() -> Bool {
        for index in places.indices.dropFirst() where places[index - 1] > places[index] {
            if !insert(index) { return false }
        }
        return true
    }

    private mutating func insert(_ index: Int) -> Bool {
        let (place, value) = (places[index], values[index])
        var target = index
        while target > 0, places[target - 1] > place {
            guard index - target < 64 else { return false }
            places[target] = places[target - 1]
            values[target] = values[target - 1]
            target -= 1
            places[target] = place
            values[target] = value
        }
        return true
    }

    private mutating func sort() {
        let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
        (places, values) = (order.map { places[$0] }, order.map { values[$0] })
    }

    /// What begins at an offset.
    subscript(place: Int) -> Int? {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return low > 0 && places[low - 1] == place ? Int(values[low - 1]) : nil
    }
}
