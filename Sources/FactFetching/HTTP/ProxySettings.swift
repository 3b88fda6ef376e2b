#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import AsyncHTTPClient

/// Which requests go through a proxy, as the usual variables of the environment say: `HTTPS_PROXY`, `http_proxy`,
/// `ALL_PROXY` and `NO_PROXY`. This machine is never reached through one.
struct ProxySettings: Sendable {
    /// For encrypted and for plain requests.
    let encrypted: HTTPClient.Configuration.Proxy?
    let plain: HTTPClient.Configuration.Proxy?
    /// Hosts and domains that are reached without; `*` means all.
    private let exceptions: [String]

    init(environment: [String: String]) throws(FetchError) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        encrypted = try ProxySettings.proxy(value("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"))
        // Not HTTP_PROXY: a request's header `Proxy` becomes that variable in a CGI program.
        plain = try ProxySettings.proxy(value("http_proxy", "all_proxy", "ALL_PROXY"))
        exceptions = (value("no_proxy", "NO_PROXY") ?? "").lowercased()
            .split(whereSeparator: { $0 == "," || $0 == " " })
            .map { entry in entry.hasPrefix("*.") ? String(entry.dropFirst()) : String(entry) }
    }

    /// Whether a request goes through a proxy, if there is one.
    func applies(to address: WebAddress) -> Bool {
        guard !WebAddress.isThisMachine(address.host) else { return false }
        return !exceptions.contains { exception in
            if exception == "*" || exception == address.host || exception == "\(address.host):\(address.port)" {
                return true
            }
            let domain = exception.hasPrefix(".") ? exception : "." + exception
            return address.host.hasSuffix(domain)
        }
    }

    private static func proxy(_ text: String?) throws(FetchError) -> HTTPClient.Configuration.Proxy? {
        guard let text else { return nil }
        let full = text.contains("://") ? text : "http://" + text
        guard let url = URL(string: full), let host = url.host(percentEncoded: false), !host.isEmpty else {
            throw FetchError("the proxy '\(text.prefix(200))' is no address")
        }
        switch url.scheme?.lowercased() {
        case "http":
            guard let user = url.user(percentEncoded: false) else { return .server(host: host, port: url.port ?? 80) }
            let password = url.password(percentEncoded: false) ?? ""
            return .server(
                host: host, port: url.port ?? 80, authorization: .basic(username: user, password: password))
        case "socks5", "socks5h": return .socksServer(host: host, port: url.port ?? 1080)
        default: throw FetchError("the proxy '\(text.prefix(200))' is neither http nor socks5")
        }
    }
}
