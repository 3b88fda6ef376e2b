import EnvdLanguage
import LLB

/// A fact that can be asked for.
package enum FactRequest: Hashable, Sendable {
    /// The config of an image.
    case image(String)
    /// The tag of the latest release of `owner/repository`.
    case release(String)
    /// Whether there is an extension, by `publisher.name`.
    case `extension`(String)
    /// The files of a git repository, at a commit or at the end of its default branch.
    case repository(String, commit: String?)

    package var name: String {
        switch self {
        case .image(let name), .release(let name), .extension(let name), .repository(let name, _): name
        }
    }
}

/// What the answer was.
package enum FetchedFact: Hashable, Sendable {
    case image(ImageFact)
    case release(String)
    case `extension`(Bool)
    case commit(String)
}

/// Asks the world for facts, several at a time. It is the only part of envd that does.
package struct FactFetcher: Sendable {
    private let settings: FetchSettings
    private let fetcher: HTTPFetcher
    private let registries: RegistryClient

    /// How many facts are asked for at the same time.
    private static let concurrency = 6

    package enum Event: Sendable {
        case started(FactRequest)
        case finished(FactRequest, Result<FetchedFact, FetchError>)
    }

    package init(_ settings: FetchSettings) throws(FetchError) {
        self.settings = settings
        let logins = try DockerCredentials(
            directory: settings.dockerConfiguration, programs: ProgramRunner(environment: [:]))
        // Last of what can fail: its connections must be shut down.
        fetcher = try HTTPFetcher(
            environment: settings.environment, userAgent: settings.userAgent,
            insecureHosts: settings.insecureRegistries)
        registries = RegistryClient(
            fetcher: fetcher, tokens: RegistryTokens(fetcher: fetcher, logins: logins), platform: settings.platform,
            hubURL: settings.dockerHubURL)
    }

    /// Closes all connections. Nothing can be asked for afterwards.
    package func shutdown() async {
        await fetcher.shutdown()
    }

    /// Asks for all of them; each has an answer or an error then.
    ///
    /// - Parameter report: told what happens, one event at a time.
    package func fetch(
        _ requests: [FactRequest], report: (Event) -> Void
    ) async -> [FactRequest: Result<FetchedFact, FetchError>] {
        var results: [FactRequest: Result<FetchedFact, FetchError>] = [:]
        var waiting = requests[...]
        await withTaskGroup(of: (FactRequest, Result<FetchedFact, FetchError>).self) { group in
            func startNext() {
                guard let request = waiting.popFirst() else { return }
                report(.started(request))
                group.addTask { (request, await answer(request)) }
            }
            for _ in 0..<FactFetcher.concurrency { startNext() }
            for await (request, result) in group {
                report(.finished(request, result))
                results[request] = result
                startNext()
            }
        }
        return results
    }

    private func answer(_ request: FactRequest) async -> Result<FetchedFact, FetchError> {
        do {
            let advice = "raise the limit with --timeout"
            return .success(
                try await withDeadline(settings.timeout, doing: "asking for it", advice: advice) {
                    try await ask(request)
                })
        } catch let error as FetchError {
            return .failure(error)
        } catch {
            return .failure(FetchError("it could not be asked for: \(error)"))
        }
    }

    private func ask(_ request: FactRequest) async throws -> FetchedFact {
        switch request {
        case .image(let name): return .image(try await registries.image(name))
        case .release(let repository):
            let releases = GitHubReleases(
                fetcher: fetcher, baseURL: settings.githubURL, token: settings.githubToken)
            return .release(try await releases.latest(repository))
        case .extension(let name):
            let marketplace = OpenVSX(fetcher: fetcher, baseURL: settings.openVSXURL, platform: settings.platform)
            return .extension(try await marketplace.has(name))
        case .repository(let url, let commit):
            guard let cache = settings.repositories else {
                throw FetchError("there is no cache to keep it in", advice: "set HOME or XDG_CACHE_HOME")
            }
            return .commit(try await GitRemote(cache: cache, timeout: settings.timeout).fetch(url, commit: commit))
        }
    }
}
