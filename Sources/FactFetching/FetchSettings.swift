import EnvdLanguage
import LLB

/// Whom to ask, and how.
package struct FetchSettings: Sendable {
    /// For which platform images and extensions are chosen.
    package var platform: Platform
    /// The longest that one fact may take with all its requests, in seconds.
    package var timeout = 60.0
    /// `HOST` or `HOST:PORT` of registries that are asked over HTTP; those on this machine always are.
    package var insecureRegistries: Set<String> = []
    /// The folder of docker's `config.json`, for logins.
    package var dockerConfiguration: String?
    /// Where included libraries are kept.
    package var repositories: RepositoryCache?
    /// A registry that stands in for Docker Hub, such as a mirror.
    package var dockerHubURL: String?
    package var githubURL = "https://api.github.com"
    package var openVSXURL = "https://open-vsx.org"
    package var githubToken: String?
    /// Of this process: for proxies (`HTTPS_PROXY`, `NO_PROXY`, …) and trust (`SSL_CERT_FILE`).
    package var environment: [String: String] = [:]
    /// How we call ourselves.
    package var userAgent = "envd-tools"

    package init(platform: Platform) {
        self.platform = platform
    }

    /// The variables that `environment` is asked for.
    package static let environmentNames = [
        "https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE",
    ]
}
