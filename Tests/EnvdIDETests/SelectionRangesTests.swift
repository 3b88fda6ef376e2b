import EnvdIDE
import EnvdSyntax
import Testing

@Suite struct SelectionRangesTests {
    /// What the selection grows to from the mark, without the file.
    private func selections(_ text: String) -> [String] {
        let snippet = Snippet(text)
        let ranges = selectionRanges(at: snippet.cursor, in: snippet.file)
        for (inner, outer) in zip(ranges, ranges.dropFirst()) {
            #expect(outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound && inner != outer)
        }
        #expect(ranges.last == 0..<snippet.file.utf8Count)
        return ranges.dropLast().map(snippet.file.text)
    }

    @Test func growsFromTheWordToTheStatement() {
        #expect(
            selections("install.apt_packages(name = ['g⌖it', 'vim'])\n") == [
                "git", "'git'", "'git', 'vim'", "['git', 'vim']", "name = ['git', 'vim']",
                "(name = ['git', 'vim'])", "install.apt_packages(name = ['git', 'vim'])",
            ])
    }

    @Test func growsFromTheStatementToItsBlock() {
        #expect(
            selections("def f(a):\n    if a:\n        return ⌖b\n    c()\n\n# end\n") == [
                "b", "return b", "if a:\n        return b", "if a:\n        return b\n    c()",
                "def f(a):\n    if a:\n        return b\n    c()",
            ])
    }

    @Test func atTheEdgeOfAWordTheWordIsMeant() {
        #expect(selections("f(abc⌖)\n").first == "abc")
        #expect(selections("f(⌖abc)\n").first == "abc")
        #expect(selections("f⌖(abc)\n").first == "f")
        #expect(selections("f(abc)⌖\n").first == ")")
    }

    @Test func commentsAndBlanks() {
        #expect(selections("f(  # so⌖me words\n  1)\n").first == "# some words")
        #expect(selections("f(\n ⌖\n1)\n").first == "\n \n1")
        #expect(selections("x = 1\n\n⌖\n\ny = 2\n").isEmpty)
        #expect(selections("⌖").isEmpty)
    }

    @Test func brokenAndDeepProgramsHaveAnAnswer() {
        #expect(selections("f('ab⌖c\n").first == "'abc")
        #expect(selections("def ⌖(:\n").count < 10)
        func deep(_ count: Int) -> String {
            String(repeating: "(", count: count) + "⌖x" + String(repeating: ")", count: count) + "\n"
        }
        #expect(selections(deep(50)).count == 51, "the name, and each pair of brackets; what is inside one is the next")
        #expect(selections(deep(150)).count == 99, "no client need read more than a hundred, the file among them")
    }
}
