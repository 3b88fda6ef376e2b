import EnvdSyntax
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Editing a file gives the tree that parsing the new text gives, and touches no more chunks than it has to.
///
/// `FUZZ_EDITS` sets how many random edits are tried, `FUZZ_SEED` where they begin; the defaults are those of every test
/// run.
@Suite struct IncrementalTests {
    static let environment = ProcessInfo.processInfo.environment
    static let edits = environment["FUZZ_EDITS"].flatMap { Int($0) } ?? 200_000
    static let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_261_123

    @Test(arguments: Array(RandomSource.Shape.allCases.enumerated()))
    func randomEditsEqualAFullParse(_ index: Int, _ shape: RandomSource.Shape) {
        let count = Self.edits / RandomSource.Shape.allCases.count
        var source = RandomSource(random: SeededGenerator(seed: Self.seed &+ UInt64(index)))
        var done = 0
        while done < count {
            defer { ChunkMemory.rest() }
            var bytes = source.program(shape, statements: 1 + source.random.below(12))
            var file = SourceFile(bytes: bytes)
            for _ in 0..<40 {
                let (range, replacement) = source.edit(bytes)
                var edited = bytes
                edited.replaceSubrange(range, with: replacement)
                let incremental = file.replacing(range, with: replacement)
                let full = SourceFile(bytes: edited)
                done += 1
                guard incremental.hasSameContent(as: full) else {
                    Issue.record("\(shape): edit \(range) with \(replacement) of \(bytes)")
                    return
                }
                if done % 16 == 0, let problem = full.validate(against: edited) {
                    Issue.record("\(problem): \(edited)")
                    return
                }
                (bytes, file) = (edited.count < 6_000 ? edited : bytes, edited.count < 6_000 ? incremental : file)
            }
        }
        #expect(done >= count)
    }

    /// A file of many chunks in several groups: all but a few are the same objects afterwards.
    @Test func untouchedChunksAreReused() {
        let text = (0..<1_000).map { "def f\($0)(x):\n    return x + \($0)\n\n" }.joined()
        let file = SourceFile(text)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let at = random.below(file.utf8Count)
            let edited = file.replacing(at..<at, with: [UInt8(ascii: "x")])
            let before = Set(file.chunks.map { ObjectIdentifier($0.chunk) })
            let fresh = edited.chunks.filter { !before.contains(ObjectIdentifier($0.chunk)) }
            #expect(fresh.count <= 3)
        }
    }

    /// An unclosed bracket or string at the top changes the chunks near it, not those below.
    @Test(arguments: ["(", "[", "{", "\"", "\"\"\"", "'''", "def f(", "x = [1,"])
    func anUnclosedBeginningLeavesTheRestAlone(_ opening: String) {
        let text = (0..<300).map { "def f\($0)(x):\n    return call(x, name = \"\($0)\")\n\n" }.joined()
        let file = SourceFile(text)
        let at = file.chunks[2].offset
        let edited = file.replacing(at..<at, with: Array((opening + "\n").utf8))
        let before = Set(file.chunks.map { ObjectIdentifier($0.chunk) })
        let fresh = edited.chunks.filter { !before.contains(ObjectIdentifier($0.chunk)) }
        #expect(fresh.count <= 4)
        #expect(edited.diagnostics.count == 1)
    }

    @Test func aByteOrderMarkCountsOnlyAtTheBeginning() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let file = SourceFile("x = 1\ny = 2\n")
        let marked = file.replacing(0..<0, with: mark)
        #expect(marked.diagnostics.isEmpty)
        let moved = marked.replacing(0..<0, with: Array("a = 0\n".utf8))
        #expect(moved.diagnostics.count == 1)
        let back = moved.replacing(0..<6, with: [])
        #expect(back.diagnostics.isEmpty)
        #expect(back.hasSameContent(as: marked))
    }
}
