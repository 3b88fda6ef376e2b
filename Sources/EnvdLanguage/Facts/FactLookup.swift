import LLB

/// Where facts come from, in order, and which of them were used.
///
/// A class because the plan's program asks for facts while it runs, and afterwards the plan tells which.
final class FactLookup {
    private var sources: [FactSource]
    private(set) var used: [UsedFact] = []

    init(_ sources: [FactSource]) {
        self.sources = sources
    }

    /// Begins anew, for another plan.
    func begin(with sources: [FactSource]) {
        self.sources = sources
        used = []
    }

    /// - Throws: if the reference is no reference, or the image is known not to exist.
    func image(_ reference: String) throws -> ImageFact {
        let name = try ImageReference(reference).description
        guard let (fact, origin) = find(name, \.images) else {
            record(.image(name), .assumed("nothing is known of it, so it is taken to set only the usual PATH"))
            return FactTable.unknownImage
        }
        guard !fact.isMissing else { throw FactError.missingImage(name) }
        record(.image(name), origin)
        return fact
    }

    /// The tag of a repository's latest release, if anybody knows it.
    func release(_ repository: String) -> String? {
        guard let (tag, origin) = find(repository, \.releases) else {
            record(.release(repository), .assumed("unknown, so the tool's default version is used"))
            return nil
        }
        record(.release(repository), origin)
        return tag
    }

    func hasExtension(_ name: String) -> Bool {
        guard let (isThere, origin) = find(name, \.extensions) else {
            record(.extension(name), .assumed("taken to exist"))
            return true
        }
        record(.extension(name), origin)
        return isThere
    }

    /// The folder with the content of a git repository, if anybody knows it.
    func repository(_ url: String) -> String? {
        let bare = url.hasSuffix(".git") ? String(url.dropLast(4)) : url
        for key in [bare, bare + ".git"] {
            if let (folder, origin) = find(key, \.git) {
                record(.repository(url), origin)
                return folder
            }
        }
        return nil
    }

    /// A statement of the prelude or the host about the world that was not looked up.
    func assume(_ subject: UsedFact.Subject, _ reason: String) {
        record(subject, .assumed(reason))
    }

    private func find<Fact>(
        _ key: String, _ kind: KeyPath<FactTable, [String: Fact]>
    ) -> (Fact, UsedFact.Origin)? {
        for source in sources {
            if let fact = FactTable.find(key, in: source.table[keyPath: kind]) {
                return (fact, source.origin)
            }
        }
        return nil
    }

    private func record(_ subject: UsedFact.Subject, _ origin: UsedFact.Origin) {
        let fact = UsedFact(subject: subject, origin: origin)
        if !used.contains(fact) { used.append(fact) }
    }
}

/// A table of facts and where it stands.
package struct FactSource: Sendable {
    package let origin: UsedFact.Origin
    package let table: FactTable

    /// - Parameter file: where the table stands; the folders that it names are relative to that.
    package init(file: String, _ table: FactTable) {
        origin = .file(file)
        var table = table
        let slash = file.utf8.lastIndex(of: UInt8(ascii: "/"))
        let directory = slash.map { String(file[...$0]) } ?? ""
        table.git = table.git.mapValues { ImagePath.isAbsolute($0) ? $0 : directory + $0 }
        self.table = table
    }

    private init(origin: UsedFact.Origin, _ table: FactTable) {
        self.origin = origin
        self.table = table
    }

    /// The embedded table; last in every list.
    package static let commonImages = FactSource(
        origin: .assumed("from the table of common images within envd"), .commonImages)
}

/// A fact that a plan depends on.
package struct UsedFact: Hashable, Sendable {
    package let subject: Subject
    package let origin: Origin

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

    var description: String {
        switch self {
        case .missingImage(let name): "there is no image \(name)"
        }
    }
}
