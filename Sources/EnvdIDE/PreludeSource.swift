import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// The text of a file that is part of the tool: the API, written in the language, the declarations of the language itself, and the
/// pages of rules.
///
/// - Parameter name: such as `v1/install.envd`, `starlark/string.envd` or `rules/undefined-name.md`.
/// - Returns: UTF-8 bytes; nil if there is no such file.
package func preludeSource(_ name: String) -> [UInt8]? {
    if let file = PreludeFile.all.first(where: { $0.name == PreludeFile.namePrefix + name }) { return file.bytes }
    if let stubs = part(of: name, between: "starlark/", and: ".envd") { return languageStubs(stubs)?.bytes }
    guard let code = part(of: name, between: ruleFolder, and: ruleEnding) else { return nil }
    return allRules.first { $0.code == code }.map { Array($0.page.utf8) }
}

private let ruleFolder = "rules/"
private let ruleEnding = ".md"

/// The name of the page of a rule, as a file that is part of the tool.
package func rulePageName(_ code: String) -> String { ruleFolder + code + ruleEnding }

private func part(of name: String, between start: String, and end: String) -> String? {
    guard name.hasPrefix(start), name.hasSuffix(end), name.utf8.count >= start.utf8.count + end.utf8.count else {
        return nil
    }
    return String(name.dropFirst(start.count).dropLast(end.count))
}

extension Finding {
    /// Whether there is a page about it: findings of syntax have none.
    package var isOfRule: Bool { ruleCodes.contains(code) }
}

private let ruleCodes = Set(allRules.map(\.code))
