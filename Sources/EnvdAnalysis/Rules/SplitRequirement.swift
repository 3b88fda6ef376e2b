import EnvdSyntax
import LLB

extension Rule {
    /// A requirement that envd splits before pip sees it: at spaces, without its quotes, and up to a `#`.
    static let splitRequirement = Rule(
        "split-requirement", .packages, .error, page: PackageResources.split_requirement_md,
        .calls(.taking("PipRequirement")) { call, context, reporter in
            for name in context.texts(of: "PipRequirement", in: call) {
                guard let problem = problem(of: name.text) else { continue }
                let literal = LiteralText(name, in: context.file)
                var fixes: [Fix] = []
                if literal.quotes != nil, let replacement = replacement(for: name.text),
                    let inner = literal.escaped(replacement), literal.isExact, !literal.bytes.isEmpty
                {
                    fixes.append(
                        Fix(
                            "Write it so that pip gets it whole", replace: literal.source(0..<literal.bytes.count),
                            with: inner, isSafe: true))
                }
                reporter.report(Violation(range: name.range, message: problem, fixes: fixes))
            }
        })
}

private func problem(of text: String) -> String? {
    let words = ShellWords.split(text)
    if words.isComplete, words.words.count == 1, words.words[0] == text { return nil }
    if text.contains(" #") || text.hasPrefix("#") {
        return "what follows '#' is dropped, with all other packages of the call"
    }
    // Somebody who quotes a whole requirement knows of the splitting.
    if words.isComplete, words.words.count == 1, Requirement(words.words[0]) != nil { return nil }
    if text.trimmed.isEmpty { return nil }
    if let first = words.words.first, first.hasPrefix("-") { return nil }
    // Several requirements in one string work.
    if words.isComplete, words.words.count > 1, words.words.allSatisfy({ Requirement($0) != nil }) { return nil }
    guard Requirement(text) != nil else { return nil }
    if !words.isComplete { return "the quote is never closed for envd, and the requirement is dropped" }
    if words.words.count == 1 { return "envd takes the quotes away, and pip gets '\(words.words[0])'" }
    return "envd splits this at the spaces, and pip gets \(joined(words.words))"
}

/// Without spaces if that suffices, else between quotes for envd.
private func replacement(for text: String) -> String? {
    guard !text.contains(where: \.isNewline), !text.contains("#") else { return nil }
    let dense = text.filter { $0 != " " && $0 != "\t" }
    if !text.contains(";"), !text.contains("@"), !text.contains("\\"), Requirement(dense) != nil { return dense }
    guard !text.contains("\\") else { return nil }
    if !text.contains("'") { return "'\(text)'" }
    return text.contains("\"") ? nil : "\"\(text)\""
}
