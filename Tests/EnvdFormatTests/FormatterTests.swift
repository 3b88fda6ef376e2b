import EnvdFormat
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

struct ChunkTests {
    /// What the cache of an editor relies on: a chunk's result depends on the chunk and the file's traits alone.
    @Test func chunksAreFormattedAlone() {
        let file = SourceFile("x=1\n\n# note\ndef f( a ) :\n  return a\n")
        let formatter = Formatter()
        var traits = FileTraits()
        for (_, chunk) in file.chunks { traits.formUnion(formatter.traits(of: chunk)) }
        let texts = file.chunks.enumerated().map { index, element in
            String(
                decoding: formatter.format(element.chunk, traits: traits, isFirstInFile: index == 0).text, as: UTF8.self
            )
        }
        #expect(texts == ["x = 1\n", "# note\ndef f(a):\n    return a\n", ""])
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
