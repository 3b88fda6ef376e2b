#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The headers `Authorization` by which registries let us in, and how to come by them.
actor RegistryTokens {
    private let fetcher: HTTPFetcher
    private let logins: DockerCredentials
    private var known: [RegistryClient.Repository: String] = [:]

    private static let maximumAnswerSize = 1 << 20

    init(fetcher: HTTPFetcher, logins: DockerCredentials) {
        self.fetcher = fetcher
        self.logins = logins
    }

    /// What let us in before; nil for the first request.
    func authorization(for repository: RegistryClient.Repository) -> String? { known[repository] }

    /// Does what a registry asks for.
    ///
    /// - Parameter address: who asks.
    func authorization(
        for repository: RegistryClient.Repository, answering challenges: [AuthenticationChallenge],
        from address: WebAddress
    ) async throws -> String {
        let login = try await logins.credentials(for: repository.host.loginNames)
        let header: String
        if let challenge = challenges.first(where: { $0.scheme == "bearer" }) {
            header = try await "Bearer " + token(for: repository, challenge, login)
        } else if challenges.contains(where: { $0.scheme == "basic" }), case .password(let user, let password)? = login
        {
            header = RegistryTokens.basic(user, password)
        } else {
            let advice = "try 'docker login \(repository.host.name)'"
            throw FetchError("\(address.origin) wants a login and there is none", advice: advice)
        }
        known[repository] = header
        return header
    }

    /// Asks the server of tokens that the challenge names, by Docker's protocol for tokens.
    private func token(
        for repository: RegistryClient.Repository, _ challenge: AuthenticationChallenge, _ login: RegistryCredentials?
    ) async throws -> String {
        guard let realm = challenge.parameters["realm"] else {
            throw FetchError("\(repository.host.base) wants a token and does not say from where")
        }
        let scope = "repository:\(repository.path):pull"
        let service = challenge.parameters["service"]
        let answer: HTTPAnswer
        if case .identityToken(let secret)? = login {
            let form = [
                ("grant_type", "refresh_token"), ("service", service ?? ""), ("client_id", "envd-tools"),
                ("scope", scope), ("refresh_token", secret),
            ]
            let address = try WebAddress(realm, insecureHosts: fetcher.insecureHosts)
            answer = try await fetcher.post(address, form: form, limit: RegistryTokens.maximumAnswerSize)
        } else {
            var query = service.map { [("service", $0)] } ?? []
            query.append(("scope", scope))
            var headers: [(String, String)] = []
            if case .password(let user, let password)? = login {
                query.append(("account", user))
                headers = [("Authorization", RegistryTokens.basic(user, password))]
            }
            let text = query.map { "\($0.0)=\(FormText.encode($0.1))" }.joined(separator: "&")
            let separator = realm.contains("?") ? "&" : "?"
            let address = try WebAddress(realm + separator + text, insecureHosts: fetcher.insecureHosts)
            answer = try await fetcher.get(address, headers: headers, limit: RegistryTokens.maximumAnswerSize)
        }
        guard answer.status == 200 else {
            let isRefusal = answer.status == 401 || answer.status == 403
            let failure = answer.failure(
                "a token for \(repository.host.name)/\(repository.path)",
                advice: isRefusal ? "the login is not accepted; try 'docker login \(repository.host.name)'" : "")
            throw FetchError(failure.message, advice: failure.advice)
        }
        struct Token: Decodable {
            var token: String?
            var access_token: String?
        }
        let decoded = try answer.decode(Token.self, as: "a token")
        // What stands in a header is one line of visible characters.
        guard let token = decoded.token ?? decoded.access_token, !token.isEmpty,
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw FetchError("what \(answer.address.origin) answered is not a token") }
        return token
    }

    private static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }
}
