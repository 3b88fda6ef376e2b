import ArgumentParser
import EnvdAnalysis
import EnvdSyntax

/// `envd explain`: what a rule finds and why, or which rules there are.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a rule of the linter, with examples; without a name, list all rules.",
        discussion: "The page of a rule is Markdown. Its examples are the rule's own tests."
    )

    @Argument(
        help: ArgumentHelp("The code of a rule as 'envd lint' prints it, or the name of a group.", valueName: "rule"))
    var name: String?

    func run() throws {
        var output = StandardOutput()
        output.write(try text())
        try output.flush()
    }

    private func text() throws(CommandFailure) -> String {
        guard let name else { return Rule.Group.allCases.map(list).filter { !$0.isEmpty }.joined(separator: "\n") }
        if SyntaxDiagnosticCode.allCases.contains(where: { $0.name == name }) {
            return """
                # \(name)

                A syntax error: the program cannot run. The finding itself says what is wrong at its place. Syntax errors are no \
                rules: they are always told, and no comment silences them.

                """
        }
        do throws(RuleSelector.UnknownName) {
            switch try RuleSelector(name) {
            case .all: return Rule.Group.allCases.map(list).filter { !$0.isEmpty }.joined(separator: "\n")
            case .group(let group): return list(group)
            case .rule(let code):
                let page = allRules.first { $0.code == code }?.page ?? ""
                return page.hasSuffix("\n") ? page : page + "\n"
            }
        } catch {
            throw CommandFailure(Path(bytes: error.description.utf8).displayName + " (see 'envd explain')")
        }
    }

    /// The rules of a group, a line each.
    private func list(_ group: Rule.Group) -> String {
        let rules = allRules.filter { $0.group == group }
        guard !rules.isEmpty else { return "" }
        let width = allRules.map(\.code.utf8.count).max() ?? 0
        let lines = rules.map { rule in
            let blanks = String(repeating: " ", count: width - rule.code.utf8.count)
            let severity = rule.severity.rawValue
            let rest = String(repeating: " ", count: 7 - severity.utf8.count)
            return "  \(rule.code)\(blanks)  \(severity)\(rest)  \(rule.summary)\(rule.isOptIn ? " (opt-in)" : "")\n"
        }
        return "\(group.rawValue)\n" + lines.joined()
    }
}
