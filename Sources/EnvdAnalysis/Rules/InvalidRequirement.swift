import EnvdSyntax
import LLB

extension Rule {
    /// A Python requirement that pip refuses.
    static let invalidRequirement = Rule(
        "invalid-requirement", .packages, .error, page: PackageResources.invalid_requirement_md,
        .calls(.taking("PipRequirement")) { call, context, reporter in
            for name in context.texts(of: "PipRequirement", in: call) {
                let words = ShellWords.split(name.text).words
                guard words.count == 1, let text = words.first, !text.hasPrefix("-"), Requirement(text) == nil,
                    !isPath(text)
                else { continue }
                var fixes: [Fix] = []
                var message = "'\(text)' is no requirement that pip takes"
                if let fixed = withDoubleEquals(text) {
                    message = "pip writes '\(fixed)'; a single '=' is conda's way"
                    let literal = LiteralText(name, in: context.file)
                    if literal.isExact, let at = Array(text.utf8).firstIndex(of: UInt8(ascii: "=")), text == name.text {
                        let place = literal.source(at..<(at + 1))
                        fixes.append(Fix("Write '=='", replace: place, with: "==", isSafe: true))
                    }
                }
                reporter.report(Violation(range: name.range, message: message, fixes: fixes))
            }
        })
}

/// Files and URLs, which pip takes too.
private func isPath(_ text: String) -> Bool {
    text.contains("/") || text == "." || text.hasSuffix(".whl") || text.hasSuffix(".gz") || text.hasSuffix(".zip")
        || text.hasPrefix(".") || text.contains("://") || text.hasPrefix("git+")
}

/// `numpy=1.26` with the sign that pip takes.
private func withDoubleEquals(_ text: String) -> String? {
    guard text.filter({ $0 == "=" }).count == 1, let equals = text.firstIndex(of: "="),
        text[..<equals].last.map({ !"<>~!".contains($0) }) ?? false
    else { return nil }
    let fixed = text[..<equals] + "==" + text[text.index(after: equals)...]
    return Requirement(String(fixed)) == nil ? nil : String(fixed)
}
