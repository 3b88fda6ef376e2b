import EnvdSyntax
import Testing

/// Any bytes parse: within bounded stack and linear time, to a tree that prints back.
@Suite struct RobustnessTests {
    private func check(_ bytes: [UInt8], _ location: SourceLocation = #_sourceLocation) -> SourceFile {
        let file = SourceFile(bytes: bytes)
        #expect(file.validate(against: bytes) == nil, sourceLocation: location)
        return file
    }

    private func check(_ text: String, _ location: SourceLocation = #_sourceLocation) -> SourceFile {
        check(Array(text.utf8), location)
    }

    @Test func nothing() {
        let file = check("")
        #expect(file.statements.isEmpty)
        #expect(file.diagnostics.isEmpty)
        #expect(file.lineCount == 1)
    }

    @Test func everyByteAndEveryPairOfBytes() {
        for first in UInt8.min...UInt8.max {
            _ = check([first])
            for second in UInt8.min...UInt8.max { _ = check([first, second]) }
        }
    }

    @Test func everyByteInEveryContext() {
        for before in ["x = ", "\"", "\"\"\"", "f(", "# ", "if x:\n    ", "1", "\\", "x.", "[1, "] {
            for byte in UInt8.min...UInt8.max {
                _ = check(Array(before.utf8) + [byte])
                _ = check(Array(before.utf8) + [byte] + Array("\ny = 1\n".utf8))
            }
        }
    }

    @Test(arguments: [
        "(", "[", "{", "[(", "f(", "x[", "{1:", "(((]", "-", "not ", "lambda: ", "x if y else ", "~-", "await ", "!",
    ])
    func deepNesting(_ opening: String) {
        for count in [150, 250, 100_000] {
            let file = check(String(repeating: opening, count: count) + "\nx = 1\n")
            if count > 200 { #expect(!file.diagnostics.isEmpty) }
        }
    }

    @Test(arguments: [("(", ")"), ("[", "]"), ("{1: ", "}"), ("f(", ")"), ("x[", "]")])
    func deepNestingThatCloses(_ opening: String, _ closing: String) {
        func program(_ depth: Int) -> String {
            let (open, close) = (String(repeating: opening, count: depth), String(repeating: closing, count: depth))
            return "x = \(open)1\(close)\ny = 2\n"
        }
        let within = check(program(150))
        #expect(within.diagnostics.isEmpty)
        let beyond = check(program(100_000))
        #expect(beyond.diagnostics.map(\.code) == [.tooDeep])
        #expect(beyond.statements.count == 2)
    }

    @Test(arguments: [".a", "()", "[0]", " + 1", " and x", " if a else x", " * 2 + 1"])
    func longChains(_ link: String) {
        let within = check("x = x" + String(repeating: link, count: 150) + "\n")
        #expect(within.diagnostics.isEmpty)
        let beyond = check("x = x" + String(repeating: link, count: 100_000) + "\ny = 2\n")
        #expect(beyond.diagnostics.map(\.code) == [.tooDeep])
        #expect(beyond.statements.count == 2)
    }

    @Test func chainsInsideNesting() {
        // Neither limit alone is reached, but together the tree would be too deep to walk.
        var text = "x"
        for _ in 0..<100 { text = "(" + text + String(repeating: "+1", count: 100) + ")" }
        let file = check(text + "\n")
        #expect(file.diagnostics.map(\.code) == [.tooDeep])
    }

    @Test func manyBlocks() {
        var text = ""
        for depth in 0..<3_000 { text += String(repeating: " ", count: depth) + "if x:\n" }
        let file = check(text)
        #expect(file.diagnostics.contains { $0.code == .tooDeep })
    }

    @Test func manyUnclosedThingsTakeLinearTime() {
        for line in [
            "foo(\n", "foo([\n", "x = \"\"\"\n", "'''\n\"\"\"\n", "f(\"\n", "def f(\n", "if (\n", "]\n", "@\n",
            "  x\n y\n",
        ] {
            _ = check(String(repeating: line, count: 20_000))
        }
    }

    /// Each once took a time that grew with the square of the length.
    @Test func manyFindingsOnOneLineTakeLinearTime() {
        for fragment in [
            "])", "; assert", "}1", "]-", "return]", "load(", "a < b ", "f(1 2)", "{1 2,", "f(a:b,", "x = $ ",
        ] {
            _ = check(String(repeating: fragment, count: 40_000))
        }
    }

    @Test func manyWrongBrackets() {
        _ = check(String(repeating: "(", count: 100_000) + String(repeating: "]", count: 100_000))
        _ = check(String(repeating: "([", count: 50_000) + String(repeating: ")", count: 100_000))
        _ = check(String(repeating: "(]", count: 100_000))
    }

    @Test func lineBreaksOfAllKinds() {
        for lineBreak in ["\n", "\r\n", "\r"] {
            let file = check(
                ["def f():", "    # c", "    return [", "        1,", "    ]", "", "x = \"\"\"a", "b\"\"\"", ""].joined(
                    separator: lineBreak))
            #expect(file.diagnostics.isEmpty)
            #expect(file.lineCount == 9)
            #expect(file.statements.count == 2)
        }
    }

    @Test func nulBytes() {
        let file = check([0x78, 0x00, 0x78, 0x0A, 0x22, 0x00, 0x22, 0x0A, 0x23, 0x00, 0x0A])
        #expect(file.diagnostics.map(\.code) == [.unknownCharacter])
    }

    @Test func oneLineOfTenMegabytes() {
        let line = "x = [" + String(repeating: "1, ", count: 3_500_000) + "]\n"
        #expect(check(line).diagnostics.isEmpty)
    }

    @Test func oneStringOfTenMegabytes() {
        let file = check("x = \"" + String(repeating: "a", count: 10_000_000) + "\"\ny = 1\n")
        #expect(file.diagnostics.isEmpty)
        let string = file.statements[0].tokens.first { $0.kind == .string }
        #expect(string?.range.count == 10_000_002)
    }

    @Test func fiftyMegabytes() {
        let block = "def f(a, b = 1):\n    \"\"\"Doc.\"\"\"\n    return a.call(b, name = [\"x\", 1])\n\n"
        let file = check(String(repeating: block, count: 50_000_000 / block.utf8.count))
        #expect(file.diagnostics.isEmpty)
    }
}
