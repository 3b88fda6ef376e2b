import EnvdAnalysis
import EnvdSyntax
import Testing

/// What `# envd: ignore[…]` silences, and what is said of comments that silence nothing.
@Suite struct SuppressionTests {
    private static let rules = allRules.filter { $0.group == .names || $0.code == "unused-suppression" }

    private func findings(_ source: String, rules: [Rule] = SuppressionTests.rules) -> [String] {
        let file = SourceFile(source)
        return lint(file, dialect: .envd, environment: .envd, rules: rules).map {
            "\(file.position(at: $0.range.lowerBound).line + 1) \($0.code)"
        }
    }

    @Test(arguments: [
        // At the end of a line.
        "x = nowhere  # envd: ignore[undefined-name] why not\n",
        "x = nowhere#envd:ignore[undefined-name]\n",
        "x = nowhere  # envd: ignore[undefined-name]",
        "x = nowhere\t#  envd:  ignore [ undefined-name ]\r\n",
        "x = nowhere  # noqa: F821  # envd: ignore[undefined-name]  # pragma: no cover\n",
        "x = nowhere + set()  # envd: ignore[undefined-name, set-function]\n",
        "x = nowhere + elsewhere; y = nobody  # envd: ignore[undefined-name]\n",
        // A statement of several lines is one.
        "x = [\n    nowhere,  # envd: ignore[undefined-name]\n    elsewhere,\n]\n",
        "x = [\n    nowhere,\n    elsewhere,\n]  # envd: ignore[undefined-name]\n",
        "x = nowhere + \\\n    elsewhere  # envd: ignore[undefined-name]\n",
        // The header of a block is a line of its own.
        "def f(a=nowhere):  # envd: ignore[undefined-name]\n    pass\n",
        // On a line of its own.
        "# envd: ignore[undefined-name]\nx = nowhere\n",
        "# envd: ignore[undefined-name] why\n\n# more\nx = nowhere\n",
        "def f():\n    # envd: ignore[undefined-name]\n    return nowhere\n",
        "def f():\n    pass\n    # envd: ignore[undefined-name]\nx = nowhere\n",
        "x = [\n    # envd: ignore[undefined-name]\n    nowhere,\n]\n",
        "x = [\n    # envd: ignore[undefined-name]\n\n    # more\n    nowhere,\n]\n",
        "\u{FEFF}# envd: ignore[undefined-name]\nx = nowhere\n",
        // The file.
        "# envd: ignore-file[undefined-name]\nx = nowhere\ny = nowhere\n",
        "#!/usr/bin/env envd\n\n# envd: ignore-file[undefined-name] generated\n\"\"\"doc\"\"\"\nx = nowhere\n",
    ])
    func silences(source: String) {
        #expect(findings(source) == [])
    }

