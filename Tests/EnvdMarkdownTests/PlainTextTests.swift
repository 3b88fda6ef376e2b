import EnvdMarkdown
import Testing

@Suite struct PlainTextTests {
    @Test(arguments: [
        ("", ""),
        ("Just *a* `word`.", "Just a word."),
        ("One line\nand another.\n\nA paragraph.", "One line\nand another.\n\nA paragraph."),
        ("# Title\n\nText", "Title\n\nText"),
        ("- one\n  more\n- two", "- one\n  more\n- two"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("- a\n\n- b", "- a\n\n- b"),
        ("- a\n  - b\n  - c\n- d", "- a\n  - b\n  - c\n- d"),
        ("-\n- b", "- \n- b"),
        ("- a\n\nText", "- a\n\nText"),
        ("Text\n\n```python\nx = 1\n\ny = 2\n```\n\nMore", "Text\n\n    x = 1\n\n    y = 2\n\nMore"),
        ("- a\n\n  ```\n  x\n  ```", "- a\n\n      x"),
        ("> quoted\n> text", "  quoted\n  text"),
        (
            "[a page](https://example.com) and <https://example.org>",
            "a page (https://example.com) and https://example.org"
        ),
        ("![a picture](x.png)", "a picture"),
        ("a\n\n---\n\nb", "a\n\n----\n\nb"),
        ("<b>raw</b> &amp; 1 < 2", "raw & 1 < 2"),
        ("hard\\\nbreak", "hard\nbreak"),
    ])
    func texts(markdown: String, plain: String) { #expect(plainText(ofMarkdown: markdown) == plain) }

    /// Whatever the text, there is an answer, and no word of it is lost.
    @Test func everyBeginningOfAText() {
        let text =
            "# a\n\n- b\n  1. c\n     > d `e` *f*\n\n     ```x\n     g\n     ```\n\n[h](i \"j\") ![k](l)\n\n    m\n\n***\n<n>\0\u{1F600}"
        for end in text.indices { #expect(!plainText(ofMarkdown: String(text[...end])).contains("```x")) }
        let deep = String(repeating: "> ", count: 5_000) + "word"
        #expect(plainText(ofMarkdown: deep).hasSuffix("word"))
    }
}
