extension Layers {
    /// Orders the nodes of each layer so that few edges cross: sweeps down and up that put each node at the barycentre of
    /// its neighbours (Sugiyama, Tagawa and Toda 1981), and neighbours exchanged where that helps. The best order seen wins.
    mutating func reduceCrossings() {
        var best = order
        var fewest = crossings
        var sweepsWithoutGain = 0
        for sweep in 0..<24 where fewest > 0 {
            sort(downward: sweep % 2 == 0)
            exchangeNeighbours()
            let count = crossings
            if count < fewest {
                fewest = count
                best = order
                sweepsWithoutGain = 0
            } else {
                sweepsWithoutGain += 1
                if sweepsWithoutGain == 6 { break }
            }
        }
        order = best
    }

    private mutating func sort(downward: Bool) {
        var positions = positions
        let layers = downward ? Array(order.indices.dropFirst()) : order.indices.dropLast().reversed()
        for index in layers {
            let nodes = order[index]
            let keys = nodes.map { node -> Double? in
                let neighbours = downward ? above[node] : below[node]
                guard !neighbours.isEmpty else { return nil }
                return Double(neighbours.reduce(0) { $0 + positions[$1] }) / Double(neighbours.count)
            }
            // Nodes without neighbours on that side keep their place; the others are put in order around them.
            let movable = nodes.indices.filter { keys[$0] != nil }
            let sorted = movable.sorted { (keys[$0] ?? 0, $0) < (keys[$1] ?? 0, $1) }
            for (place, source) in zip(movable, sorted) { order[index][place] = nodes[source] }
            for (position, node) in order[index].enumerated() { positions[node] = position }
        }
    }

    private mutating func exchangeNeighbours() {
        var positions = positions
        for index in order.indices {
            var isImproved = true
            var rounds = 0
            while isImproved, rounds < 8 {
                isImproved = false
                rounds += 1
                for place in order[index].indices.dropLast() {
                    let (left, right) = (order[index][place], order[index][place + 1])
                    let before =
                        Layers.crossings(above[left], above[right], positions)
                        + Layers.crossings(below[left], below[right], positions)
                    let after =
                        Layers.crossings(above[right], above[left], positions)
                        + Layers.crossings(below[right], below[left], positions)
                    if after < before {
                        order[index].swapAt(place, place + 1)
                        (positions[left], positions[right]) = (place + 1, place)
                        isImproved = true
                    }
                }
            }
        }
    }

    /// How many edges of a node cross how many of the node to its right, to neighbours in the same layer.
    private static func crossings(_ left: [Int], _ right: [Int], _ positions: [Int]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        var count = 0
        let sorted = right.map { positions[$0] }.sorted()
        for neighbour in left {
            // As many as stand left of it.
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle] < positions[neighbour] { low = middle + 1 } else { high = middle }
            }
            count += low
        }
        return count
    }

    /// How many pairs of edges cross.
    var crossings: Int {
        let positions = positions
        var total = 0
        for (upper, lower) in zip(order, order.dropFirst()) {
            // Edges by their upper ends; those seen before that end further right below are crossed.
            var seen = FenwickTree(count: lower.count)
            var edgeCount = 0
            for node in upper {
                let ends = below[node].map { positions[$0] }
                for end in ends { total += edgeCount - seen.sum(through: end) }
                for end in ends { seen.add(at: end) }
                edgeCount += ends.count
            }
        }
        return total
    }
}

/// Counts at places, and sums of them from the first, in logarithmic time.
private struct FenwickTree {
    private var sums: [Int]

    init(count: Int) {
        sums = [Int](repeating: 0, count: count + 1)
    }

    mutating func add(at place: Int) {
        var index = place + 1
        while index < sums.count {
            sums[index] += 1
            index += index & -index
        }
    }

    func sum(through place: Int) -> Int {
        var index = place + 1
        var sum = 0
        while index > 0 {
            sum += sums[index]
            index -= index & -index
        }
        return sum
    }
}
