import LLB

/// Where a registry is, and what its logins may be called.
struct RegistryHost: Hashable, Sendable {
    /// Scheme, host and port.
    let base: String
    /// As docker's configuration may call it; what a credential helper is asked for comes first.
    let loginNames: [String]
    /// As users call it.
    let name: String

    /// - Parameter hubURL: instead of the address of Docker Hub.
    init(of reference: ImageReference, hubURL: String?, insecureHosts: Set<String>) {
        name = reference.domain
        if reference.domain == "docker.io" {
            base = RegistryHost.withoutSlash(hubURL ?? "https://registry-1.docker.io")
            loginNames = ["https://index.docker.io/v1/", "index.docker.io", "docker.io", "registry-1.docker.io"]
            return
        }
        loginNames = [reference.domain]
        let host = RegistryHost.withoutPort(reference.domain)
        let isPlain =
            WebAddress.isThisMachine(host) || insecureHosts.contains(host) || insecureHosts.contains(reference.domain)
        base = "\(isPlain ? "http" : "https")://\(reference.domain)"
    }

    private static func withoutSlash(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    private static func withoutPort(_ domain: String) -> String {
        if domain.hasPrefix("["), let end = domain.firstIndex(of: "]") {
            return String(domain[domain.index(after: domain.startIndex)..<end])
        }
        return String(domain.prefix { $0 != ":" })
    }
}
