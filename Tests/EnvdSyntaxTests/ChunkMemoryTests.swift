import EnvdSyntax
import Testing

/// Views hold nothing, and are good all the same until the thread rests.
@Suite struct ChunkMemoryTests {
    @Test func viewsOutliveAFileOfAMoment() throws {
        let statements = SourceFile("first = 1\nsecond(2)\n").statements
        let token = try #require(SourceFile("third = 3\n").token(at: 0))
        // Memory that had been given back would be theirs by now.
        let others = (0..<1_000).map { SourceFile("x\($0) = \($0)\ny\($0)(0)\n").statements.map(\.text) }
        #expect(others.count == 1_000)
        #expect(statements.map(\.text) == ["first = 1", "second(2)"])
        #expect(token.text == "third")
    }

    @Test func filesThatAreHeldOutliveARest() {
        let file = SourceFile("first = 1\nsecond(2)\n")
        _ = SourceFile("third = 3\n")
        ChunkMemory.rest()
        ChunkMemory.rest()
        let others = (0..<1_000).map { SourceFile("x\($0) = \($0)\n") }
        #expect(others.count == 1_000)
        #expect(file.statements.map(\.text) == ["first = 1", "second(2)"])
    }

    @Test func whatAnEditTakesOverOutlivesTheFileBefore() {
        var file = SourceFile("first = 1\nsecond(2)\n")
        for number in 0..<100 {
            file = file.replacing(8..<9, with: Array("\(number % 10)".utf8))
            ChunkMemory.rest()
        }
        #expect(file.statements.map(\.text) == ["first = 9", "second(2)"])
    }
}
