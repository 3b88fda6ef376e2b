/// Where each node of a layer stands, for good: the method of Brandes and Köpf ("Fast and simple horizontal coordinate
/// assignment", 2001).
///
/// Nodes are aligned with the median of their neighbours, four times: from above and from below, to the left and to the right. Each
/// time what is aligned forms vertical blocks, which are then moved together as closely as their widths allow. The mean of the two
/// middle ones of the four results keeps the distances that each of them keeps. Beyond the paper, the spine of the drawing is
/// aligned before all else, so it is a straight line, and then bends with bends.
struct HorizontalPlacement {
    private let layers: Layers
    private let positions: [Int]
    private let widths: [Double]
    private let gap: Double

    init(_ layers: Layers, widths: [Double], gap: Double) {
        self.layers = layers
        self.widths = widths
        self.gap = gap
        positions = layers.positions
    }

    /// The middle of each node; the leftmost edge of all is 0.
    var centers: [Double] {
        var placements: [[Double]] = []
        for isDownward in [true, false] {
            for isLeftward in [true, false] { placements.append(placement(isDownward, isLeftward)) }
        }
        alignWithNarrowest(&placements)
        var centers = (0..<layers.nodeCount).map { node in
            let values = placements.map { $0[node] }.sorted()
            return (values[1] + values[2]) / 2
        }
        let left = centers.indices.map { centers[$0] - widths[$0] / 2 }.min() ?? 0
        for node in centers.indices { centers[node] -= left }
        return centers
    }

    /// Moves the placements so that their outer edges, on the side to which they were pushed, are those of the narrowest.
    private func alignWithNarrowest(_ placements: inout [[Double]]) {
        let extents = placements.map { placement in
            let left = placement.indices.map { placement[$0] - widths[$0] / 2 }.min() ?? 0
            let right = placement.indices.map { placement[$0] + widths[$0] / 2 }.max() ?? 0
            return (left: left, right: right)
        }
        guard
            let narrowest = extents.min(by: { $0.right - $0.left < $1.right - $1.left })
        else { return }
        for index in placements.indices {
            let isLeftward = index % 2 == 0
            let shift =
                isLeftward ? narrowest.left - extents[index].left : narrowest.right - extents[index].right
            for node in placements[index].indices { placements[index][node] += shift }
        }
    }

    /// One of the four.
    private func placement(_ isDownward: Bool, _ isLeftward: Bool) -> [Double] {
        let blocks = Blocks(count: layers.nodeCount, partners: partners(isDownward, isLeftward))
        let placed = compact(blocks, isLeftward)
        return (0..<layers.nodeCount).map { placed[blocks.block[$0]] }
    }

    // MARK: - Alignment

    /// For each node the neighbour that it shall stand straight below (or above, in the upward ones).
    private func partners(_ isDownward: Bool, _ isLeftward: Bool) -> [Int?] {
        var partners = [Int?](repeating: nil, count: layers.nodeCount)
        let indices = isDownward ? Array(layers.order.indices.dropFirst()) : layers.order.indices.dropLast().reversed()
        for index in indices {
            let nodes = layers.order[index]
            let fixed = fixedPairs(nodes, isDownward)
            for pair in fixed { partners[pair.node] = pair.neighbour }
            // Alignments must not cross each other, so each leaves those after it only the neighbours on its other side.
            let places = isLeftward ? Array(nodes.indices) : nodes.indices.reversed()
            var reached: Int?
            for place in places {
                let node = nodes[place]
                if let partner = partners[node] {
                    reached = positions[partner]
                    continue
                }
                for neighbour in medians(of: node, isDownward, isLeftward) {
                    let position = positions[neighbour]
                    if let reached, isLeftward ? position <= reached : position >= reached { continue }
                    guard isFree(position, for: place, fixed) else { continue }
                    partners[node] = neighbour
                    reached = position
                    break
                }
            }
        }
        return partners
    }

    private typealias Pair = (node: Int, neighbour: Int, place: Int, position: Int)

