#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An address that may be asked: over HTTPS, or over HTTP on this machine or where the user allowed it by name.
struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    let url: URL
    let host: String
    /// The port that is connected to, also if the address leaves it out.
    let port: Int
    let isEncrypted: Bool

    /// - Parameter insecureHosts: `HOST` or `HOST:PORT` that may be asked over HTTP.
    init(_ text: String, insecureHosts: Set<String> = []) throws(FetchError) {
        guard let url = URL(string: text) else { throw FetchError("'\(text.prefix(200))' is no address") }
        try self.init(url, insecureHosts: insecureHosts)
    }

    private init(_ url: URL, insecureHosts: Set<String>) throws(FetchError) {
        let text = url.absoluteString.prefix(200)
        guard let host = url.host(percentEncoded: false), !host.isEmpty else {
            throw FetchError("'\(text)' names no host")
        }
        guard url.user(percentEncoded: true) == nil else {
            throw FetchError("'\(text)' holds a user's name, which is no place for it")
        }
        switch url.scheme?.lowercased() {
        case "https": isEncrypted = true
        case "http": isEncrypted = false
        default: throw FetchError("'\(text)' is neither https nor http")
        }
        port = url.port ?? (isEncrypted ? 443 : 80)
        self.host = WebAddress.withoutBrackets(host.lowercased())
        self.url = url
        let isAllowed =
            isEncrypted || WebAddress.isThisMachine(self.host) || insecureHosts.contains(self.host)
            || insecureHosts.contains("\(self.host):\(port)")
        guard isAllowed else { throw FetchError("'\(text)' is not encrypted") }
    }

    /// Where a redirection leads to. It may not lead from HTTPS to HTTP.
    func redirected(to location: String, insecureHosts: Set<String>) throws(FetchError) -> WebAddress {
        guard let url = URL(string: location, relativeTo: url)?.absoluteURL else {
            throw FetchError("\(origin) redirects to '\(location.prefix(200))', which is no address")
        }
        let next = try WebAddress(url, insecureHosts: insecureHosts)
        guard next.isEncrypted || !isEncrypted else {
            throw FetchError("\(origin) redirects to '\(location.prefix(200))', which is not encrypted")
        }
        return next
    }

    /// Scheme, host and port: what must be the same for secrets to be sent again.
    var origin: String {
        let shownHost = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(isEncrypted ? "https" : "http")://\(shownHost):\(port)"
    }

    var description: String { url.absoluteString }

    /// Whether a host is sure to be this machine: by its name or by a numerical address of the loopback network.
    static func isThisMachine(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func withoutBrackets(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}
