@testable import EnvdFormat
import EnvdSyntax
import Testing

struct EditTests {
    private func apply(_ edits: [FormatEdit], to text: [UInt8]) -> [UInt8] {
        var out = text
        for edit in edits.reversed() { out.replaceSubrange(edit.range, with: edit.replacement) }
        return out
    }

    @Test func areSmallAndApart() throws {
        let source = "a = 1\nb=2\nc = 3\nd = '\u{E9}'\n"
        let edits = try Formatter().edits(for: SourceFile(source))
        #expect(edits.map(\.range) == [7..<8, 20..<21, 23..<24])
        #expect(apply(edits, to: Array(source.utf8)) == Array("a = 1\nb = 2\nc = 3\nd = \"\u{E9}\"\n".utf8))
    }

    @Test func aFormattedFileHasNone() throws {
        #expect(try Formatter().edits(for: SourceFile("a = 1\n")).isEmpty)
    }

    @Test func doNotCutThroughLineBreaks() throws {
        let source = "a=1\r\n\r\n\r\n\r\nb=1\r\n"
        let edits = try Formatter().edits(for: SourceFile(source))
        #expect(apply(edits, to: Array(source.utf8)) == Array("a = 1\r\n\r\n\r\nb = 1\r\n".utf8))
    }
}

struct LineDifferenceTests {
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

    private func longestCommon(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(repeating: 0, count: b.count + 1)
        for x in a {
            var diagonal = 0
            for (index, y) in b.enumerated() {
                let above = row[index + 1]
                row[index + 1] = x == y ? diagonal + 1 : max(above, row[index])
                diagonal = above
            }
        }
        return row[b.count]
    }

    @Test func isShortestAndRightForRandomTexts() {
        var generator = Generator(state: 7)
        for _ in 0..<3_000 {
            func letters() -> [UInt8] {
                (0..<Int.random(in: 0...14, using: &generator)).map { _ in UInt8.random(in: 97...100, using: &generator)
                }
            }
            let (old, new) = (letters(), letters())
            let oldText: [UInt8] = old.flatMap { [$0, 0x0A] }
            let newText: [UInt8] = new.flatMap { [$0, 0x0A] }
            let difference = LineDifference(old: oldText, new: newText)
            var rebuilt: [UInt8] = []
            var line = 0
            var kept = 0
            for change in difference.changes {
                kept += change.old.lowerBound - line
                rebuilt += difference.oldLines[line..<change.old.lowerBound].joined()
                rebuilt += difference.newLines[change.new].joined()
                line = change.old.upperBound
            }
            kept += difference.oldLines.count - line
            rebuilt += difference.oldLines[line...].joined()
            #expect(rebuilt == newText)
            #expect(kept == longestCommon(old, new))
        }
    }

    @Test func prints() {
        let lines = UnifiedDiff.lines(
            old: Array("a\nb\nc".utf8), new: Array("a\nx\nc\n".utf8), oldName: "f", newName: "f")
        let text = String(decoding: lines.flatMap(\.text), as: UTF8.self)
        #expect(
            text == """
                --- f
                +++ f
                @@ -1,3 +1,3 @@
                 a
                -b
                -c
                \\ No newline at end of file
                +x
                +c

                """)
    }
}
