/// The nodes of a graph in layers, so that every edge leads down: what Sugiyama's method works on.
///
/// An edge over several layers goes by a *bend* in each layer between, a node that is drawn as a piece of line. Edges from the same
/// node share their bends, so that they look like one line with branches.
struct Layers {
    /// How many of the nodes are boxes; the ones after them are bends.
    let boxCount: Int
    /// The layer of each node, from the top.
    private(set) var layer: [Int]
    /// The nodes one layer above and below that each is joined with.
    private(set) var above: [[Int]]
    private(set) var below: [[Int]]
    /// The nodes of each layer, from the left. Crossing reduction changes it.
    var order: [[Int]]
    /// For each node the next one of the longest chain below it, if it is in that chain itself: the spine of the drawing, which
    /// is to be straight.
    private(set) var spineBelow: [Int?]
    private(set) var spineAbove: [Int?]
    /// For each edge the bends that it goes by, from the top.
    private(set) var edges: [(from: Int, to: Int, bends: [Int])] = []

    /// Beyond these the drawing would take long to make and be of no use.
    static let maximumBoxes = 1_500
    static let maximumEdges = 5_000
    static let maximumBends = 12_000

    /// Nil if the graph is too large.
    init?(_ graph: StepGraph) {
        let count = graph.count
        let edgeCount = graph.needs.reduce(0) { $0 + $1.count }
        guard count > 0, count <= Layers.maximumBoxes, edgeCount <= Layers.maximumEdges else { return nil }
        boxCount = count
        // As late as can be: a source stands just above what uses it first.
        let depth = graph.levels.max() ?? 0
        var layer = [Int](repeating: depth - 1, count: count)
        for node in (0..<count).reversed() {
            for user in graph.users[node] { layer[node] = min(layer[node], layer[user] - 1) }
        }
        let lowest = graph.users.map { users in users.map { layer[$0] }.max() }
        let bendCount = (0..<count).reduce(0) { $0 + max(0, (lowest[$1] ?? 0) - layer[$1] - 1) }
        guard bendCount <= Layers.maximumBends else { return nil }

        self.layer = layer
        above = [[Int]](repeating: [], count: count)
        below = above
        order = [[Int]](repeating: [], count: depth)
        spineBelow = [Int?](repeating: nil, count: count + bendCount)
        spineAbove = spineBelow
        for node in 0..<count { addEdges(from: node, to: graph.users[node]) }

        let spine = graph.longestChain
        for (upper, lower) in zip(spine, spine.dropFirst()) {
            spineBelow[upper] = lower
            spineAbove[lower] = upper
        }
        orderFirst(from: spine.last ?? count - 1)
    }

    var nodeCount: Int { layer.count }

    func isBend(_ node: Int) -> Bool { node >= boxCount }

    private mutating func addEdges(from node: Int, to users: [Int]) {
        var bends: [Int] = []
        for user in users.sorted(by: { (layer[$0], $0) < (layer[$1], $1) }) {
            while layer[node] + bends.count + 1 < layer[user] {
                let bend = layer.count
                layer.append(layer[node] + bends.count + 1)
                above.append([])
                below.append([])
                join(bends.last ?? node, bend)
                bends.append(bend)
            }
            let used = Array(bends.prefix(layer[user] - layer[node] - 1))
            join(used.last ?? node, user)
            edges.append((node, user, used))
        }
    }

    private mutating func join(_ upper: Int, _ lower: Int) {
        below[upper].append(lower)
        above[lower].append(upper)
    }

    /// The spine first, and then in each layer what hangs on it: a good beginning for crossing reduction.
    private mutating func orderFirst(from last: Int) {
        var isPlaced = [Bool](repeating: false, count: nodeCount)
        func place(_ start: Int, _ layers: inout Layers) {
            var path = [start]
            while let node = path.popLast() {
                guard !isPlaced[node] else { continue }
                isPlaced[node] = true
                layers.order[layers.layer[node]].append(node)
                let spine = layers.spineAbove[node]
                // The last one pushed is the first one placed.
                path += layers.above[node].reversed().filter { $0 != spine }
                if let spine { path.append(spine) }
            }
        }
        place(last, &self)
        for node in (0..<boxCount).reversed() { place(node, &self) }
        for bend in boxCount..<nodeCount { place(bend, &self) }
    }

    /// The place of each node in its layer.
    var positions: [Int] {
        var positions = [Int](repeating: 0, count: nodeCount)
        for nodes in order {
            for (position, node) in nodes.enumerated() { positions[node] = position }
        }
        return positions
    }
}
