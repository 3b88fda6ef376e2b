@testable import EnvdFormat
import EnvdSyntax
import Testing

private func format(_ text: String) throws -> String {
    String(decoding: try Formatter.format(SourceFile(text)), as: UTF8.self)
}

struct LineBreakTests {
    @Test(arguments: [
        ("x=1", "x = 1\n"), ("x=1\r\ny=2", "x = 1\r\ny = 2\r\n"), ("\u{FEFF}x=1\n", "\u{FEFF}x = 1\n"), ("", ""),
        ("  \n\n", "\n"), ("\r\n", "\r\n"), ("x = '''a\r\nb'''\r\n", "x = \"\"\"a\r\nb\"\"\"\r\n"),
        ("x=1\ry=2\r", "x = 1\ry = 2\r"),
    ])
    func areKept(source: String, expected: String) throws {
        #expect(try format(source) == expected)
    }
}

struct RefusalTests {
    @Test func aFileWithFindingsIsRefused() {
        let file = SourceFile("x = (1\ny=2\n")
        #expect {
            try Formatter.format(file)
        } throws: { error in
            guard case FormatError.syntax = error else { return false }
            return true
        }
    }
}

struct DirectiveTests {
    /// black leaves nothing of such a file: what it keeps is not indented as the block is then, which is another program.
    @Test func aStatementStaysThatDirectivesWouldBreak() throws {
        let kept = "if a :\n  b\n  # fmt: off\n\n  x = [ ]\n"
        #expect(try format(kept + "y=1\n") == kept + "y = 1\n")
        let commented = "# note\n\n\n\n" + kept
        #expect(try format(commented + "def f( ): pass\n") == commented + "\n\ndef f():\n    pass\n")
    }

    /// Text that is kept is known to stay, and so is that `# fmt: off` still holds behind it.
    @Test func whatIsKeptStaysWhenTheRestIsFormattedAgain() throws {
        let kept = "# fmt: off\nx = [ ]\ny = [ ]\n\n\n\nz = f( 1 )\n"
        #expect(try format(kept) == kept)
        #expect(try format("a=[b if c else d,\n  ]\n" + kept) == "a = [\n    b if c else d,\n]\n" + kept)
    }
}

struct ChunkTests {
    /// A generator with a fixed seed (SplitMix64).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let statements = [
        "x=1\n", "x = 1\n", "\n\n\n\n# note\n", "#note\ndef f( a ) :\n  return a\n", "def f(a):\n    return a\n",
        "if x : pass\n", "x = f( 1,\n  2,)\n", "'''Text.\n  More. '''\n", "y = {'a':1}; z=2\n",
        "if x:\n    def g():\n        pass\n    # end\n", "g(*a,)\n", "x = (a)\n", "\n",
    ]

    private func apply(_ edits: [FormatEdit], to text: [UInt8]) -> [UInt8] {
        var out = text
        for edit in edits.reversed() { out.replaceSubrange(edit.range, with: edit.replacement) }
        return out
    }

    /// What an editor relies on: chunk by chunk, from what earlier edits left in the cache, comes what the whole file is
    /// formatted to.
    @Test func theCacheGivesWhatTheWholeFileIsFormattedTo() throws {
        var generator = Generator(state: 11)
        for _ in 0..<60 {
            let cache = FormatCache()
            var file = SourceFile("")
            for _ in 0..<12 {
                let places = file.chunks.map(\.offset)
                let place = places.randomElement(using: &generator) ?? 0
                let statement = Self.statements.randomElement(using: &generator) ?? ""
                file = file.replacing(place..<place, with: Array(statement.utf8))
                let edits = DocumentFormatter(file, style: Style(), cache: cache).edits()
                let expected = try Formatter.format(file)
                #expect(
                    String(decoding: apply(edits, to: file.bytes), as: UTF8.self)
                        == String(decoding: expected, as: UTF8.self), "of: \(file.text(in: 0..<file.utf8Count))")
            }
        }
    }

    /// What is formatted in parts side by side is what is formatted in a row.
    @Test func partsMakeTheWhole() throws {
        var generator = Generator(state: 12)
        for _ in 0..<3 {
            var text = ""
            while text.utf8.count < 200_000 { text += Self.statements.randomElement(using: &generator) ?? "" }
            let file = SourceFile(text)
            let parts = try Formatter().format(file) { count, body in
                for index in (0..<count).reversed() { body(index) }
            }
            let whole = try Formatter.format(file)
            #expect(parts == whole)
        }
    }

    /// With a range of lines formatted the file is still the same program, and with all of them it is formatted.
    @Test func rangesOfLines() throws {
        var generator = Generator(state: 13)
        for _ in 0..<200 {
            var text = (0..<8).map { _ in Self.statements.randomElement(using: &generator) ?? "" }.joined()
            if Bool.random(using: &generator), text.hasSuffix("\n") { text.removeLast() }
            let file = SourceFile(text)
            let expected = try Formatter.format(file)
            let places = (0..<2).map { _ in Int.random(in: 0...file.utf8Count, using: &generator) }.sorted()
            let edits = DocumentFormatter(file, style: Style(), cache: FormatCache()).edits(in: places[0]..<places[1])
            let result = SourceFile(bytes: apply(edits, to: file.bytes))
            #expect(result.diagnostics.isEmpty, "of: \(text)")
            let difference = Equivalence.difference(between: file, and: result)
            #expect(difference == nil, "of: \(text)")
            let whole = DocumentFormatter(file, style: Style(), cache: FormatCache()).edits(in: 0..<file.utf8Count)
            #expect(
                String(decoding: apply(whole, to: file.bytes), as: UTF8.self)
                    == String(decoding: expected, as: UTF8.self), "of: \(text)")
        }
    }
}

struct LimitTests {
    @Test func deepestNestingIsFormatted() throws {
        let depth = 150
        let source = "x = " + String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth) + "\n"
        let once = try format(source)
        #expect(try format(once) == once)
    }

    @Test func longChainsAreFormatted() throws {
        let sum = Array(repeating: "value", count: 500).joined(separator: " + ")
        let calls = "a" + String(repeating: ".b(c)", count: 300)
        let once = try format("x = \(sum)\ny = \(calls)\n")
        #expect(try format(once) == once)
    }

    @Test func longListsTakeLinearTime() throws {
        let list = "x = [" + Array(repeating: "'item'", count: 20_000).joined(separator: ",") + "]\n"
        #expect(try format(list).utf8.count == 20_000 * 12 + 5 + 2 + 2 - 1)
    }
}
