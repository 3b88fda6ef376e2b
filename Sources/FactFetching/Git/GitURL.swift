/// The address of a git repository that may be asked: over HTTPS or SSH, or over HTTP on this machine.
struct GitURL: Hashable, Sendable {
    let text: String
    /// git's name of the transport, which is the only one that git may use then.
    let transport: String

    /// - Throws: if git would take the text for an option, for a command to run, or for a file of this machine.
    init(_ text: String) throws(FetchError) {
        func refusal(_ reason: String) -> FetchError {
            FetchError(
                "'\(text.prefix(200))' is not fetched: \(reason)",
                advice: "name a folder with its content in envd.lock under \"git\"")
        }
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw refusal("it is no address")
        }
        guard bytes.first != UInt8(ascii: "-"), !text.contains("::") else {
            throw refusal("git would not take it for an address")
        }
        self.text = text
        if let separator = text.firstRange(of: "://") {
            let scheme = text[..<separator.lowerBound]
            var authority = text[separator.upperBound...].prefix { !"/?#".contains($0) }
            if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
            guard !authority.isEmpty, authority.utf8.first != UInt8(ascii: "-") else {
                throw refusal("it names no host")
            }
            switch scheme {
            case "https", "ssh": transport = String(scheme)
            case "http":
                let host = GitURL.withoutPort(authority)
                guard WebAddress.isThisMachine(host) else { throw refusal("it is not encrypted") }
                transport = "http"
            default: throw refusal("only https and ssh are")
            }
        } else {
            // USER@HOST:PATH, which means SSH.
            guard let at = text.firstIndex(of: "@"), let colon = text.firstIndex(of: ":"), at < colon,
                text[..<colon].utf8.allSatisfy(GitURL.isNameByte), text[text.index(after: at)] != "-"
            else { throw refusal("only https and ssh are") }
            transport = "ssh"
        }
    }

    private static func withoutPort(_ authority: Substring) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        return String(authority.prefix { $0 != ":" })
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "@.-_".utf8.contains(byte)
    }
}
