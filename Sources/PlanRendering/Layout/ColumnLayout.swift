/// A drawing of a graph of any size: the boxes below each other in the order of the nodes, with the edges that skip boxes in
/// lanes to their left.
struct ColumnLayout {
    let drawing: GraphDrawing

    init(_ graph: StepGraph, _ metrics: GraphDrawing.Metrics) {
        let lanes = ColumnLayout.lanes(graph)
        let laneCount = Double((lanes.compactMap { $0 }.max() ?? -1) + 1)
        let left = metrics.margin + (laneCount + 1) * metrics.edgeWidth
        let step = metrics.boxHeight + metrics.rowGap
        let boxes = (0..<graph.count).map { node in
            GraphDrawing.Box(
                x: left, y: metrics.margin + Double(node) * step, width: metrics.boxWidth, height: metrics.boxHeight)
        }
        var edges: [GraphDrawing.Edge] = []
        for node in 0..<graph.count {
            for user in graph.users[node] {
                let (from, to) = (boxes[node], boxes[user])
                guard user > node + 1, let lane = lanes[node] else {
                    edges.append(
                        .init(
                            from: node, to: user, start: .init(x: from.centerX, y: from.bottom),
                            pieces: [.line(.init(x: to.centerX, y: to.y))]))
                    continue
                }
                let x = left - Double(lane + 1) * metrics.edgeWidth
                // Leaves below the middle and arrives above it, so that lines at the same box stay apart.
                let (start, end) = (from.y + metrics.boxHeight * 0.7, to.y + metrics.boxHeight * 0.3)
                edges.append(
                    .init(
                        from: node, to: user, start: .init(x: left, y: start),
                        pieces: [
                            .line(.init(x: x, y: start)), .line(.init(x: x, y: end)), .line(.init(x: left, y: end)),
                        ]))
            }
        }
        drawing = GraphDrawing(
            boxes: boxes, edges: edges, width: left + metrics.boxWidth + metrics.margin,
            height: (boxes.last?.bottom ?? 0) + metrics.margin)
    }

    /// For each node with edges that skip boxes the lane that they share, counted from the boxes outward; short edges tend to be
    /// close to the boxes.
    private static func lanes(_ graph: StepGraph) -> [Int?] {
        var lanes = [Int?](repeating: nil, count: graph.count)
        var ending = [[Int]](repeating: [], count: graph.count)
        var free: [Int] = []
        var count = 0
        for node in 0..<graph.count {
            free += ending[node].compactMap { lanes[$0] }
            guard let last = graph.users[node].last, last > node + 1 else { continue }
            if let nearest = free.indices.min(by: { free[$0] < free[$1] }) {
                lanes[node] = free.remove(at: nearest)
            } else {
                lanes[node] = count
                count += 1
            }
            ending[last].append(node)
        }
        return lanes
    }
}
