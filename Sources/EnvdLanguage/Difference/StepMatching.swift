import LLB

/// Which step of an old plan became which step of a new one. It decides nothing about what is rebuilt, only how that is
/// explained.
struct StepMatching {
    /// By the index of the new step: that of the old one.
    private(set) var counterparts: [Int?]
    /// Indices of old steps that became nothing, in their order.
    private(set) var removed: [Int] = []

    private let old: [PlanSnapshot.Step]
    private let new: [PlanSnapshot.Step]
    private var isTaken: [Bool]

    /// Of two steps, at least this part of the words has to be common.
    private static let leastSimilarity = 0.2
    /// Pairs that are compared word by word; beyond, steps are taken in their order.
    private static let maximumPairs = 100_000

    /// Of a step, which may write a file of megabytes.
    private static let maximumWords = 200

    init(from old: [PlanSnapshot.Step], to new: [PlanSnapshot.Step]) {
        self.old = old
        self.new = new
        counterparts = [Int?](repeating: nil, count: new.count)
        isTaken = [Bool](repeating: false, count: old.count)

        // From what is the very same to what is alike.
        pair { $0.digest.description }
        pair { $0.keys.certain.description }
        shareResults()
        pair { $0.keys.possible.description }
        pair { $0.keys.operation.description }
        pair { step in "\(step.kind.rawValue) \(step.title)" }
        pairSimilar()
        pairInputs()

        let results = Set(new.map(\.keys.certain))
        removed = old.indices.filter { !isTaken[$0] && !results.contains(old[$0].keys.certain) }
    }

    /// Pairs what has the same text, in order.
    private mutating func pair(by text: (PlanSnapshot.Step) -> String) {
        var waiting: [String: [Int]] = [:]
        for index in old.indices.reversed() where !isTaken[index] {
            waiting[text(old[index]), default: []].append(index)
        }
        for index in new.indices where counterparts[index] == nil {
            if let match = waiting[text(new[index])]?.popLast() { take(match, for: index) }
        }
    }

    /// Several steps may share a result that only one had before.
    private mutating func shareResults() {
        let owners = Dictionary(old.indices.map { (old[$0].keys.certain, $0) }) { first, _ in first }
        for index in new.indices where counterparts[index] == nil {
            counterparts[index] = owners[new[index].keys.certain]
        }
    }

    private mutating func take(_ match: Int, for index: Int) {
        counterparts[index] = match
        isTaken[match] = true
    }

    // MARK: - Likeness

    private mutating func pairSimilar() {
        let missing = new.indices.filter { counterparts[$0] == nil }
        let left = old.indices.filter { !isTaken[$0] }
        guard !missing.isEmpty, !left.isEmpty, missing.count <= Self.maximumPairs / left.count else { return }
        let oldWords = Dictionary(uniqueKeysWithValues: left.map { ($0, words(of: old[$0])) })
        var candidates: [(score: Double, old: Int, new: Int)] = []
        for index in missing {
            let words = words(of: new[index])
            for match in left where old[match].kind == new[index].kind {
                let score = similarity(words, oldWords[match] ?? []) + (isBuiltOnSame(match, index) ? 0.15 : 0)
                if score >= Self.leastSimilarity { candidates.append((score, match, index)) }
            }
        }
        // The most alike first; of equals the first ones.
        candidates.sort { ($1.score, $0.new, $0.old) < ($0.score, $1.new, $1.old) }
        for candidate in candidates where counterparts[candidate.new] == nil && !isTaken[candidate.old] {
            take(candidate.old, for: candidate.new)
        }
    }

    /// They are much the same in all steps.
    private static let commonFacets: Set = [
        "environment", "working directory", "user", "root", "network", "security", "platform",
    ]

    /// What plays the same part for the same step, be it as different as one image from another.
    private mutating func pairInputs() {
        for index in new.indices.reversed() {
            guard let match = counterparts[index] else { continue }
            for (now, before) in zip(new[index].inputs, old[match].inputs) where now.roles == before.roles {
                let (position, former) = (now.step - 1, before.step - 1)
                guard old.indices.contains(former), counterparts[position] == nil, !isTaken[former],
                    new[position].kind == old[former].kind
                else { continue }
                take(former, for: position)
            }
        }
    }

    private func words(of step: PlanSnapshot.Step) -> Set<String> {
        let values = step.facets.filter { !StepMatching.commonFacets.contains($0.name) }.flatMap(\.values)
        let words = ([step.title] + values).lazy.flatMap { text in text.split { " /:@".contains($0) } }
        return Set(words.prefix(StepMatching.maximumWords).map(String.init))
    }

    private func similarity(_ left: Set<String>, _ right: Set<String>) -> Double {
        let common = left.intersection(right).count
        let all = left.count + right.count - common
        return all == 0 ? 1 : Double(common) / Double(all)
    }

    private func isBuiltOnSame(_ match: Int, _ index: Int) -> Bool {
        guard let before = old[match].inputs.first, let now = new[index].inputs.first else { return false }
        return counterparts[now.step - 1] == before.step - 1
    }
}
