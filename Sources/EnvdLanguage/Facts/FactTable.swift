#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Facts from one place, such as an `envd.lock`. Keys may be shell patterns; of those that match the longest wins.
package struct FactTable: Sendable, Decodable {
    /// By image reference.
    package var images: [String: ImageFact] = [:]
    /// The tag of the latest release by `owner/repository` on GitHub.
    package var releases: [String: String] = [:]
    /// The folder that holds a repository's content, by its URL.
    package var git: [String: String] = [:]
    /// Whether Open VSX has an extension, by `publisher.name`.
    package var extensions: [String: Bool] = [:]

    private enum Key: String, CodingKey {
        case images, releases, git
        case extensions = "vsx"
    }

    package init() {}

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let images = try container.decodeIfPresent([String: ImageFact].self, forKey: .images) ?? [:]
        releases = try container.decodeIfPresent([String: String].self, forKey: .releases) ?? [:]
        git = try container.decodeIfPresent([String: String].self, forKey: .git) ?? [:]
        extensions = try container.decodeIfPresent([String: Bool].self, forKey: .extensions) ?? [:]
        for (key, fact) in images { self.images[FactTable.normalized(image: key)] = fact }
    }

    package init(json: [UInt8]) throws(FactTableError) {
        do {
            self = try JSONDecoder().decode(FactTable.self, from: Data(json))
        } catch let error as DecodingError {
            throw FactTableError(error)
        } catch {
            throw FactTableError(message: "\(error)")
        }
    }

    /// The entry with that very key, else of the longest pattern that matches.
    static func find<Fact>(_ key: String, in facts: [String: Fact]) -> Fact? {
        if let exact = facts[key] { return exact }
        let pattern = facts.keys.filter { ShellPattern($0).matches(key) }.max { left, right in
            let (a, b) = (left.utf8.count, right.utf8.count)
            // Equally long ones: any rule will do as long as it is always the same.
            return a == b ? right.utf8.lexicographicallyPrecedes(left.utf8) : a < b
        }
        return pattern.flatMap { facts[$0] }
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
        return path.contains(":") ? "\(host)/\(path)" : "\(host)/\(path):latest"
    }
}

/// Why a text is no table of facts.
package struct FactTableError: Error, Sendable, CustomStringConvertible {
    let message: String

    init(message: String) {
        self.message = message
    }

    fileprivate init(_ error: DecodingError) {
        let context: DecodingError.Context
        switch error {
        case .dataCorrupted:
            message = "not valid JSON"
            return
        case .typeMismatch(_, let place), .valueNotFound(_, let place), .keyNotFound(_, let place): context = place
        @unknown default:
            message = "not a table of facts"
            return
        }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        message = path.isEmpty ? "not a table of facts" : "\(path) has the wrong type"
    }

    package var description: String { message }
}
