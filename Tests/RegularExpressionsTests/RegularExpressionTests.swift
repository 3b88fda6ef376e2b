import RegularExpressions
import Testing

/// Which texts a pattern is found in, and which patterns are none. Tests/CLI/test_patterns.py holds random patterns
/// against Python's `re`.
@Suite struct RegularExpressionTests {
    /// A pattern, texts that it is found in, texts that it is not found in.
    struct Example: Sendable, CustomTestStringConvertible {
        let pattern: String
        let found: [String]
        let missing: [String]
        var testDescription: String { pattern }

        init(_ pattern: String, _ found: [String], not missing: [String] = []) {
            self.pattern = pattern
            self.found = found
            self.missing = missing
        }
    }

    private static let examples: [Example] = [
        // Literals and escapes
        Example("", ["", "a"]),
        Example("b", ["b", "abc"], not: ["", "a", "B"]),
        Example(#"a\.b"#, ["a.b"], not: ["axb"]),
        Example(#"\x41\x{1F600}\101\t"#, ["A\u{1F600}A\t"], not: ["A\u{1F600}A"]),
        Example(#"\Qa.b*\Ec"#, ["a.b*c"], not: ["axbbc"]),
        Example(#"\Qab\E+c"#, ["abbc"], not: ["axaxc"]),
        Example("a{,2}", ["a{,2}"], not: ["aa"]),
        Example("x{", ["x{"]),
        Example("{a}", ["{a}"]),
        // One character
        Example("a.c", ["abc", "aéc", "a日c"], not: ["ac", "a\nc"]),
        Example("(?s)a.c", ["a\nc"]),
        Example("[a-c]", ["b"], not: ["d", "-"]),
        Example("[^a-c]", ["d", "\n"], not: ["abc"]),
        Example("[]a]", ["]", "a"], not: ["["]),
        Example("[^]a]", ["b"], not: ["]a"]),
        Example("[a-]", ["-"], not: ["b"]),
        Example("[a-c-e]", ["-", "e", "b"], not: ["d"]),
        Example(#"[\]\\\-]"#, ["]", "\\", "-"], not: ["a"]),
        Example(#"[\d_]x"#, ["5x", "_x"], not: ["ax"]),
        Example(#"[^\d]"#, ["a"], not: ["123"]),
        Example(#"[^\D]"#, ["1"], not: ["abc"]),
        Example("[[:alpha:]][[:^alpha:]]", ["a1"], not: ["ab", "11"]),
        Example("[[:word:]]", ["_"], not: ["-"]),
        Example("[[:x]", ["[", ":", "x"]),
        Example(#"\d\D\s\S\w\W"#, ["1a x_-"], not: ["aa xa-"]),
        Example(#"\w"#, ["z"], not: ["é"]),
        Example(#"\p{Lu}\p{Ll}\PL"#, ["Éa1"], not: ["éa1", "Éab"]),
        Example(#"[\p{Nd}]\pP"#, ["٣!"], not: ["x!"]),
        Example("日+", ["日日"], not: ["本"]),
        Example("[é-ü]", ["ö"], not: ["o"]),
        // Places
        Example("^a", ["ab"], not: ["ba", "b\na"]),
        Example("a$", ["ba"], not: ["ab", "a\n"]),
        Example("(?m)^a$", ["b\na\nc"], not: ["ba\n"]),
        Example(#"\Aab\z"#, ["ab"], not: ["ab\n"]),
        Example(#"\bfoo\b"#, ["a foo b", "foo", "foo-bar"], not: ["food", "afoo"]),
        Example(#"o\B"#, ["oo"], not: ["o"]),
        Example("^$", [""], not: ["a"]),
        Example("^*a", ["ba"]),
        // Repetition
        Example("^ab*c$", ["ac", "abbbc"], not: ["abdc"]),
        Example("^ab+?c$", ["abc", "abbc"], not: ["ac"]),
        Example("^ab?c$", ["ac", "abc"], not: ["abbc"]),
        Example("^a{2}$", ["aa"], not: ["a", "aaa"]),
        Example("^a{2,}$", ["aa", "aaaa"], not: ["a"]),
        Example("^a{0,2}?$", ["", "a", "aa"], not: ["aaa"]),
        Example("^(a{2}){2}$", ["aaaa"], not: ["aaa"]),
        Example("^(a*)*$", ["", "aaa"], not: ["aab"]),
        Example("^(a|b|)+c$", ["c", "abac"], not: ["abd"]),
        Example("(|a)*b", ["b", "aab"], not: ["a"]),
        // Groups
        Example("^(?:ab|cd)+$", ["abcd"], not: ["abc"]),
        Example("^(?P<name>a)(?<other>b)$", ["ab"]),
        Example("^a|b$", ["ax", "xb"], not: ["xa"]),
        Example("(|a)", [""]),
        // Flags
        Example("(?i)straSSe", ["STRASSE"], not: ["straße"]),
        Example("(?i)k", ["K", "\u{212A}"]),
        Example("(?i)ſ", ["s", "S"]),
        Example("(?i)[^k]", ["x"], not: ["kK\u{212A}"]),
        Example("(?i)σ", ["ς", "Σ"]),
        Example("(?i:a)b", ["Ab"], not: ["AB"]),
        Example("a(?i)b|c", ["aB", "C"], not: ["AB"]),
        Example("(a(?i)b)c", ["aBc"], not: ["aBC"]),
        Example("(?i-i:a)", ["a"], not: ["A"]),
        Example("(?U)^a+$", ["aa"]),
    ]

    @Test(arguments: examples) func aPatternIsFoundInWhatItMatches(_ example: Example) throws {
        let pattern = try RegularExpression(example.pattern)
        for text in example.found { #expect(try pattern.matches(somewhereIn: text.utf8), "\(text)") }
        for text in example.missing { #expect(try !pattern.matches(somewhereIn: text.utf8), "\(text)") }
    }

    @Test(arguments: [
        ("(", "missing closing ): `(`"), ("a)", "unexpected ): `a)`"), ("[a", "missing closing ]: `[a`"),
        ("*a", "missing argument to repetition operator: `*`"), ("a|+", "missing argument to repetition operator: `+`"),
        ("{2}", "missing argument to repetition operator: `{2}`"),
        ("a**", "invalid nested repetition operator: `**`"), ("a+?*", "invalid nested repetition operator: `+?*`"),
        ("a{2}{3}", "invalid nested repetition operator: `{2}{3}`"),
        ("a{1001}", "invalid repeat count: `{1001}`"), ("a{3,2}", "invalid repeat count: `{3,2}`"),
        ("a{99999999999999999999}", "invalid repeat count: `{99999999999999999999}`"),
        ("[z-a]", "invalid character class range: `z-a`"), ("[[:nope:]]", "invalid character class range: `[:nope:]`"),
        (#"\"#, "trailing backslash at end of expression"), (#"\q"#, #"invalid escape sequence: `\q`"#),
        (#"(a)\1"#, #"invalid escape sequence: `\1`"#), (#"\x{110000}"#, #"invalid escape sequence: `\x{110000}`"#),
        (#"\p{Greek}"#, #"unsupported character class: `\p{Greek}`"#),
        ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
        ("(?<!a)", "invalid or unsupported Perl syntax: `(?<!`"),
        ("(?P<a-b>c)", "invalid named capture: `(?P<a-`"), ("(?i", "missing closing ): `(?i`"),
        ("((a{1000}){1000}){1000}", "expression too large: `((a{1000}){1000}){1000}`"),
        ("((((){1000}){1000}){1000}){1000}", "expression too large: `((((){1000}){1000}){1000}){1000}`"),
    ])
    func whatIsNoPatternSaysWhy(_ pattern: String, _ message: String) {
        let error = #expect(throws: PatternError.self) { try RegularExpression(pattern) }
        #expect(error?.description == "error parsing regexp: \(message)")
    }

    @Test func nestingHasABound() throws {
        let deep = String(repeating: "(", count: 200) + "a" + String(repeating: ")", count: 200)
        #expect(try RegularExpression(deep).matches(somewhereIn: "a".utf8))
        let tooDeep = String(repeating: "(", count: 100_000)
        #expect(throws: PatternError.self) { try RegularExpression(tooDeep) }
    }

    /// Patterns that take time exponential in the length of the text where all ways to match are tried in turn.
    @Test(arguments: ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(.*)*x", "(a?){30}a{30}b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func theWorkIsProportionalToTheText(_ pattern: String) throws {
        let text = String(repeating: "a", count: 2_000) + "!"
        #expect(try !RegularExpression(pattern).matches(somewhereIn: text.utf8))
    }

    @Test func aSearchThatTakesTooMuchWorkEndsWithAnError() throws {
        let pattern = try RegularExpression(String(repeating: "(a?){900}", count: 5) + "b")
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
        #expect(throws: RegularExpression.TooMuchWork.self) {
            try pattern.matches(somewhereIn: text, maximumSteps: 100_000)
        }
    }

    @Test func bytesThatAreNoTextCountAsOneCharacterEach() throws {
        #expect(try RegularExpression("^.{4}$").matches(somewhereIn: [0x61, 0xFF, 0xC3, 0x62]))
        #expect(try RegularExpression(#"^\x{FFFD}{3}$"#).matches(somewhereIn: [0xED, 0xA0, 0x80]))
        #expect(try !RegularExpression("^.$").matches(somewhereIn: [0xC0, 0x80]))
    }
}