    @Test(arguments: [
        // Another line.
        ("# envd: ignore[undefined-name]\nx = 1\ny = nowhere\n", ["1 unused-suppression", "3 undefined-name"]),
        ("x = nowhere\ny = 1  # envd: ignore[undefined-name]\n", ["1 undefined-name", "2 unused-suppression"]),
        (
            "def f(a=nowhere):  # envd: ignore[undefined-name]\n    return elsewhere\n",
            ["2 undefined-name"]
        ),
        ("x = [\n    # envd: ignore[undefined-name]\n    nowhere,\n    elsewhere,\n]\n", ["4 undefined-name"]),
        // Another rule.
        ("x = nowhere  # envd: ignore[set-function]\n", ["1 undefined-name", "1 unused-suppression"]),
        // No code behind it.
        ("x = 1\n# envd: ignore[undefined-name]", ["2 unused-suppression"]),
        ("# envd: ignore[undefined-name]", ["1 unused-suppression"]),
        // Too far down for the file.
        ("x = nowhere\n# envd: ignore-file[undefined-name]\n", ["1 undefined-name", "2 unused-suppression"]),
        // No rule.
        ("x = nowhere  # envd: ignore\n", ["1 undefined-name", "1 unused-suppression"]),
        ("x = nowhere  # envd: ignore[]\n", ["1 undefined-name", "1 unused-suppression"]),
        ("x = nowhere  # envd: ignore[undefined-name\n", ["1 undefined-name", "1 unused-suppression"]),
        ("x = nowhere  # envd: ignore[names]\n", ["1 undefined-name", "1 unused-suppression"]),
        // A name twice.
        ("x = nowhere  # envd: ignore[undefined-name, undefined-name]\n", ["1 unused-suppression"]),
        // Not for comments, and not for syntax.
        ("x = 1  # envd: ignore[unused-suppression]\n", ["1 unused-suppression"]),
        ("x = (1  # envd: ignore[unclosed-bracket]\n", ["1 unclosed-bracket", "1 unused-suppression"]),
        ("while True: pass  # envd: ignore[while-loop]\n", ["1 while-loop", "1 unused-suppression"]),
        // What only resembles a comment of this kind.
        ("x = nowhere  # envd: ignored[undefined-name]\n", ["1 undefined-name"]),
        ("x = nowhere  # see envd: ignore[undefined-name]\n", ["1 undefined-name"]),
        ("x = nowhere + '# envd: ignore[undefined-name]'\n", ["1 undefined-name"]),
    ])
    func doesNotSilence(source: String, expected: [String]) {
        #expect(findings(source) == expected)
    }

    @Test func useDoesNotDependOnWhatIsSelected() {
        let rules = allRules.filter { $0.code == "unused-suppression" || $0.code == "set-function" }
        #expect(findings("x = nowhere  # envd: ignore[undefined-name]\n", rules: rules) == [])
        #expect(findings("x = 1  # envd: ignore[undefined-name]\n", rules: rules) == ["1 unused-suppression"])
        let withoutIt = allRules.filter { $0.code != "unused-suppression" }
        #expect(findings("x = 1  # envd: ignore[undefined-name]\n", rules: withoutIt) == [])
    }

    /// Every single way to remove what is unused, and to replace what is misspelt.
    @Test(arguments: [
        ("x = 1  # envd: ignore[undefined-name] why\n", "x = 1\n"),
        ("x = 1  # envd: ignore[undefined-name]", "x = 1"),
        ("# envd: ignore[undefined-name]\nx = 1\n", "x = 1\n"),
        ("def f():\n    # envd: ignore[undefined-name]\r\n    pass\n", "def f():\n    pass\n"),
        ("x = 1  # envd: ignore[undefined-name]  # noqa\n", "x = 1  # noqa\n"),
        ("x = 1  # noqa  # envd: ignore[undefined-name]\n", "x = 1  # noqa\n"),
        (
            "x = nowhere  # envd: ignore[set-function, undefined-name]\n",
            "x = nowhere  # envd: ignore[undefined-name]\n"
        ),
        (
            "x = nowhere  # envd: ignore[undefined-name, set-function]\n",
            "x = nowhere  # envd: ignore[undefined-name]\n"
        ),
        (
            "x = nowhere  # envd: ignore[undefined-name, set-function, reassigned-global, qqq]\n",
            "x = nowhere  # envd: ignore[undefined-name]\n"
        ),
        // What was misspelt is not lost.
        ("x = nowhere  # envd: ignore[undefind-name]\n", "x = nowhere  # envd: ignore[undefind-name]\n"),
    ])
    func safeFixesRemoveIt(source: String, expected: String) {
        #expect(fixed(source, .safe) == expected)
    }

    @Test func theOtherFixesMendTheName() {
        #expect(
            fixed("x = nowhere  # envd: ignore[undefind-name]\n", .all)
                == "x = nowhere  # envd: ignore[undefined-name]\n")
    }

    private func fixed(_ source: String, _ kind: FixKind) -> String {
        let result = fixing(Array(source.utf8), kind) { bytes in
            let file = SourceFile(bytes: bytes)
            let findings = lint(file, dialect: .envd, environment: .envd).filter { $0.code == "unused-suppression" }
            return (findings, file.diagnostics.count)
        }
        return String(decoding: result.bytes, as: UTF8.self)
    }
}
