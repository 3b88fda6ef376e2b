import EnvdSyntax
import Foundation
import Testing

@testable import EnvdIDE

/// Hints are kept by chunk while a file is edited, and completion's words for its names: they are always those that a fresh look at the
/// file would give.
@Suite struct EditedAnswersTests {
    private static let start = """
        def size(count, unit="MB"):
            total = count * 2
            return [total, unit]

        LIMITS = [size(1), size(2, "GB")]

        def show(values, width=80):
            for value, name in values:
                line = name + str(value)
                print(line, width)
            return len(values)

        def build():
            base(dev=True)
            rows = show([(1, "a")], 3)
            both = size(rows, "kB") + size(2)
            print(both)

        """

    private static let edits: [(old: String, new: String)] = [
        ("unit=\"MB\"", "unit=8"), ("unit=8", "unit=\"MB\""), ("count * 2", "str(count)"), ("str(count)", "count * 2"),
        ("def size(count", "def size(number"), ("def size(number", "def size(count"),
        ("return len(values)", "return values"),
        ("return values", "return len(values)"), ("LIMITS", "# a remark\nLIMITS"), ("# a remark\n", ""),
        ("rows", "lines"),
        ("lines", "rows"), ("size(2)", "size(2, 3)"), ("size(2, 3)", "size(2)"), ("    print(both)\n", ""),
        ("    base(dev=True)\n", "    base(dev=True)\n    print(both)\n"),
        ("def show(values, width=80)", "def show(values)"),
        ("def show(values)", "def show(values, width=80)"), ("line = name", "text = name"),
        ("text = name", "line = name"),
    ]

    /// Makes one of the edits.
    ///
    /// - Returns: what it was; nil if its place is not there.
    private static func edit(_ analysis: FileAnalysis, _ random: inout ProjectRandom) -> String? {
        let text = String(decoding: analysis.file.bytes, as: UTF8.self)
        let (old, new) = random.pick(edits)
        guard let place = text.range(of: old) else { return nil }
        let start = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
        analysis.update(analysis.file.replacing(start..<(start + old.utf8.count), with: Array(new.utf8)))
        return "'\(old)' became '\(new)' in\n\(text)"
    }

    @Test(arguments: [11, UInt64.random(in: 0...(.max))])
    func hintsAfterEditsAreThoseOfAFreshLook(seed: UInt64) {
        var random = ProjectRandom(seed: seed)
        let analysis = FileAnalysis(SourceFile(EditedAnswersTests.start))
        var found = 0
        for _ in 0..<300 {
            guard let edit = EditedAnswersTests.edit(analysis, &random) else { continue }
            let end = analysis.file.utf8Count
            let part = random.chance(50) ? 0..<end : random.below(end)..<end
            let fresh = FileAnalysis(SourceFile(bytes: analysis.file.bytes)).inlayHints(in: part)
            let hints = analysis.inlayHints(in: part)
            #expect(hints == fresh, "seed \(seed): \(edit)")
            found += hints.count
        }
        // About a thousand hints are compared, more or fewer by seed.
        #expect(found > 500)
    }

    /// What completion says of a name is kept, too, for as long as the name stays what it is.
    @Test(arguments: [11, UInt64.random(in: 0...(.max))])
    func completionsAfterEditsAreThoseOfAFreshLook(seed: UInt64) throws {
        var random = ProjectRandom(seed: seed)
        let analysis = FileAnalysis(SourceFile(EditedAnswersTests.start))
        func entries(_ analysis: FileAnalysis, at place: Int) -> [String] {
            analysis.completions(at: place, CompletionAbilities(takesSnippets: true)).items.map {
                "\($0.label) \($0.detail) \($0.insertion)"
            }
        }
        var details: Set<String> = []
        for _ in 0..<200 {
            guard let edit = EditedAnswersTests.edit(analysis, &random) else { continue }
            let edited = String(decoding: analysis.file.bytes, as: UTF8.self)
            let call = try #require(edited.range(of: "base("))
            let cursor = edited.utf8.distance(from: edited.startIndex, to: call.lowerBound)
            let fresh = entries(FileAnalysis(SourceFile(bytes: analysis.file.bytes)), at: cursor)
            #expect(entries(analysis, at: cursor) == fresh, "seed \(seed): \(edit)")
            details.formUnion(fresh.filter { $0.hasPrefix("s") })
        }
        // Both functions were seen with several headers.
        #expect(details.count { $0.hasPrefix("size") } > 1 && details.count { $0.hasPrefix("show") } > 2)
    }
}
