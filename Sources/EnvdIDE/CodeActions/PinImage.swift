import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax
import LLB

// Writes the digest behind an image's name that `envd.lock` has, so that the image can be no other.

let pinImage = CodeActionProvider(name: "pin-image", kind: .rewrite) { place in
    guard let token = place.touchedToken ?? place.file.token(at: place.range.lowerBound), token.kind == .string,
        !token.isBroken, token.range.upperBound >= place.range.upperBound,
        let literal = token.parent, let expression = Expr(literal),
        let bytes = StringLiteral.value(of: token),
        // Without escapes, so that the digest can be put behind the text as it is written.
        place.file.bytes(in: token.contentRange) == bytes,
        isImage(expression, place.analysis),
        let digest = lockedDigest(of: String(decoding: bytes, as: UTF8.self), place.analysis)
    else { return [] }
    let findings = place.findings.filter { $0.code == "floating-image" }
    return [
        place.offer(
            "pin-image:\(token.range.lowerBound)", "Pin the image to the digest in envd.lock", .rewrite,
            findings: findings
        ) {
            let end = token.contentRange.upperBound
            return ProjectEdit(SourceEdit(range: end..<end, replacement: "@\(digest)"))
        }
    ]
}

private func isImage(_ expression: Expr, _ analysis: FileAnalysis) -> Bool {
    let wanted = analysis.checked.semantics(at: expression.range.lowerBound)?.wantedType(expression)
    return wanted?.members.contains { if case .refined(let type) = $0 { type.name == "ImageRef" } else { false } }
        ?? false
}

private func lockedDigest(of name: String, _ analysis: FileAnalysis) -> String? {
    guard let reference = try? ImageReference(name), reference.digest == nil,
        let content = analysis.project?.view.content("envd.lock"), let table = try? FactTable(json: content),
        let key = FactTable.key(for: reference.description, in: table.images), !FactTable.isPattern(key),
        let digest = table.images[key]?.digest, (try? ImageReference("\(name)@\(digest)")) != nil
    else { return nil }
    return digest
}
