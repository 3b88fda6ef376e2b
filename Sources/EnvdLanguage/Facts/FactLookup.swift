import LLB

/// Where facts come from, in order, and which of them were used.
///
/// A class because the plan's program asks for facts while it runs, and afterwards the plan tells which.
final class FactLookup {
    private var sources: [FactSource]
    private(set) var used: [UsedFact] = []
    /// By URL, the commits of repositories that are meant but whose content is not on this machine.
    private(set) var unfetched: [String: String] = [:]

    init(_ sources: [FactSource]) {
        self.sources = sources
    }

    /// Begins anew, for another plan.
    func begin(with sources: [FactSource]) {
        self.sources = sources
        used = []
        unfetched = [:]
    }

    /// - Throws: if the reference is no reference, or the image is known not to exist.
    func image(_ reference: String, for location: SourceLocation? = nil) throws -> ImageFact {
        let name = try ImageReference(reference).description
        guard let (fact, origin) = find(name) else {
            record(
                .image(name), .assumed("nothing is known of it, so it is taken to set only the usual PATH"), location)
            return .unknown
        }
        record(.image(name), origin, location)
        guard !fact.isMissing else { throw FactError.missingImage(name) }
        return fact
    }

    /// The tag of a repository's latest release, if anybody knows it.
    func release(_ repository: String, for location: SourceLocation? = nil) -> String? {
        guard let (tag, origin) = find(repository, \.releases) else {
            record(.release(repository), .assumed("unknown, so the tool's default version is used"), location)
            return nil
        }
        record(.release(repository), origin, location)
        return tag
    }

    func hasExtension(_ name: String, for location: SourceLocation? = nil) -> Bool {
        guard let (isThere, origin) = find(name, \.extensions) else {
            record(.extension(name), .assumed("taken to exist"), location)
            return true
        }
        record(.extension(name), origin, location)
        return isThere
    }

    /// The folder with the content of a git repository.
    ///
    /// - Throws: if nobody knows the repository, or the commit that is meant has not been fetched to this machine.
    func repository(_ url: String, for location: SourceLocation? = nil) throws -> String {
        for source in sources {
            for key in FactTable.repositoryKeys(url) {
                if let found = FactTable.key(for: key, in: source.table.git), let folder = source.table.git[found] {
                    record(.repository(url), source.origin, location)
                    return folder
                }
                if let found = FactTable.key(for: key, in: source.table.commits),
                    let commit = source.table.commits[found]
                {
                    record(.repository(url), source.origin, location)
                    guard let folder = source.repositories?.folder(of: commit) else {
                        unfetched[url] = commit
                        throw FactError.unfetchedRepository(url, commit: commit)
                    }
                    return folder
                }
            }
        }
        record(.repository(url), .assumed("its content is not known"), location)
        throw FactError.unknownRepository(url)
    }

    /// A statement of the prelude or the host about the world that was not looked up.
    func assume(_ subject: UsedFact.Subject, _ reason: String) {
        record(subject, .assumed(reason), nil)
    }

    /// What the first source that knows an image says of it.
    private func find(_ image: String) -> (ImageFact, UsedFact.Origin)? {
        for source in sources {
            if let fact = source.image(image) { return (fact, source.origin) }
        }
        return nil
    }

    private func find<Fact>(
        _ key: String, _ kind: KeyPath<FactTable, [String: Fact]>
    ) -> (Fact, UsedFact.Origin)? {
        for source in sources {
            let facts = source.table[keyPath: kind]
            if let found = FactTable.key(for: key, in: facts), let fact = facts[found] { return (fact, source.origin) }
        }
        return nil
    }

    private func record(_ subject: UsedFact.Subject, _ origin: UsedFact.Origin, _ location: SourceLocation?) {
        guard !used.contains(where: { $0.subject == subject && $0.origin == origin }) else { return }
        used.append(UsedFact(subject: subject, origin: origin, location: location))
    }
}

/// A fact that a plan depends on.
package struct UsedFact: Hashable, Sendable {
    package let subject: Subject
    package let origin: Origin
    /// The first call in the user's program that needs it, if that is known.
    package let location: SourceLocation?

    package enum Subject: Hashable, Sendable {
        case image(String)
        case release(String)
        case `extension`(String)
        case file(String)
        case repository(String)
    }

    package enum Origin: Hashable, Sendable {
        /// A table in a file of the user's.
        case file(String)
        /// Nobody said so; the reason.
        case assumed(String)
    }
}

enum FactError: Error, CustomStringConvertible {
    case missingImage(String)
    case unknownRepository(String)
    case unfetchedRepository(String, commit: String)

    var description: String {
        switch self {
        case .missingImage(let name): "there is no image \(name)"
        case .unknownRepository(let url):
            "the content of \(url) is not known: run 'envd lock', or name a folder for it in envd.lock under \"git\""
        case .unfetchedRepository(let url, let commit):
            "the content of \(url) at commit \(commit) is not on this machine: run 'envd lock'"
        }
    }
}
