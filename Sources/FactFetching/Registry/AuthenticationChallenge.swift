/// What a server wants to see before it answers: a header `WWW-Authenticate` (RFC 9110, section 11.6.1).
struct AuthenticationChallenge: Hashable, Sendable {
    /// In lower case, such as `bearer`.
    let scheme: String
    /// By name in lower case.
    let parameters: [String: String]

    /// The challenges of one header. What is not well-formed ends the list.
    static func parse(_ header: String) -> [AuthenticationChallenge] {
        var reader = Reader(rest: Array(header.utf8)[...])
        var challenges: [AuthenticationChallenge] = []
        while let scheme = reader.token() {
            reader.skipBlanks()
            var parameters: [String: String] = [:]
            while let (name, value) = reader.parameter() {
                parameters[name.lowercased()] = value
                reader.skipCommas()
            }
            challenges.append(AuthenticationChallenge(scheme: scheme.lowercased(), parameters: parameters))
            reader.skipCommas()
        }
        return challenges
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        private static let tokenBytes = Set(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~".utf8)

        mutating func skipBlanks() {
            rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        }

        mutating func skipCommas() {
            rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: ",") }
        }

        mutating func token() -> String? {
            let bytes = rest.prefix { Reader.tokenBytes.contains($0) }
            guard !bytes.isEmpty else { return nil }
            rest = rest[bytes.endIndex...]
            return String(decoding: bytes, as: UTF8.self)
        }

        /// `name=value`; nil, and nothing read, if there is another scheme.
        mutating func parameter() -> (String, String)? {
            let start = rest
            guard let name = token() else { return nil }
            skipBlanks()
            guard rest.first == UInt8(ascii: "=") else {
                rest = start
                return nil
            }
            rest.removeFirst()
            skipBlanks()
            guard let value = quoted() ?? token() else { return nil }
            return (name, value)
        }

        private mutating func quoted() -> String? {
            guard rest.first == UInt8(ascii: "\"") else { return nil }
            rest.removeFirst()
            var bytes: [UInt8] = []
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\"") { break }
                if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
                    bytes.append(next)
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
