import EnvdAnalysis
import EnvdSyntax
import Testing

/// Of rules that look at the same mistake one speaks: the one that knows more than types.
@Suite struct OneFindingPerMistakeTests {
    @Test(arguments: [
        ("x = (1, 2)[3]\n", "index-out-of-range"),
        ("x = 1 < 'a'\n", "unordered-types"),
        ("x = ['a'\n     ('b')]\n", "missing-comma"),
        ("x = 1 + 'a'\n", "unsupported-operator"),
        ("io.copy(host_path='a', target='b')\n", "old-parameter"),
        ("def f(**options, name):\n    return [options, name]\n\nx = f(1)\n", "parameter-order"),
    ])
    func errors(source: String, code: String) {
        let findings = lint(SourceFile(source), dialect: .envd, environment: .envd).filter { $0.severity == .error }
        #expect(findings.map(\.code).filter { $0 != "top-level-call" } == [code])
    }

    @Test func typesSpeakForThemselvesWhereTheyAreAsked() {
        let rules = allRules.filter { $0.group == .types }
        let findings = lint(SourceFile("x = 1 < 'a'\n"), dialect: .envd, environment: .envd, rules: rules)
        #expect(findings.map(\.code) == ["unsupported-operator"])
    }
}
