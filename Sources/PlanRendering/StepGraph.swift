import EnvdLanguage

/// The steps of a plan as a graph: what waits for what, and so what can run at the same time.
///
/// Steps are named by their index in the plan, which is an order in which they can be built.
package struct StepGraph: Sendable {
    /// The steps whose results each step uses, each once, in order.
    package let needs: [[Int]]
    /// The steps that use the result of each step, in order.
    package let users: [[Int]]
    /// How many steps have to run one after another until each is done, itself included.
    package let levels: [Int]

    package init(_ steps: [PlanStep]) {
        // By number, which no step has that is larger than the last one's. A dictionary with such keys takes the runtime longer to
        // set up than this takes.
        var indices = [Int?](repeating: nil, count: (steps.map(\.number).max() ?? 0) + 1)
        for (index, step) in steps.enumerated() where indices[step.number] == nil { indices[step.number] = index }
        self.init(
            needs: steps.enumerated().map { index, step in
                step.needs.compactMap { indices.indices.contains($0) ? indices[$0] : nil }.filter { $0 < index }
            })
    }

    /// - Parameter needs: for each node the nodes before it that it uses.
    package init(needs: [[Int]]) {
        var users = [[Int]](repeating: [], count: needs.count)
        var levels: [Int] = []
        self.needs = needs.enumerated().map { index, needs in
            var unique: [Int] = []
            for need in needs.sorted() where need != unique.last { unique.append(need) }
            for need in unique { users[need].append(index) }
            levels.append(1 + (unique.map { levels[$0] }.max() ?? 0))
            return unique
        }
        self.users = users
        self.levels = levels
    }

    package var count: Int { needs.count }

    /// As many steps one after another as there are anywhere in the plan: with every other step beside them, a build takes
    /// at least these.
    package var longestChain: [Int] {
        guard var index = levels.indices.max(by: { levels[$0] < levels[$1] }) else { return [] }
        var chain = [index]
        while let need = needs[index].first(where: { levels[$0] == levels[index] - 1 }) {
            chain.append(need)
            index = need
        }
        return chain.reversed()
    }

    /// Steps that can run beside the longest chain: one after another among themselves.
    package struct Branch: Sendable, Hashable {
        package var steps: [Int]
        /// What it has to wait for; empty if it can start at once.
        package var needs: [Int]
        /// What waits for it.
        package var users: [Int]

        package init(steps: [Int], needs: [Int], users: [Int]) {
            self.steps = steps
            self.needs = needs
            self.users = users
        }
    }

    /// All steps beside the longest chain, cut where they fork and where they join.
    package var branches: [Branch] {
        var isTaken = [Bool](repeating: false, count: count)
        for index in longestChain { isTaken[index] = true }
        var branches: [Branch] = []
        for start in 0..<count where !isTaken[start] {
            var steps = [start]
            isTaken[start] = true
            while let last = steps.last, users[last].count == 1, let next = users[last].first, !isTaken[next],
                needs[next].allSatisfy({ $0 == last || needs[start].contains($0) })
            {
                steps.append(next)
                isTaken[next] = true
            }
            branches.append(Branch(steps: steps, needs: needs[start], users: users[steps[steps.count - 1]]))
        }
        return branches
    }
}
