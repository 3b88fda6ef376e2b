import PlanRendering
import Testing

/// Drawings of graphs, held against what makes one readable: boxes that do not touch, edges that begin and end at their boxes and
/// pass through no other.
@Suite struct LayoutTests {
    @Test func aChainIsAStraightLine() {
        let drawing = GraphDrawing(StepGraph(needs: [[]] + (0..<9).map { [$0] }))
        check(drawing)
        #expect(Set(drawing.boxes.map(\.x)).count == 1)
        #expect(drawing.edges.allSatisfy { $0.start.x == $0.end.x })
    }

    /// What a plan looks like: one long chain, and sources that enter it from the side.
    @Test func theLongestChainStaysStraightBesideOthers() {
        var needs: [[Int]] = [[]]
        for step in 1..<40 {
            needs.append(step % 5 == 4 ? [] : step % 5 == 0 ? [step - 2, step - 1] : [step - 1])
        }
        let graph = StepGraph(needs: needs)
        let drawing = GraphDrawing(graph)
        check(drawing)
        #expect(Set(graph.longestChain.map { drawing.boxes[$0].centerX }).count == 1)
    }

    @Test(arguments: 0..<60)
    func randomGraphs(seed: UInt64) {
        var random = Random(state: seed &* 77 &+ 1)
        let count = 1 + Int(random.next() % 90)
        let density = Int(random.next() % 4)
        let needs = (0..<count).map { node in
            (0..<density + 1).compactMap { _ -> Int? in
                let distance = 1 + Int(random.next() % (random.next() % 4 == 0 ? 40 : 4))
                return distance <= node && random.next() % 8 != 0 ? node - distance : nil
            }
        }
        check(GraphDrawing(StepGraph(needs: needs)))
    }

    @Test func manyInputsOfOneNode() {
        check(GraphDrawing(StepGraph(needs: (0..<200).map { _ in [] } + [Array(0..<200)])))
    }

    @Test func twoWidthsOfEverythingAreTheSame() {
        let needs = (0..<300).map { node in node == 0 ? [] : [node - 1, node / 2] }
        let (one, other) = (GraphDrawing(StepGraph(needs: needs)), GraphDrawing(StepGraph(needs: needs)))
        #expect(one.boxes == other.boxes)
        #expect(one.edges.map(\.pieces) == other.edges.map(\.pieces))
    }

    /// Beyond what layers are good for: a column, in a time that nobody notices.
    @Test func veryLargeGraphs() {
        let needs = (0..<10_000).map { node in node == 0 ? [] : node % 3 == 0 ? [node - 1, node / 3] : [node - 1] }
        let drawing = GraphDrawing(StepGraph(needs: needs))
        #expect(Set(drawing.boxes.map(\.x)).count == 1)
        check(GraphDrawing(StepGraph(needs: Array(needs.prefix(1_600)))))
    }

    @Test func levelsChainsAndBranches() {
        // 0 → 1 → 3 → 5, with 2 and 4 from the side; 2 is used twice.
        let graph = StepGraph(needs: [[], [0], [], [1, 2, 2], [2], [3, 4]])
        #expect(graph.needs[3] == [1, 2])
        #expect(graph.levels == [1, 2, 1, 3, 2, 4])
        #expect(graph.longestChain == [0, 1, 3, 5])
        #expect(
            graph.branches == [
                StepGraph.Branch(steps: [2], needs: [], users: [3, 4]),
                StepGraph.Branch(steps: [4], needs: [2], users: [5]),
            ])
        #expect(StepGraph(needs: []).longestChain == [])
    }

    // MARK: - What holds for every drawing

    private func check(_ drawing: GraphDrawing, _ place: SourceLocation = #_sourceLocation) {
        for (index, box) in drawing.boxes.enumerated() {
            let isWithin =
                box.x >= 0 && box.y >= 0 && box.x + box.width <= drawing.width && box.bottom <= drawing.height
            if !isWithin { Issue.record("box \(index) lies outside: \(box)", sourceLocation: place) }
        }
        // In the order of their upper edges only the next ones can touch.
        let boxes = drawing.boxes.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
        for (index, box) in boxes.enumerated() {
            for other in boxes[(index + 1)...].prefix(while: { $0.y < box.bottom }) where touch(box, other) {
                Issue.record("two boxes touch: \(box) and \(other)", sourceLocation: place)
            }
        }
        for edge in drawing.edges {
            let (from, to) = (drawing.boxes[edge.from], drawing.boxes[edge.to])
            if !isOnBorder(edge.start, of: from) || !isOnBorder(edge.end, of: to) {
                Issue.record("an edge is not at its boxes: \(edge)", sourceLocation: place)
            }
            let points = points(on: edge)
            let (top, bottom) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
            for (index, box) in drawing.boxes.enumerated() where box.y < bottom && top < box.bottom {
                guard index != edge.from, index != edge.to else { continue }
                let isCrossed = points.contains {
                    $0.x > box.x && $0.x < box.x + box.width && $0.y > box.y && $0.y < box.bottom
                }
                if isCrossed { Issue.record("an edge crosses a box: \(edge), \(index)", sourceLocation: place) }
            }
        }
    }

    private func touch(_ box: GraphDrawing.Box, _ other: GraphDrawing.Box) -> Bool {
        box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.bottom && other.y < box.bottom
    }

    private func isOnBorder(_ point: GraphDrawing.Point, of box: GraphDrawing.Box) -> Bool {
        let isWithin = point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.bottom
        let isAtEdge = [point.y - box.y, point.y - box.bottom, point.x - box.x].contains { abs($0) < 0.01 }
        return isWithin && isAtEdge
    }

    /// Points along an edge, close enough to each other that no box fits between.
    private func points(on edge: GraphDrawing.Edge) -> [GraphDrawing.Point] {
        var points: [GraphDrawing.Point] = []
        var last = edge.start
        for piece in edge.pieces {
            let (end, isCurve) =
                switch piece {
                case .line(let point): (point, false)
                case .curve(let point): (point, true)
                }
            for step in 0...16 {
                let t = Double(step) / 16
                // A cubic with both handles at half the height: in x it is smooth, in y it never turns back.
                let x: Double = isCurve ? t * t * (3 - 2 * t) : t
                let y: Double = isCurve ? t * (1.5 - 1.5 * t + t * t) : t
                let (width, height) = (end.x - last.x, end.y - last.y)
                points.append(GraphDrawing.Point(x: last.x + width * x, y: last.y + height * y))
            }
            last = end
        }
        return points
    }
}

/// The same numbers in every run.
private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
