/// The latest release of a repository on GitHub, found as envd finds it: the first of the ten latest that is neither a draft
/// nor a preview.
struct GitHubReleases: Sendable {
    let fetcher: HTTPFetcher
    let baseURL: String
    /// Raises GitHub's limit, and is sent to nobody else.
    let token: String?

    /// Ten releases with all their files and notes.
    private static let maximumAnswerSize = 16 << 20

    func latest(_ repository: String) async throws -> String {
        struct Release: Decodable {
            var tag_name: String?
            var draft: Bool?
            var prerelease: Bool?
        }
        let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw FetchError("'\(repository)' is not of the form OWNER/REPOSITORY") }
        let path = parts.map { FormText.encode(String($0)) }.joined(separator: "/")
        let address = try WebAddress("\(baseURL)/repos/\(path)/releases?per_page=10")
        var headers = [("Accept", "application/vnd.github+json")]
        if let token { headers.append(("Authorization", "Bearer \(token)")) }
        let answer = try await fetcher.get(address, headers: headers, limit: GitHubReleases.maximumAnswerSize)
        guard answer.status == 200 else {
            let isLimited = [403, 429].contains(answer.status) && answer.header("X-RateLimit-Remaining") == "0"
            let advice =
                isLimited
                ? "GitHub's limit of requests is used up: "
                    + (token == nil ? "set GITHUB_TOKEN, or try again in an hour" : "try again in an hour")
                : answer.status == 401 ? "GITHUB_TOKEN is not accepted" : ""
            throw answer.failure("the releases of \(repository)", advice: advice)
        }
        let releases = try answer.decode([Release].self, as: "a list of releases")
        let stable = releases.first {
            $0.draft != true && $0.prerelease != true && $0.tag_name?.isEmpty == false
        }
        guard let tag = stable?.tag_name else {
            throw FetchError(.missing, "\(repository) has no release that is neither a draft nor a preview")
        }
        // It becomes part of a command.
        guard tag.utf8.count <= 200, tag.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw FetchError("the latest release of \(repository) has a tag that is no name")
        }
        return tag
    }
}
