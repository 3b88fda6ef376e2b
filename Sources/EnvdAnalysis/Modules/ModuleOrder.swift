/// The groups of nodes that reach each other, each after the groups that it leads to (Tarjan's algorithm, without recursion).
///
/// - Parameters:
///   - roots: where to begin; only what they reach is looked at.
///   - limit: how many nodes to look at. What is further away is in no group.
func components<Node: Hashable>(from roots: [Node], limit: Int, _ edges: (Node) -> [Node]) -> [[Node]] {
    var marks: [Node: Mark] = [:]
    var stack: [Node] = []
    var found: [[Node]] = []

    for root in roots where marks[root] == nil && marks.count < limit {
        var path: [(node: Node, edges: [Node], next: Int)] = []
        func enter(_ node: Node) {
            marks[node] = Mark(index: marks.count, low: marks.count, isOnStack: true)
            stack.append(node)
            path.append((node, edges(node), 0))
        }
        enter(root)
        while let top = path.last {
            if top.next < top.edges.count {
                path[path.count - 1].next += 1
                let target = top.edges[top.next]
                if let mark = marks[target] {
                    if mark.isOnStack { marks[top.node]?.lower(to: mark.index) }
                } else if marks.count < limit {
                    enter(target)
                }
                continue
            }
            path.removeLast()
            guard let mark = marks[top.node] else { continue }
            if let parent = path.last?.node { marks[parent]?.lower(to: mark.low) }
            guard mark.low == mark.index else { continue }
            var group: [Node] = []
            while let member = stack.popLast() {
                marks[member]?.isOnStack = false
                group.append(member)
                if member == top.node { break }
            }
            found.append(group)
        }
    }
    return found
}

/// What is known of a node that was entered.
private struct Mark {
    let index: Int
    /// The least index that is reached from it within the group.
    var low: Int
    var isOnStack: Bool

    mutating func lower(to index: Int) { low = min(low, index) }
}

/// The shortest way from one node to another; nil if there is none among the nodes that count.
func shortestPath<Node: Hashable>(
    from start: Node, to end: Node, among nodes: Set<Node>, _ edges: (Node) -> [Node]
) -> [Node]? {
    if start == end { return [start] }
    var before: [Node: Node] = [:]
    var pending = [start]
    var next = 0
    while next < pending.count {
        let node = pending[next]
        next += 1
        for target in edges(node) where nodes.contains(target) && target != start && before[target] == nil {
            before[target] = node
            guard target == end else {
                pending.append(target)
                continue
            }
            var path = [end]
            while let last = path.last, let step = before[last] { path.append(step) }
            return path.reversed()
        }
    }
    return nil
}
