import EnvdLanguage

extension FactTable {
    /// Writes an answer down under the name that was asked for.
    package mutating func add(_ fact: FetchedFact, for request: FactRequest) {
        switch (request, fact) {
        case (.image(let name), .image(let image)): images[name] = image
        case (.release(let name), .release(let tag)): releases[name] = tag
        case (.extension(let name), .extension(let isThere)): extensions[name] = isThere
        case (.repository(let url, _), .commit(let commit)): commits[FactTable.repositoryKeys(url)[0]] = commit
        default: break
        }
    }
}

extension FetchError {
    /// Without a network, nobody can be asked.
    package static let offline = FetchError(
        "nothing on this machine knows it", advice: "run 'envd lock' without --offline")

    package static let noExtension = FetchError(.missing, "Open VSX has no such extension")
}
