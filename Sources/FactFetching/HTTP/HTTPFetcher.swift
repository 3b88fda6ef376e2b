import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// Asks web servers, within limits: every answer has a greatest size, a request that fails for a passing reason is tried
/// again, and secrets stay with the host that they are meant for.
///
/// A class because it owns connections; `shutdown` closes them.
final class HTTPFetcher: Sendable {
    private let direct: HTTPClient
    private let encryptedProxied: HTTPClient?
    private let plainProxied: HTTPClient?
    private let proxies: ProxySettings
    private let userAgent: String
    /// `HOST` or `HOST:PORT` that may be asked over HTTP.
    let insecureHosts: Set<String>

    private static let maximumRedirects = 5
    private static let maximumAttempts = 4
    /// A server that asks for more patience is not waited for.
    private static let longestWait = 30.0

    /// - Parameter environment: of the process; for the proxies and, by `SSL_CERT_FILE`, for whom to trust.
    init(environment: [String: String], userAgent: String, insecureHosts: Set<String>) throws(FetchError) {
        proxies = try ProxySettings(environment: environment)
        self.userAgent = userAgent
        self.insecureHosts = insecureHosts
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(10), read: .seconds(20))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = environment["SSL_CERT_FILE"], !file.isEmpty { tls.trustRoots = .file(file) }
        configuration.tlsConfiguration = tls
        func client(through proxy: HTTPClient.Configuration.Proxy? = nil) -> HTTPClient {
            configuration.proxy = proxy
            return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        }
        direct = client()
        encryptedProxied = proxies.encrypted.map(client)
        plainProxied = proxies.plain.map(client)
    }

    func shutdown() async {
        for client in [direct, encryptedProxied, plainProxied] { try? await client?.shutdown() }
    }

    /// Asks for a page.
    ///
    /// - Parameters:
    ///   - headers: sent along. `Authorization` goes to that host only, not to where it redirects to.
    ///   - limit: the greatest size of the answer, in bytes.
    /// - Throws: `FetchError` if there is no answer; an answer of any status is one.
    func get(
        _ address: WebAddress, headers: [(String, String)] = [], limit: Int
    ) async throws -> HTTPAnswer {
        try await send(.GET, address, headers: headers, body: nil, limit: limit)
    }

    /// Sends a form, as the user's browser would.
    func post(_ address: WebAddress, form: [(String, String)], limit: Int) async throws -> HTTPAnswer {
        let text = form.map { "\(FormText.encode($0.0))=\(FormText.encode($0.1))" }.joined(separator: "&")
        let headers = [("Content-Type", "application/x-www-form-urlencoded")]
        return try await send(.POST, address, headers: headers, body: text, limit: limit)
    }

    private func send(
        _ method: HTTPMethod, _ address: WebAddress, headers: [(String, String)], body: String?, limit: Int
    ) async throws -> HTTPAnswer {
        var attempt = 1
        while true {
            let wait: Double
            do {
                let answer = try await follow(method, address, headers: headers, body: body, limit: limit)
                guard answer.isPassingFailure, attempt < HTTPFetcher.maximumAttempts else { return answer }
                let asked = answer.retryAfter ?? 0
                guard asked <= HTTPFetcher.longestWait else { return answer }
                wait = max(asked, HTTPFetcher.pause(after: attempt))
            } catch let error as FetchError {
                throw error
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                try Task.checkCancellation()
                guard ConnectionFailure.isPassing(error), attempt < HTTPFetcher.maximumAttempts else {
                    throw FetchError(error, asking: address.origin)
                }
                wait = HTTPFetcher.pause(after: attempt)
            }
            try await Task.sleep(for: .seconds(wait))
            attempt += 1
        }
    }

    /// In seconds: a moment at first, then twice as long every time.
    private static func pause(after attempt: Int) -> Double {
        0.25 * Double(1 << (attempt - 1))
    }

    private func follow(
        _ method: HTTPMethod, _ address: WebAddress, headers: [(String, String)], body: String?, limit: Int
    ) async throws -> HTTPAnswer {
        var address = address
        var headers = headers
        for _ in 0...HTTPFetcher.maximumRedirects {
            let (answer, redirection) = try await exchange(method, address, headers: headers, body: body, limit: limit)
            guard let redirection, method == .GET else { return answer }
            let next = try address.redirected(to: redirection, insecureHosts: insecureHosts)
            if next.origin != address.origin { headers.removeAll { $0.0.lowercased() == "authorization" } }
            address = next
        }
        throw FetchError("\(address.origin) redirects without end")
    }

    private func exchange(
        _ method: HTTPMethod, _ address: WebAddress, headers: [(String, String)], body: String?, limit: Int
    ) async throws -> (HTTPAnswer, redirection: String?) {
        var request = HTTPClientRequest(url: address.description)
        request.method = method
        request.headers.add(name: "User-Agent", value: userAgent)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client(for: address).execute(request, deadline: .distantFuture)
        let isRedirection = [301, 302, 303, 307, 308].contains(response.status.code)
        if isRedirection, let location = response.headers.first(name: "Location") {
            return (HTTPAnswer(response, address, body: []), location)
        }
        do {
            var content = try await response.body.collect(upTo: limit)
            return (HTTPAnswer(response, address, body: content.readBytes(length: content.readableBytes) ?? []), nil)
        } catch is NIOTooManyBytesError {
            throw FetchError("the answer of \(address.origin) is longer than \(limit) bytes")
        }
    }

    private func client(for address: WebAddress) -> HTTPClient {
        guard proxies.applies(to: address) else { return direct }
        return (address.isEncrypted ? encryptedProxied : plainProxied) ?? direct
    }
}
