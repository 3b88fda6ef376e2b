#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import AsyncHTTPClient
import NIOHTTP1

/// What a server said.
struct HTTPAnswer: Sendable {
    let status: Int
    private let fields: HTTPHeaders
    let body: [UInt8]
    /// Who answered, after all redirections.
    let address: WebAddress

    init(_ response: HTTPClientResponse, _ address: WebAddress, body: [UInt8]) {
        status = Int(response.status.code)
        fields = response.headers
        self.body = body
        self.address = address
    }

    /// The value of a header; of several of that name the first.
    func header(_ name: String) -> String? { fields.first(name: name) }

    func headers(_ name: String) -> [String] { fields[name] }

    /// Whether the same request may have another answer in a moment.
    var isPassingFailure: Bool { [429, 500, 502, 503, 504].contains(status) }

    /// For how many seconds the server wants to be left alone. A date is not understood, as if it had said nothing.
    var retryAfter: Double? {
        header("Retry-After").flatMap { Double($0) }.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    }

    /// The media type, without parameters.
    var contentType: String {
        let value = header("Content-Type") ?? ""
        return value.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    }

    /// Reads the body as JSON.
    ///
    /// - Parameter subject: what it should be, for the message.
    func decode<Content: Decodable>(_ type: Content.Type, as subject: String) throws(FetchError) -> Content {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            let kind = contentType.isEmpty ? "" : " but \(contentType)"
            throw FetchError("what \(address.origin) answered is not \(subject)\(kind.hasSuffix("json") ? "" : kind)")
        }
    }

    /// Says what a status means to whoever asked for `subject`.
    func failure(_ subject: String, advice: String = "") -> FetchError {
        var message = "\(address.origin) answered \(status) when asked for \(subject)"
        if let said = serversWords { message += ": \(said)" }
        var advice = advice
        if status == 429, let retryAfter { advice = "it asks to wait \(Int(min(retryAfter, 1e6))) seconds" }
        return FetchError(status == 404 ? .missing : .failure, message, advice: advice)
    }

    /// The message of an answer that explains itself as registries and GitHub do.
    private var serversWords: String? {
        struct Explanation: Decodable {
            struct Entry: Decodable {
                var code: String?
                var message: String?
            }
            var errors: [Entry]?
            var message: String?
        }
        guard let explanation = try? JSONDecoder().decode(Explanation.self, from: Data(body)) else { return nil }
        let first = explanation.errors?.first
        let words = explanation.message ?? first?.message ?? first?.code
        return words.flatMap { $0.isEmpty ? nil : String($0.prefix(200)) }
    }
}
