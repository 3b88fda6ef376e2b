import EnvdIDE
import Testing

@Suite struct LineEditsTests {
    /// The edits as `old→new`, after it has been checked that they make one text from the other.
    private func edits(_ old: String, _ new: String) -> [String] {
        let bytes = Array(old.utf8)
        let edits = lineEdits(from: bytes, to: Array(new.utf8))
        var result = bytes
        for edit in edits.reversed() { result.replaceSubrange(edit.range, with: edit.replacement) }
        #expect(String(decoding: result, as: UTF8.self) == new)
        for (edit, following) in zip(edits, edits.dropFirst()) {
            #expect(edit.range.upperBound <= following.range.lowerBound)
        }
        return edits.map { edit in
            String(decoding: bytes[edit.range], as: UTF8.self) + "→" + String(decoding: edit.replacement, as: UTF8.self)
        }
    }

    @Test func equalTextsNeedNone() {
        #expect(edits("", "").isEmpty)
        #expect(edits("a\nb\n", "a\nb\n").isEmpty)
    }

    @Test func onlyWhatDiffersIsReplaced() {
        #expect(edits("first\nx=1\nlast\n", "first\nx = 1\nlast\n") == ["=→ = "])
        #expect(edits("first\n\n\n\nlast\n", "first\n\nlast\n") == ["\n\n→"])
        #expect(edits("first\nlast\n", "first\n\n\nlast\n") == ["→\n\n"])
        #expect(edits("no end", "no end\n") == ["→\n"])
        #expect(
            edits("f(alpha,beta)\nlast\n", "f(\n    alpha,\n    beta,\n)\nlast\n") == [
                "alpha,beta→\n    alpha,\n    beta,\n"
            ])
        #expect(
            edits("one = 1\ntwo=2\nthree = 3\nfour=4\n", "one = 1\ntwo = 2\nthree = 3\nfour = 4\n") == [
                "=→ = ", "=→ = ",
            ])
    }

    @Test func charactersAndLineBreaksStayWhole() {
        #expect(edits("é = 1\n", "è = 1\n") == ["é→è"])
        #expect(edits("'😀'\n", "'😁'\n") == ["😀→😁"])
        #expect(edits("alpha\r\nx\n", "alpha\nx\n") == ["\r\n→\n"])
    }

    @Test func anyTextsWork() {
        var generator = SystemRandomNumberGenerator()
        let pieces = ["alpha\n", "beta = 1\n", "\n", ")\n", "gamma(é)\r\n", "x", "\r", "😀\n"]
        for _ in 0..<300 {
            let old = (0..<Int.random(in: 0...200, using: &generator)).map { _ in pieces.randomElement() ?? "" }
            var new = old
            for _ in 0..<Int.random(in: 0...20, using: &generator) where !new.isEmpty {
                new[Int.random(in: new.indices, using: &generator)] = pieces.randomElement() ?? ""
            }
            if Bool.random() { new.removeFirst(min(new.count, 90)) }
            _ = edits(old.joined(), new.joined())
        }
    }

    @Test func largeTextsTakeLittleTime() {
        let old = (0..<20_000).map { "name_\($0)=\($0)\n" }.joined()
        let new = (0..<20_000).map { "other_\($0) = \($0)\n\n" }.joined()
        let clock = ContinuousClock()
        let time = clock.measure { _ = lineEdits(from: Array(old.utf8), to: Array(new.utf8)) }
        #expect(time < .seconds(20), "took \(time); quadratic time would be minutes")
    }
}
