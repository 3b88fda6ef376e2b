import EnvdSyntax

extension Rule {
    /// A URL with a password in it.
    static let urlCredentials = Rule(
        "url-credentials", .security, .warning, page: PackageResources.url_credentials_md,
        .nodes([.literalExpr]) { node, context, reporter in
            guard let token = node.firstToken, token.kind == .string, mayHoldUser(token),
                let bytes = StringLiteral.value(of: token),
                let user = credentials(in: bytes)
            else { return }
            reporter.report(
                token.range,
                "the URL holds the password of '\(user)', which everybody who has the program or the image can read")
        })
}

/// Whether the value has the character behind a password; an escape with a number may stand for it.
private func mayHoldUser(_ token: SyntaxToken) -> Bool {
    token.withBytes { bytes in
        guard let first = bytes.firstPlace(of: UInt8(ascii: "@"), or: UInt8(ascii: "\\")) else { return false }
        var isEscape = false
        for byte in bytes[first...] {
            if byte == UInt8(ascii: "@") { return true }
            if isEscape, byte.isDigit || byte | 0x20 == UInt8(ascii: "x") || byte | 0x20 == UInt8(ascii: "u") {
                return true
            }
            isEscape = byte == UInt8(ascii: "\\")
        }
        return false
    }
}

/// The user of the first `scheme://user:password@host`; variables and placeholders are no passwords.
private func credentials(in bytes: [UInt8]) -> String? {
    var at = 0
    while let colon = bytes[at...].firstIndex(of: UInt8(ascii: ":")) {
        at = colon + 1
        guard colon > 0, bytes[colon - 1].isLetter, bytes[at...].starts(with: "//".utf8) else { continue }
        let authority = bytes[(at + 2)...].prefix { !"/ \"'?#\n".utf8.contains($0) }
        guard let end = authority.lastIndex(of: UInt8(ascii: "@")),
            let separator = authority[..<end].firstIndex(of: UInt8(ascii: ":"))
        else { continue }
        let password = String(decoding: authority[(separator + 1)..<end], as: UTF8.self)
        let user = String(decoding: authority[..<separator], as: UTF8.self)
        let isPlaceholder =
            password.isEmpty || password.contains { "${}<>%*".contains($0) }
            || ["password", "pass", "token", "secret", "xxx", "changeme"].contains(password.lowercased())
        if !isPlaceholder { return user.isEmpty ? "it" : user }
    }
    return nil
}
