import LLB

/// Which steps of a plan would be built again after another plan has been built, and why.
///
/// Whether a step is rebuilt is decided as BuildKit decides it, by the key of its result in the cache
/// (`PlanSnapshot.Keys`), and by nothing else. Which old step it is compared with matters for the explanation only.
package struct PlanDifference: Sendable {
    package let old: PlanSnapshot
    package let new: PlanSnapshot
    /// One for each step of the new plan, in order.
    package let steps: [StepChange]
    /// The numbers of the old steps that are no more.
    package let removed: [Int]
    /// What is known otherwise of the world now.
    package let facts: [FactChange]
    /// What is different when the environment runs, which needs no step to be rebuilt.
    package let runtime: [ValueChange]

    package struct StepChange: Hashable, Sendable {
        package let number: Int
        package let state: State
        /// The number of the old step that it is compared with.
        package let counterpart: Int?
        /// None for a step that is not rebuilt.
        package let reasons: [Reason]
        /// The first step that it is rebuilt for: itself, if it is not only rebuilt because another one is.
        package let cause: Int
    }

    package enum State: String, Hashable, Sendable {
        /// Its result is in the cache.
        case unchanged
        case rebuilt
        /// Whether its result is in the cache depends on what another step gives when it is built, on files whose former
        /// content is not known, or on the version of the builder.
        case uncertain
        case new
    }

    package enum Reason: Hashable, Sendable {
        /// It does something else itself.
        case operation(ValueChange)
        /// Files of the project that it uses are different.
        case files(in: String, [FileChange])
        /// Files of the project that it uses, of which nobody knows what they were.
        case unknownFiles([TreePath])
        /// Among the files below the path are different ones, but patterns decide which of them it uses.
        case filteredFiles(in: String)
        /// It is built on that step, which is rebuilt.
        case after(Int)
        /// It uses those paths in the result of that step, which is rebuilt, and is rebuilt only if they differ.
        case contentOf(Int, [String])
        /// It is built on another step than before.
        case otherInput(now: Int, before: Int?)
        /// Something of the operation is different that has no name here.
        case otherSettings
        /// There was none like it.
        case new
    }

    package struct ValueChange: Hashable, Sendable {
        package let name: String
        package let removed: [String]
        package let added: [String]
        /// Whether the values are the same in another order.
        package var isOrder: Bool { removed.isEmpty && added.isEmpty }
    }

    package struct FileChange: Hashable, Sendable {
        /// As seen from the project.
        package let path: TreePath
        package let kind: Kind

        package enum Kind: String, Hashable, Sendable {
            case added, removed, content, mode, target = "link target", kind
        }
    }

    package struct FactChange: Hashable, Sendable {
        package let kind: String
        package let name: String
        package let change: ValueChange
    }

    package init(from old: PlanSnapshot, to new: PlanSnapshot) {
        self.old = old
        self.new = new
        let matching = StepMatching(from: old.steps, to: new.steps)
        removed = matching.removed.map { $0 + 1 }
        facts = FactChange.changes(from: old.facts, to: new.facts)
        runtime = ValueChange.changes(
            from: old.runtime.map { ($0.name, $0.values) }, to: new.runtime.map { ($0.name, $0.values) })

        let certain = Set(old.steps.map(\.keys.certain))
        let possible = Set(old.steps.map(\.keys.possible))
        var steps: [StepChange] = []
        var known = FileChanges.Known()
        for (index, step) in new.steps.enumerated() {
            let counterpart = matching.counterparts[index]
            let state: State =
                if certain.contains(step.keys.certain) {
                    .unchanged
                } else if possible.contains(step.keys.possible) {
                    .uncertain
                } else {
                    counterpart == nil ? .new : .rebuilt
                }
            var reasons: [Reason] = []
            if state != .unchanged {
                reasons =
                    Explanation(step, state, counterpart.map { old.steps[$0] }, steps, matching, &known).reasons
            }
            // What it is rebuilt for itself, or else what the first of its inputs is rebuilt for.
            let inherited = reasons.compactMap { reason -> Int? in
                switch reason {
                case .after(let input), .contentOf(let input, _): steps[input - 1].cause
                default: nil
                }
            }
            let cause = inherited.count < reasons.count ? step.number : inherited.min() ?? step.number
            steps.append(
                StepChange(
                    number: step.number, state: state, counterpart: counterpart.map { $0 + 1 }, reasons: reasons,
                    cause: cause))
        }
        self.steps = steps
    }

    /// The numbers of the steps in that state.
    package func numbers(_ state: State) -> [Int] {
        steps.filter { $0.state == state }.map(\.number)
    }

    /// Whether building the new plan is sure to build nothing.
    package var isEmpty: Bool { steps.allSatisfy { $0.state == .unchanged } }
}

// MARK: - Values

extension PlanDifference.ValueChange {
    /// Nil if nothing changed. A value counts as often as it is there.
    init?(_ name: String, from old: [String], to new: [String]) {
        guard old != new else { return nil }
        func rest(of values: [String], without others: [String]) -> [String] {
            var counts: [String: Int] = [:]
            for other in others { counts[other, default: 0] += 1 }
            return values.filter { value in
                guard let count = counts[value], count > 0 else { return true }
                counts[value] = count - 1
                return false
            }
        }
        self.name = name
        removed = rest(of: old, without: new)
        added = rest(of: new, without: old)
    }

    /// The changes of lists that have names.
    static func changes(
        from old: [(name: String, values: [String])], to new: [(name: String, values: [String])]
    ) -> [PlanDifference.ValueChange] {
        let names = new.map(\.name) + old.map(\.name).filter { name in !new.contains { $0.name == name } }
        return names.compactMap { name in
            PlanDifference.ValueChange(
                name, from: old.first { $0.name == name }?.values ?? [], to: new.first { $0.name == name }?.values ?? []
            )
        }
    }
}

extension PlanDifference.FactChange {
    /// The facts that both plans use and that are not the same.
    static func changes(from old: [PlanSnapshot.Fact], to new: [PlanSnapshot.Fact]) -> [PlanDifference.FactChange] {
        new.compactMap { fact in
            guard let before = old.first(where: { ($0.kind, $0.name) == (fact.kind, fact.name) }) else { return nil }
            return PlanDifference.ValueChange(fact.name, from: before.values, to: fact.values)
                .map { .init(kind: fact.kind, name: fact.name, change: $0) }
        }
    }
}
