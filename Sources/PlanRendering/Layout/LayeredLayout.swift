/// A drawing in layers, by Sugiyama's method: a layer for each node, few crossings, straight long edges.
struct LayeredLayout {
    let drawing: GraphDrawing

    /// Nil if the graph is too large for it.
    init?(_ graph: StepGraph, _ metrics: GraphDrawing.Metrics) {
        guard var layers = Layers(graph) else { return nil }
        layers.reduceCrossings()
        let widths = (0..<layers.nodeCount).map { layers.isBend($0) ? metrics.edgeWidth : metrics.boxWidth }
        let centers = HorizontalPlacement(layers, widths: widths, gap: metrics.columnGap).centers
            .map { $0 + metrics.margin }

        // An edge that goes far to the side needs height to do so gracefully.
        var tops: [Double] = []
        var top = metrics.margin
        for (index, nodes) in layers.order.enumerated() {
            if index > 0 {
                let reach = nodes.flatMap { node in layers.above[node].map { abs(centers[$0] - centers[node]) } }.max()
                top += metrics.boxHeight + metrics.rowGap + min(36, (reach ?? 0) / 16)
            }
            tops.append(top)
        }

        let boxes = (0..<layers.boxCount).map { node in
            GraphDrawing.Box(
                x: centers[node] - metrics.boxWidth / 2, y: tops[layers.layer[node]], width: metrics.boxWidth,
                height: metrics.boxHeight)
        }
        let ports = LayeredLayout.ports(layers, centers, metrics)
        var edges: [GraphDrawing.Edge] = []
        for (index, edge) in layers.edges.enumerated() {
            var pieces: [GraphDrawing.Piece] = []
            for bend in edge.bends {
                let y = tops[layers.layer[bend]]
                pieces.append(.curve(.init(x: centers[bend], y: y)))
                pieces.append(.line(.init(x: centers[bend], y: y + metrics.boxHeight)))
            }
            pieces.append(.curve(.init(x: ports[index], y: boxes[edge.to].y)))
            edges.append(
                GraphDrawing.Edge(
                    from: edge.from, to: edge.to, start: .init(x: centers[edge.from], y: boxes[edge.from].bottom),
                    pieces: pieces))
        }
        let right = centers.indices.map { centers[$0] + widths[$0] / 2 }.max() ?? 0
        drawing = GraphDrawing(
            boxes: boxes, edges: edges, width: right + metrics.margin,
            height: (tops.last ?? 0) + metrics.boxHeight + metrics.margin)
    }

    /// Where each edge arrives: side by side along the upper edge of a box, from the left as they come, and one that comes
    /// from straight above in the middle.
    private static func ports(_ layers: Layers, _ centers: [Double], _ metrics: GraphDrawing.Metrics) -> [Double] {
        var ports = layers.edges.map { centers[$0.to] }
        var arriving = [[Int]](repeating: [], count: layers.boxCount)
        for (index, edge) in layers.edges.enumerated() { arriving[edge.to].append(index) }
        for (node, edges) in arriving.enumerated() where edges.count > 1 {
            let origin = { (index: Int) in centers[layers.edges[index].bends.last ?? layers.edges[index].from] }
            let sorted = edges.sorted { (origin($0), $0) < (origin($1), $1) }
            let straight = sorted.firstIndex { abs(origin($0) - centers[node]) < 0.5 }
            let middle = straight.map(Double.init) ?? Double(sorted.count - 1) / 2
            let longest = max(middle, Double(sorted.count - 1) - middle)
            let distance = min(20, (metrics.boxWidth / 2 - 16) / longest)
            for (place, index) in sorted.enumerated() {
                ports[index] = centers[node] + (Double(place) - middle) * distance
            }
        }
        return ports
    }
}
