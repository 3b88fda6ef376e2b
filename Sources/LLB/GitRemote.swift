/// Where a git repository is, as BuildKit's client understands it (`util/gitutil`).
struct GitRemote: Hashable {
    let usesSSH: Bool
    /// With the port.
    let host: String
    /// Without percent encoding.
    let path: String
    /// What git is given.
    let url: String

    /// A URL with `https`, `http`, `git` or `ssh`, or `user@host:path` for SSH, or what makes a URL with `https://` in
    /// front. A query or a fragment is refused: the client would drop both without a word.
    init(_ text: String) throws(LLBError) {
        if let remote = GitRemote(url: text) ?? GitRemote(shortForm: text) {
            self = remote
        } else if !text.contains("://"), let remote = GitRemote(url: "https://" + text) {
            self = remote
        } else {
            throw .unsupportedGitRemote(text)
        }
    }

    private init?(url text: String) {
        guard let colon = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard ["https", "http", "git", "ssh"].contains(scheme) else { return nil }
        let rest = text[colon.upperBound...]
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        let authority = rest[..<slash]
        let encodedPath = rest[slash...]
        guard
            !encodedPath.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }),
            let path = GitRemote.decoded(encodedPath)
        else { return nil }
        let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard
            parts.count <= 2, let host = parts.last, GitRemote.isHost(host),
            parts.count == 1 || (!parts[0].isEmpty && GitRemote.isUser(parts[0]))
        else { return nil }
        usesSSH = scheme == "ssh"
        self.host = String(host)
        self.path = path
        url = "\(scheme)://\(authority)\(encodedPath)"
    }

    private init?(shortForm text: String) {
        guard
            let at = text.utf8.firstIndex(of: UInt8(ascii: "@")),
            let colon = text.utf8[at...].firstIndex(of: UInt8(ascii: ":")),
            case let user = text[..<at], case let host = text[text.utf8.index(after: at)..<colon],
            case let path = text[text.utf8.index(after: colon)...],
            !user.isEmpty, user.utf8.allSatisfy({ GitRemote.isWord($0) || $0 == UInt8(ascii: "_") }),
            !host.isEmpty, host.utf8.allSatisfy({ GitRemote.isWord($0) || $0 == UInt8(ascii: ".") }),
            !path.utf8.contains(where: { "?#\n".utf8.contains($0) })
        else { return nil }
        usesSSH = true
        self.host = String(host)
        self.path = String(path)
        url = text
    }

    // MARK: - Characters

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Letters, digits and what Go leaves as it is in the names of users.
    private static func isUser(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { isWord($0) || "_.~:".utf8.contains($0) }
            && text.utf8.count { $0 == UInt8(ascii: ":") } <= 1
    }

    private static func isHost(_ text: Substring) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { return false }
        let isName = name.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
        return isName
            && (parts.count == 1 || parts[1].allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains))
    }

    /// The path without percent encoding; nil if it has to be encoded first.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                let digits = String(rest.prefix(2)) ?? ""
                guard digits.utf8.count == 2, digits.utf8.first != UInt8(ascii: "+"),
                    let value = UInt8(digits, radix: 16)
                else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                guard isWord(byte) || "_.~!$&'()*+,;=:@/[]".utf8.contains(byte) else { return nil }
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
