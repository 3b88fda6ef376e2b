import EnvdIDE
import EnvdSyntax
import Testing

@Suite struct FormattingTests {
    private func apply(_ edits: [ReplacementEdit], to text: String) -> String {
        var bytes = Array(text.utf8)
        for edit in edits.reversed() { bytes.replaceSubrange(edit.range, with: edit.replacement) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `|` marks the cursor, which stands behind what was typed.
    private func type(_ character: String, _ marked: String) -> String {
        let before = marked.prefix { $0 != "|" }
        let text = marked.filter { $0 != "|" }
        let edits = formatting(afterTyping: character, before: before.utf8.count, in: SourceFile(text))
        return apply(edits, to: text)
    }

    @Test func statementsWithFindingsStay() {
        let text = "a=1\nx = (1,\n\ndef f( ):\n  pass\nb=2\n"
        #expect(apply(formatting(of: SourceFile(text)), to: text).hasSuffix("b = 2\n"))
        #expect(apply(formatting(of: SourceFile(text)), to: text).contains("x = (1,\n"))
    }

    @Test func edits() {
        let text = "value=[ 1,2 ]\n"
        let edits = formatting(of: SourceFile(text))
        #expect(edits.map(\.range) == [5..<8, 10..<12])
        #expect(apply(edits, to: text) == "value = [1, 2]\n")
    }

    @Test func theStatementThatEnterEnded() {
        #expect(type("\n", "def f():\n    x=1\n    |\n    y=2\n") == "def f():\n    x = 1\n    \n    y=2\n")
        #expect(type("\n", "if x:\n  y=1\n  |\n") == "if x:\n  y=1\n  \n")
        #expect(type("\n", "# fmt: off\nx=1\n|\n") == "# fmt: off\nx=1\n\n")
    }

    @Test func whatABracketCloses() {
        #expect(type(")", "x  =  f( a[ 0 ][ 1 ],2 )| + 3\n") == "x  =  f(a[0][1], 2) + 3\n")
        #expect(type("]", "x  =  f( a[ 0 ][ 1 ]|,2 ) + 3\n") == "x  =  f( a[ 0 ][1],2 ) + 3\n")
        #expect(type(")", "x = ( 1 )|\n") == "x = (1)\n")
        #expect(type(")", "x = f( 1 | )\n") == "x = f( 1  )\n")
    }
}
