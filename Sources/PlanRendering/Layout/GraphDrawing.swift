/// Where the boxes of a graph stand and which way its edges take. Points are in pixels, y grows downward.
package struct GraphDrawing: Sendable {
    /// One for each node, in order. No two of them touch.
    package var boxes: [Box]
    package var edges: [Edge]
    package var width: Double
    package var height: Double

    package struct Box: Sendable, Hashable {
        /// The upper left corner.
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double

        package var centerX: Double { x + width / 2 }
        package var bottom: Double { y + height }
    }

    package struct Point: Sendable, Hashable {
        package var x: Double
        package var y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// From the edge of one box to the edge of another, without touching a third.
    package struct Edge: Sendable {
        package var from: Int
        package var to: Int
        package var start: Point
        package var pieces: [Piece]

        package var end: Point {
            switch pieces.last {
            case .line(let point), .curve(let point): point
            case nil: start
            }
        }
    }

    package enum Piece: Sendable, Hashable {
        case line(Point)
        /// Leaves the point before and arrives at this one vertically, and is between both in height all the way.
        case curve(Point)
    }

    /// How large things are drawn.
    package struct Metrics: Sendable {
        package var boxWidth = 320.0
        package var boxHeight = 42.0
        /// Between boxes beside each other.
        package var columnGap = 26.0
        /// Between boxes above each other, at least.
        package var rowGap = 24.0
        /// What an edge takes that passes between boxes.
        package var edgeWidth = 14.0
        package var margin = 20.0

        package init() {}
    }

    /// Draws a graph: in layers as long as that is quick and readable, else in one column.
    package init(_ graph: StepGraph, _ metrics: Metrics = Metrics()) {
        self = LayeredLayout(graph, metrics)?.drawing ?? ColumnLayout(graph, metrics).drawing
    }

    init(boxes: [Box], edges: [Edge], width: Double, height: Double) {
        self.boxes = boxes
        self.edges = edges
        self.width = width
        self.height = height
    }
}
