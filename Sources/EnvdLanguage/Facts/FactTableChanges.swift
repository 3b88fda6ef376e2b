extension FactTable {
    /// Takes over all facts of another table.
    package mutating func merge(_ other: FactTable) {
        images.merge(other.images) { $1 }
        releases.merge(other.releases) { $1 }
        git.merge(other.git) { $1 }
        commits.merge(other.commits) { $1 }
        extensions.merge(other.extensions) { $1 }
    }

    /// Takes over what another table says of one thing, under the key that it has there.
    package mutating func copy(_ subject: UsedFact.Subject, from other: FactTable) {
        switch subject {
        case .image(let name): copy(name, \.images, from: other)
        case .release(let name): copy(name, \.releases, from: other)
        case .extension(let name): copy(name, \.extensions, from: other)
        case .repository(let url):
            for key in FactTable.repositoryKeys(url) {
                if copy(key, \.git, from: other) || copy(key, \.commits, from: other) { return }
            }
        case .file: break
        }
    }

    @discardableResult
    private mutating func copy<Fact>(
        _ name: String, _ kind: WritableKeyPath<FactTable, [String: Fact]>, from other: FactTable
    ) -> Bool {
        let facts = other[keyPath: kind]
        guard let key = FactTable.key(for: name, in: facts), let fact = facts[key] else { return false }
        self[keyPath: kind][key] = fact
        return true
    }

    /// Removes what registries said for other platforms.
    package mutating func removeImages(notFor platform: String) {
        images = images.filter { $0.value.platform == nil || $0.value.platform == platform }
    }

    /// Removes what somebody can be asked for again; what was written by hand stays: folders and patterns.
    package mutating func removeAskable() {
        images = images.filter { FactTable.isPattern($0.key) }
        releases = releases.filter { FactTable.isPattern($0.key) }
        extensions = extensions.filter { FactTable.isPattern($0.key) }
        commits = commits.filter { FactTable.isPattern($0.key) }
    }
}
