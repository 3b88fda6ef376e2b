import EnvdSyntax

extension Rule {
    /// A checksum that is none.
    static let invalidChecksum = Rule(
        "invalid-checksum", .packages, .error, page: PackageResources.invalid_checksum_md,
        .calls(.taking("Digest")) { call, context, reporter in
            for (text, range) in context.texts(of: "Digest", in: call) {
                guard let problem = problem(of: text) else { continue }
                var fixes: [Fix] = []
                let lower = text.lowercased()
                if lower.utf8.count == 64, isHexadecimal(lower[...]) {
                    let literal = LiteralText((text, range), in: context.file)
                    if literal.isExact {
                        fixes.append(
                            Fix(
                                "Add 'sha256:'", replace: literal.source(0..<literal.bytes.count),
                                with: "sha256:" + lower,
                                isSafe: true))
                    }
                }
                reporter.report(Violation(range: range, message: problem, fixes: fixes))
            }
        })
}

private func isHexadecimal(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
}

private func problem(of text: String) -> String? {
    guard !text.isEmpty else { return nil }
    let lengths = ["sha256": 64, "sha384": 96, "sha512": 128]
    guard let colon = text.firstIndex(of: ":") else {
        return "a checksum begins with how it was made, such as 'sha256:'"
    }
    let algorithm = String(text[..<colon])
    let digits = text[text.index(after: colon)...]
    guard let length = lengths[algorithm] else {
        return "'\(algorithm)' is no way to make a checksum that envd takes; use sha256, sha384 or sha512"
    }
    if digits.utf8.count != length { return "\(algorithm) has \(length) digits, and this has \(digits.utf8.count)" }
    if isHexadecimal(digits) { return nil }
    return isHexadecimal(digits.lowercased()[...])
        ? "the digits of a checksum are lower-case" : "the digits of a checksum are 0 to 9 and a to f"
}
