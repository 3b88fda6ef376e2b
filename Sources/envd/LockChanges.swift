import EnvdLanguage

/// What is different between two tables of facts, in words.
struct LockChanges {
    private(set) var lines: [String] = []

    init(from old: FactTable, to new: FactTable) {
        compare("image", old.images, new.images)
        compare("release", old.releases, new.releases)
        compare("extension", old.extensions, new.extensions)
        compare("repository", old.commits, new.commits)
        compare("repository", old.git, new.git)
    }

    var isEmpty: Bool { lines.isEmpty }

    private mutating func compare<Fact: Equatable>(_ kind: String, _ old: [String: Fact], _ new: [String: Fact]) {
        for name in Set(old.keys).union(new.keys).sorted() {
            switch (old[name], new[name]) {
            case (nil, .some): lines.append("new: \(kind) \(name)")
            case (.some, nil): lines.append("dropped, since nothing needs it: \(kind) \(name)")
            case (let before, let after) where before != after: lines.append("changed: \(kind) \(name)")
            default: break
            }
        }
    }
}
