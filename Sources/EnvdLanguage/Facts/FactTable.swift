/// Facts from one place, such as an `envd.lock`. Keys may be shell patterns; of those that match the longest wins.
package struct FactTable: Hashable, Sendable {
    /// By image reference.
    package var images: [String: ImageFact] = [:]
    /// The tag of the latest release by `owner/repository` on GitHub.
    package var releases: [String: String] = [:]
    /// The folder that holds a repository's content, by its URL.
    package var git: [String: String] = [:]
    /// The commit of a repository that is meant, by its URL; its content is in the user's cache.
    package var commits: [String: String] = [:]
    /// Whether Open VSX has an extension, by `publisher.name`.
    package var extensions: [String: Bool] = [:]

    package init() {}

    package init(json: [UInt8]) throws(FactTableError) {
        self = try FactReader.read(json) { (table) throws(FactTableError) in try FactTable(table) }
    }

    private init(_ table: FactReader) throws(FactTableError) {
        for (name, fact) in try table.member("images")?.members() ?? [] {
            images[FactTable.normalized(image: name)] = try ImageFact(fact)
        }
        releases = try FactTable.strings(table.member("releases"))
        git = try FactTable.strings(table.member("git"))
        commits = try FactTable.strings(table.member("commits"))
        for (url, commit) in commits where !RepositoryCache.isCommit(commit) {
            throw FactTableError(message: "commits.\(url) is no commit: 40 or 64 lower-case hexadecimal digits")
        }
        for (name, isThere) in try table.member("vsx")?.members() ?? [] { extensions[name] = try isThere.bool() }
    }

    private static func strings(_ object: FactReader?) throws(FactTableError) -> [String: String] {
        var strings: [String: String] = [:]
        for (key, value) in try object?.members() ?? [] { strings[key] = try value.string() }
        return strings
    }

    /// The key of the entry that speaks of `name`: that very name, else the longest pattern that matches.
    package static func key<Fact>(for name: String, in facts: [String: Fact]) -> String? {
        if facts[name] != nil { return name }
        return facts.keys.filter { ShellPattern($0).matches(name) }.max { left, right in
            let (a, b) = (left.utf8.count, right.utf8.count)
            // Equally long ones: any rule will do as long as it is always the same.
            return a == b ? right.utf8.lexicographicallyPrecedes(left.utf8) : a < b
        }
    }

    /// The keys by which a repository may be known: with and without `.git`.
    package static func repositoryKeys(_ url: String) -> [String] {
        let bare = url.hasSuffix(".git") ? String(url.dropLast(4)) : url
        return [bare, bare + ".git"]
    }

    /// Whether a key speaks of more than one name. Such an entry was written by hand: nobody can be asked for it.
    package static func isPattern(_ key: String) -> Bool {
        key.utf8.contains { "*?[".utf8.contains($0) }
    }

    /// A reference or a pattern of references with its host and, unless it ends with a digest, its tag.
    private static func normalized(image key: String) -> String {
        if key == "*" { return key }
        let parts = key.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let first = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let looksLikeHost = first[0].contains(".") || first[0].contains(":") || ["localhost", "*"].contains(first[0])
        let isHost = first.count == 2 && looksLikeHost
        let host = isHost ? String(first[0]) : "docker.io"
        var path = isHost ? String(first[1]) : name
        if host == "docker.io", !path.contains("/") { path = "library/" + path }
        if parts.count == 2 { return "\(host)/\(path)@\(parts[1])" }
        // A pattern that ends with a star means all tags too.
        return path.contains(":") || path.hasSuffix("*") ? "\(host)/\(path)" : "\(host)/\(path):latest"
    }
}

/// Why a text is no table of facts.
package struct FactTableError: Error, Sendable, CustomStringConvertible {
    let message: String

    init(message: String) {
        self.message = message
    }

    static let notJSON = FactTableError(message: "not valid JSON")

    package var description: String { message }
}
