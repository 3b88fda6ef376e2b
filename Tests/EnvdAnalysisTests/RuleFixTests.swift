import EnvdAnalysis
import EnvdSyntax
import Testing

/// What the fixes of rules about the language make of a program.
@Suite struct RuleFixTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let code: String
        let source: String
        let fixed: String
        var isSafe = true

        var testDescription: String { "\(code): \(source.prefix(40))" }
    }

    static let cases = [
        Case(code: "unused-load", source: "load('a', 'b', c='d')\nx = b\n", fixed: "load('a', 'b')\nx = b\n"),
        Case(code: "unused-load", source: "load('a', 'b')\nx = 1\n", fixed: "x = 1\n", isSafe: false),
        Case(
            code: "unused-variable", source: "def f():\n    a = 1\n    return 2\n", fixed: "def f():\n    return 2\n",
            isSafe: false),
        Case(code: "unused-variable", source: "def f():\n    a = 1\n", fixed: "def f():\n    pass\n", isSafe: false),
        Case(code: "unused-variable", source: "def f(g):\n    a = g()\n", fixed: "def f(g):\n    g()\n", isSafe: false),
        Case(
            code: "duplicate-load", source: "load(\n    'a',\n    'b',\n)\nload('a', 'c', d='e')\nx = [b, c, d]\n",
            fixed: "load(\n    'a',\n    'b', 'c', d='e',\n)\nx = [b, c, d]\n", isSafe: false),
        Case(code: "negated-comparison", source: "x = not (1 in y)\n", fixed: "x = 1 not in y\n"),
        Case(code: "negated-comparison", source: "x = not 1 not in y\n", fixed: "x = 1 in y\n"),
        Case(code: "negated-comparison", source: "x = y and not 1 + 2 == y\n", fixed: "x = y and 1 + 2 != y\n"),
        Case(code: "unnecessary-comprehension", source: "x = [a for a in f(1)]\n", fixed: "x = list(f(1))\n"),
        Case(
            code: "unnecessary-comprehension", source: "x = {a: b for (a, b) in d.items()}\n", fixed: "x = dict(d)\n"),
        Case(code: "unnecessary-call", source: "x = list([1, 2])\n", fixed: "x = [1, 2]\n"),
        Case(code: "unnecessary-call", source: "x = sorted(list(y), key=len)\n", fixed: "x = sorted(y, key=len)\n"),
        Case(code: "needless-conditional", source: "x = True if a == b else False\n", fixed: "x = a == b\n"),
        Case(code: "needless-conditional", source: "x = True if a or b else False\n", fixed: "x = bool(a or b)\n"),
        Case(code: "single-element-membership", source: "x = a not in [b,]\n", fixed: "x = a != b\n"),
        Case(
            code: "useless-pass", source: "def f():\n    'doc'\n    pass\n    return 1\n",
            fixed: "def f():\n    'doc'\n    return 1\n"),
        Case(
            code: "redundant-jump", source: "def f():\n    for x in y:\n        g(x)\n        continue\n",
            fixed: "def f():\n    for x in y:\n        g(x)\n"),
        Case(
            code: "inconsistent-return", source: "def f(x):\n    if x:\n        return  # why\n    return 1\n",
            fixed: "def f(x):\n    if x:\n        return None  # why\n    return 1\n"),
        Case(code: "self-assignment", source: "def f(x):\n    x = x\n", fixed: "def f(x):\n    pass\n"),
        Case(
            code: "unreachable-code", source: "def f():\n    return 1\n    pass\n", fixed: "def f():\n    return 1\n"),
        Case(
            code: "not-iterable", source: "x = [c for c in 'ab']\n", fixed: "x = [c for c in 'ab'.elems()]\n",
            isSafe: false),
        Case(code: "string-membership", source: "x = a in ('b')\n", fixed: "x = a in ('b',)\n", isSafe: false),
        Case(
            code: "missing-comma", source: "x = ['a'\n     ('b')]\n", fixed: "x = ['a',\n     ('b')]\n", isSafe: false),
        Case(
            code: "strip-characters", source: "x = a.rstrip('.py')\n", fixed: "x = a.removesuffix('.py')\n",
            isSafe: false),
        Case(code: "redundant-keys", source: "x = a in b.keys()\n", fixed: "x = a in b\n", isSafe: false),
        Case(code: "default-none", source: "x = a.get(b, None)\n", fixed: "x = a.get(b)\n", isSafe: false),
        Case(code: "unused-result", source: "install.python\n", fixed: "install.python()\n", isSafe: false),
    ]

    /// All fixes together leave something in every suite.
    @Test(arguments: [
        "def f(x):\n    'doc'\n    pass\n    pass\n", "def f(x):\n    pass\n    x = x\n",
        "def f(x):\n    a = 1\n    b = 2\n",
        "def f(x):\n    x = x\n    return\n", "def f(x):\n    for y in x:\n        y = y\n        continue\n",
    ])
    func allAtOnce(source: String) {
        let file = SourceFile(source)
        let edits = lint(file, dialect: .envd, environment: .envd).flatMap(\.fixes).flatMap(\.edits)
        var fixed = file
        for edit in edits.reversed() { fixed = fixed.replacing(edit.range, with: Array(edit.replacement.utf8)) }
        #expect(!edits.isEmpty)
        #expect(fixed.diagnostics.isEmpty)
    }

    @Test(arguments: cases)
    func fix(of test: Case) throws {
        let rule = try #require(allRules.first { $0.code == test.code })
        let file = SourceFile(test.source)
        let findings = lint(file, dialect: .envd, environment: .envd, rules: [rule]).filter { $0.code == rule.code }
        let fix = try #require(findings.first?.fixes.first)
        var fixed = file
        for edit in fix.edits.reversed() { fixed = fixed.replacing(edit.range, with: Array(edit.replacement.utf8)) }
        #expect(String(decoding: fixed.bytes, as: UTF8.self) == test.fixed)
        #expect(fix.isSafe == test.isSafe)
    }

    /// What would take away a comment, or a line that something else stands on, or change what a name means, is left to people.
    @Test(arguments: [
        ("useless-pass", "def f():\n    g()\n    pass  # why\n"),
        ("useless-pass", "def f(): g(); pass\n"),
        ("unused-load", "load('a', 'b',\n    # why\n    'c')\nx = b\n"),
        ("negated-comparison", "x = not (1\n    in y)\n"),
        ("unnecessary-comprehension", "x = [a for a in b]\n\ndef list():\n    return 1\n"),
        ("unnecessary-call", "def dict():\n    return 1\n\nx = dict({1: 2})\n"),
    ])
    func noFix(code: String, source: String) throws {
        let rule = try #require(allRules.first { $0.code == code })
        let findings = lint(SourceFile(source), dialect: .envd, environment: .envd, rules: [rule])
        #expect(findings.allSatisfy { $0.fixes.isEmpty })
    }
}
