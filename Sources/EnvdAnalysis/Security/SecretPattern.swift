import EnvdSyntax

/// Texts that are keys or tokens for certain: they begin as the service that gives them out makes them begin.
enum SecretPattern {
    private struct Pattern {
        let prefix: String
        /// How many characters follow the prefix.
        let count: ClosedRange<Int>
        let extra: String
        let what: String
    }

    private static let patterns: [Pattern] = [
        Pattern(prefix: "AKIA", count: 16...16, extra: "", what: "a key of AWS"),
        Pattern(prefix: "ASIA", count: 16...16, extra: "", what: "a key of AWS"),
        Pattern(prefix: "ghp_", count: 36...255, extra: "", what: "a token of GitHub"),
        Pattern(prefix: "gho_", count: 36...255, extra: "", what: "a token of GitHub"),
        Pattern(prefix: "ghs_", count: 36...255, extra: "", what: "a token of GitHub"),
        Pattern(prefix: "github_pat_", count: 50...255, extra: "_", what: "a token of GitHub"),
        Pattern(prefix: "glpat-", count: 20...255, extra: "-_", what: "a token of GitLab"),
        Pattern(prefix: "hf_", count: 30...60, extra: "", what: "a token of Hugging Face"),
        Pattern(prefix: "sk-proj-", count: 40...255, extra: "-_", what: "a key of OpenAI"),
        Pattern(prefix: "sk-ant-", count: 40...255, extra: "-_", what: "a key of Anthropic"),
        Pattern(prefix: "sk-", count: 48...48, extra: "", what: "a key of OpenAI"),
        Pattern(prefix: "xoxb-", count: 20...255, extra: "-", what: "a token of Slack"),
        Pattern(prefix: "xoxp-", count: 20...255, extra: "-", what: "a token of Slack"),
        Pattern(prefix: "AIza", count: 35...35, extra: "-_", what: "a key of Google"),
        Pattern(prefix: "npm_", count: 36...36, extra: "", what: "a token of npm"),
        Pattern(prefix: "pypi-", count: 80...255, extra: "-_", what: "a token of PyPI"),
    ]

    /// No secret is shorter.
    static let minimumLength = 20

    /// The first secret in a text: its place in UTF-8 bytes, and what it is.
    static func first(in bytes: [UInt8]) -> (range: Range<Int>, what: String)? {
        if let start = index(of: "-----BEGIN ", in: bytes, from: 0),
            let end = index(of: "-----", in: bytes, from: start + 11)
        {
            let title = String(decoding: bytes[(start + 11)..<end], as: UTF8.self)
            if title.hasSuffix("PRIVATE KEY") { return (start..<(end + 5), "a private key") }
        }
        // Words are cut once, and each is compared with the few prefixes.
        var at = 0
        while at < bytes.count {
            guard isWordByte(bytes[at]) else {
                at += 1
                continue
            }
            var end = at
            while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
            if end - at >= minimumLength, let pattern = patterns.first(where: { matches($0, bytes[at..<end]) }) {
                return (at..<end, pattern.what)
            }
            at = end
        }
        return nil
    }

    /// Whether a literal may hold a secret, so that its value is worth a look: it has a word that is long enough, five hyphens, or escapes,
    /// which may stand for anything.
    static func mayBe(in literal: UnsafeBufferPointer<UInt8>) -> Bool {
        let backslash = UInt8(ascii: "\\")
        return literal.firstPlace(of: backslash, or: backslash) != nil
            || literal.holdsRun(of: minimumLength, where: isWordByte)
            || literal.holdsRun(of: 5) { $0 == UInt8(ascii: "-") }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool { byte.isShellNamePart || byte == "-" }

    private static func matches(_ pattern: Pattern, _ word: ArraySlice<UInt8>) -> Bool {
        // Most words are told apart by their first letter.
        guard word.first == pattern.prefix.utf8.first, word.starts(with: pattern.prefix.utf8) else { return false }
        let rest = word.dropFirst(pattern.prefix.utf8.count)
        return pattern.count.contains(rest.count)
            && rest.allSatisfy { $0.isLetter || $0.isDigit || pattern.extra.utf8.contains($0) }
            && Set(rest).count >= min(8, rest.count / 2)
    }

    private static func index(of text: String, in bytes: [UInt8], from start: Int) -> Int? {
        let count = text.utf8.count
        guard let first = text.utf8.first, start + count <= bytes.count else { return nil }
        for place in start...(bytes.count - count) where bytes[place] == first {
            if bytes[place...].starts(with: text.utf8) { return place }
        }
        return nil
    }

    // MARK: - Values of variables

    /// Whether a variable's name says that its value is secret.
    static func isSecretName(_ name: String) -> Bool {
        let name = name.uppercased()
        let ends = [
            "TOKEN", "PASSWORD", "PASSWD", "SECRET", "SECRET_KEY", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY", "APIKEY",
        ]
        return ends.contains { name == $0 || name.hasSuffix("_" + $0) }
    }

    /// Whether a value looks as if a machine had made it, in contrast to `changeme`, `<token>`, `$TOKEN` and paths.
    static func isRandom(_ value: String) -> Bool {
        let bytes = Array(value.utf8)
        guard (16...512).contains(bytes.count), bytes.contains(where: \.isDigit), bytes.contains(where: \.isLetter),
            bytes.allSatisfy({ $0.isShellNamePart || "-+/=.~".utf8.contains($0) }), !value.hasPrefix("/")
        else { return false }
        let lower = value.lowercased()
        let placeholders = ["example", "changeme", "your", "xxxx", "placeholder", "dummy", "123456789", "test"]
        return !placeholders.contains { lower.contains($0) } && entropy(of: bytes) >= 3.5
    }

    /// Shannon's entropy in bits a byte.
    static func entropy(of bytes: [UInt8]) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        return counts.filter { $0 > 0 }.reduce(0) { sum, count in
            let share = Double(count) / Double(bytes.count)
            return sum - share * logarithm(share)
        }
    }

    /// To the base 2 of a number from 0 to 1; the standard library has none without Foundation.
    private static func logarithm(_ share: Double) -> Double {
        var (rest, result, step) = (share.significand, Double(share.exponent), 0.5)
        for _ in 0..<24 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += step
            }
            step /= 2
        }
        return result
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether so many bytes in a row are of a kind. Only one byte in so many is looked at where none is of that kind.
    @inline(__always)
    fileprivate func holdsRun(of length: Int, where isOfKind: (UInt8) -> Bool) -> Bool {
        // Nothing before `start` belongs to a run that is not known yet.
        var (start, place) = (0, length - 1)
        while place < count {
            guard isOfKind(self[place]) else {
                start = place + 1
                place += length
                continue
            }
            var (first, end) = (place, place + 1)
            while first > start, isOfKind(self[first - 1]) { first -= 1 }
            while end < count, end - first < length, isOfKind(self[end]) { end += 1 }
            if end - first >= length { return true }
            start = end
            place = end + length
        }
        return false
    }
}
