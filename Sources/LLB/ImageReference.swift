/// The name of an image in a registry, normalised as the container tools do: `ubuntu` means
/// `docker.io/library/ubuntu:latest`. The grammar is that of Go's `distribution/reference`.
package struct ImageReference: Hashable, Sendable, CustomStringConvertible {
    package let domain: String
    package let path: String
    package let tag: String?
    /// The content address, `sha256:…`.
    package let digest: String?

    package var description: String {
        var text = "\(domain)/\(path)"
        if let tag { text += ":\(tag)" }
        if let digest { text += "@\(digest)" }
        return text
    }

    /// Parses and normalises; a reference with neither tag nor digest gets the tag `latest`.
    package init(_ text: String) throws(LLBError) {
        guard !text.isEmpty else { throw .invalidImageReference(text, "it is empty") }
        if text.utf8.count == 64, text.utf8.allSatisfy(Self.isLowerHexDigit) {
            throw .invalidImageReference(text, "a bare digest is no name")
        }
        var (domain, remainder) = Self.splitDomain(text)

        var digest: String?
        if let at = remainder.utf8.firstIndex(of: UInt8(ascii: "@")) {
            digest = String(remainder[remainder.utf8.index(after: at)...])
            remainder = String(remainder[..<at])
        }
        var tag: String?
        if let colon = remainder.utf8.firstIndex(of: UInt8(ascii: ":")) {
            tag = String(remainder[remainder.utf8.index(after: colon)...])
            remainder = String(remainder[..<colon])
        }
        if domain == "index.docker.io" { domain = "docker.io" }
        if remainder.utf8.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) {
            throw .invalidImageReference(text, "the repository name must be lower-case")
        }
        guard Self.isDomain(domain) else { throw .invalidImageReference(text, "\(domain) is no registry host") }
        guard Self.isRepository(remainder) else {
            throw .invalidImageReference(text, "\(remainder) is no repository name")
        }
        if let tag, !Self.isTag(tag) { throw .invalidImageReference(text, "\(tag) is no tag") }
        if let digest, !Self.isDigest(digest) { throw .invalidImageReference(text, "\(digest) is no digest") }
        self.domain = domain
        self.path = remainder
        self.digest = digest
        self.tag = tag ?? (digest == nil ? "latest" : nil)
    }

    /// What stands before the first slash is a registry if it looks like a host, else part of a name on Docker Hub.
    private static func splitDomain(_ text: String) -> (domain: String, remainder: String) {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            return ("docker.io", "library/" + text)
        }
        let first = String(text[..<slash])
        let rest = String(text[text.utf8.index(after: slash)...])
        let looksLikeHost =
            first == "localhost"
            || first.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
            || first != first.lowercased()
        let domain = looksLikeHost ? first : "docker.io"
        let remainder = looksLikeHost ? rest : text
        let isHub = domain == "docker.io" || domain == "index.docker.io"
        if isHub, !remainder.utf8.contains(UInt8(ascii: "/")) {
            return ("docker.io", "library/" + remainder)
        }
        return (isHub ? "docker.io" : domain, remainder)
    }

    // MARK: - The grammar

    private static func isLowerHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        isLower(byte | 0x20)
    }

    private static func isDomain(_ text: String) -> Bool {
        var host = Array(text.utf8)[...]
        let bracketed = host.first == UInt8(ascii: "[")
        let portColon = bracketed ? host.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } : host.firstIndex(of: 0x3a)
        if let portColon, portColon < host.endIndex {
            let port = host[(portColon + 1)...]
            guard host[portColon] == 0x3a, !port.isEmpty, port.allSatisfy(isDigit) else { return false }
            host = host[..<portColon]
        }
        if bracketed {
            return host.last == UInt8(ascii: "]") && host.count > 2
                && host.dropFirst().dropLast().allSatisfy { $0 == 0x3a || isLowerHexDigit($0 | 0x20) || isDigit($0) }
        }
        return host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            guard let first = label.first, let last = label.last else { return false }
            return first != 0x2d && last != 0x2d && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2d }
        }
    }

    /// Components of lower-case letters and digits, joined within by `.`, `_`, `__` or any number of `-`.
    private static func isRepository(_ text: String) -> Bool {
        guard text.utf8.count <= 255 else { return false }
        return text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            var separator: [UInt8] = []
            var hasAtom = false
            for byte in part {
                if isLower(byte) || isDigit(byte) {
                    let isFine =
                        separator.isEmpty || separator == [0x2e] || separator == [0x5f] || separator == [0x5f, 0x5f]
                        || separator.allSatisfy { $0 == 0x2d }
                    guard isFine, hasAtom || separator.isEmpty else { return false }
                    separator = []
                    hasAtom = true
                } else if byte == 0x2e || byte == 0x5f || byte == 0x2d {
                    separator.append(byte)
                } else {
                    return false
                }
            }
            return hasAtom && separator.isEmpty
        }
    }

    private static func isTag(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
        let isWord: (UInt8) -> Bool = { isLetter($0) || isDigit($0) || $0 == 0x5f }
        return isWord(first) && text.utf8.allSatisfy { isWord($0) || $0 == 0x2e || $0 == 0x2d }
    }

    /// Only the algorithms that registries use, with digests of their length.
    private static func isDigest(_ text: String) -> Bool {
        for (algorithm, length) in [("sha256:", 64), ("sha384:", 96), ("sha512:", 128)] where text.hasPrefix(algorithm)
        {
            let encoded = text.utf8.dropFirst(7)
            return encoded.count == length && encoded.allSatisfy(isLowerHexDigit)
        }
        return false
    }
}