    /// The alignments of a layer that come before all others: the spine's, then those of bends with bends, without those
    /// that would cross one before them.
    private func fixedPairs(_ nodes: [Int], _ isDownward: Bool) -> [Pair] {
        var spine: Pair?
        var inner: [Pair] = []
        for (place, node) in nodes.enumerated() {
            if let neighbour = isDownward ? layers.spineAbove[node] : layers.spineBelow[node] {
                spine = (node, neighbour, place, positions[neighbour])
            } else if layers.isBend(node) {
                let neighbours = (isDownward ? layers.above : layers.below)[node].filter(layers.isBend)
                if let neighbour = neighbours.first { inner.append((node, neighbour, place, positions[neighbour])) }
            }
        }
        var fixed: [Pair] = []
        for pair in inner {
            if let spine, (pair.place < spine.place) != (pair.position < spine.position) { continue }
            if let spine, pair.position == spine.position { continue }
            if let last = fixed.last, pair.position <= last.position { continue }
            fixed.append(pair)
        }
        if let spine { fixed.insert(spine, at: fixed.firstIndex { $0.place > spine.place } ?? fixed.count) }
        return fixed
    }

    /// Whether aligning the node at a place with the neighbour at a position crosses no fixed alignment.
    private func isFree(_ position: Int, for place: Int, _ fixed: [Pair]) -> Bool {
        // By bisection: the first fixed one to the right.
        var (low, high) = (0, fixed.count)
        while low < high {
            let middle = (low + high) / 2
            if fixed[middle].place < place { low = middle + 1 } else { high = middle }
        }
        if low > 0, position <= fixed[low - 1].position { return false }
        return low == fixed.count || position < fixed[low].position
    }

    /// The one or two neighbours in the middle, the preferred one first.
    private func medians(of node: Int, _ isDownward: Bool, _ isLeftward: Bool) -> [Int] {
        let neighbours = (isDownward ? layers.above : layers.below)[node].sorted { positions[$0] < positions[$1] }
        guard !neighbours.isEmpty else { return [] }
        let (low, high) = ((neighbours.count - 1) / 2, neighbours.count / 2)
        if low == high { return [neighbours[low]] }
        return isLeftward ? [neighbours[low], neighbours[high]] : [neighbours[high], neighbours[low]]
    }

    // MARK: - Compaction

    /// The middle of each block, pushed to one side as far as it goes, and then back to its neighbours where there is room.
    private func compact(_ blocks: Blocks, _ isLeftward: Bool) -> [Double] {
        // Which block stands right of which, at what distance; mirrored if all is pushed to the right.
        var after = [[(block: Int, distance: Double)]](repeating: [], count: blocks.count)
        var waiting = [Int](repeating: 0, count: blocks.count)
        for nodes in layers.order {
            let ordered = isLeftward ? nodes : nodes.reversed()
            for (left, right) in zip(ordered, ordered.dropFirst()) {
                let distance = (widths[left] + widths[right]) / 2 + gap
                after[blocks.block[left]].append((blocks.block[right], distance))
                waiting[blocks.block[right]] += 1
            }
        }
        var places = [Double](repeating: 0, count: blocks.count)
        var ready = (0..<blocks.count).filter { waiting[$0] == 0 }
        var sorted: [Int] = []
        while let block = ready.popLast() {
            sorted.append(block)
            for next in after[block] {
                places[next.block] = max(places[next.block], places[block] + next.distance)
                waiting[next.block] -= 1
                if waiting[next.block] == 0 { ready.append(next.block) }
            }
        }
        for block in sorted.reversed() {
            let room = after[block].map { places[$0.block] - $0.distance }.min()
            if let room, room > places[block] { places[block] = room }
        }
        return isLeftward ? places : places.map { -$0 }
    }

    /// Nodes that stand straight above each other.
    private struct Blocks {
        var block: [Int]
        var count = 0

        init(count nodeCount: Int, partners: [Int?]) {
            // The partner of a node lies in a layer that was aligned before, but indices are in no order.
            var block = [Int](repeating: -1, count: nodeCount)
            for start in 0..<nodeCount where block[start] < 0 {
                var path = [start]
                while let last = path.last, let partner = partners[last], block[partner] < 0 { path.append(partner) }
                let number: Int
                if let last = path.last, let partner = partners[last] {
                    number = block[partner]
                } else {
                    number = count
                    count += 1
                }
                for node in path { block[node] = number }
            }
            self.block = block
        }
    }
}
