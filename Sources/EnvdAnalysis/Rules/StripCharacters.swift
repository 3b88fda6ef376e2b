import EnvdSyntax

extension Rule {
    /// `strip` and its like with a word, of which they take the letters.
    static let stripCharacters = Rule(
        "strip-characters", .starlark, .warning, page: PackageResources.strip_characters_md,
        .callees(["strip", "lstrip", "rstrip"]) { call, _, reporter in
            guard case .dot(let dot)? = call.callee, let method = dot.name,
                let argument = call.soleArgument, case .literal(let literal) = argument, let token = literal.token,
                token.kind == .string, let value = StringLiteral.value(of: token), looksLikeWord(value)
            else { return }
            let message = "'\(method.text)' takes away each of these characters, not the text \(token.text)"
            let whole: String
            if method.isText("lstrip") {
                whole = "removeprefix"
            } else if method.isText("rstrip") {
                whole = "removesuffix"
            } else {
                return reporter.report(argument.range, "\(message); removeprefix and removesuffix do")
            }
            reporter.report(
                argument.range, "\(message); \(whole) does", Fix("Use \(whole)", replace: method.range, with: whole))
        })
}

/// Nobody writes a set of characters with one of them twice, or as the ending of a file's name.
private func looksLikeWord(_ characters: [UInt8]) -> Bool {
    guard characters.count > 1 else { return false }
    var seen: (UInt64, UInt64) = (0, 0)
    for byte in characters where byte < 128 {
        let bit: UInt64 = 1 << UInt64(byte & 63)
        if byte < 64 {
            if seen.0 & bit != 0 { return true }
            seen.0 |= bit
        } else {
            if seen.1 & bit != 0 { return true }
            seen.1 |= bit
        }
    }
    let letters = characters.dropFirst()
    return characters[0] == UInt8(ascii: ".") && letters.count >= 2
        && letters.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
}
