import EnvdSyntax
import LLB

extension Rule {
    /// A conda package that conda refuses, such as one with pip's extras.
    static let invalidCondaSpec = Rule(
        "invalid-conda-spec", .packages, .error, page: PackageResources.invalid_conda_spec_md,
        .calls(.taking("CondaPackage")) { call, context, reporter in
            for name in context.texts(of: "CondaPackage", in: call) {
                let text = name.text.trimmed
                guard !text.isEmpty, !text.hasPrefix("-"), !text.contains("/") else { continue }
                let words = ShellWords.split(text).words
                if words.count > 1, words.contains(where: isVersion) {
                    report(name, words, context, &reporter)
                    continue
                }
                guard words == [text], CondaSpec(text) == nil else { continue }
                if let open = text.firstIndex(of: "["), Requirement(text) != nil {
                    reporter.report(
                        name.range,
                        "conda has no extras: install '\(text[..<open])' and what the extra needs by its name")
                } else {
                    reporter.report(name.range, "'\(text)' is no package that conda takes")
                }
            }
        })
}

/// Whether a word says a version of the word before it.
private func isVersion(_ word: String) -> Bool {
    guard let first = word.first else { return false }
    return "=<>!~".contains(first) || word.allSatisfy { $0.isNumber || $0 == "." || $0 == "*" }
}

private func report(
    _ name: (text: String, range: Range<Int>), _ words: [String], _ context: RuleContext,
    _ reporter: inout Rule.Reporter
) {
    let literal = LiteralText(name, in: context.file)
    var fixes: [Fix] = []
    // `numpy 1.26` means `numpy=1.26`.
    let isBare = words.count == 2 && words[1].first?.isNumber == true
    let whole = words.joined(separator: isBare ? "=" : "")
    if CondaSpec(words[0]) != nil, CondaSpec(whole) != nil, literal.isExact, let text = literal.escaped(whole) {
        let range = literal.source(0..<literal.bytes.count)
        fixes.append(Fix("Write '\(whole)'", replace: range, with: text, isSafe: true))
    }
    reporter.report(
        Rule.Violation(
            range: name.range, message: "envd splits this at the spaces, and conda gets \(joined(words))", fixes: fixes)
    )
}
