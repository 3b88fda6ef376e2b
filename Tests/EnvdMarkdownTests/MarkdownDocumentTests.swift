import Testing

@testable import EnvdMarkdown

@Suite struct MarkdownDocumentTests {
    @Test func blocksCarryTheirTextAndLines() {
        let document = MarkdownDocument(
            """
            # A *title*

            Two lines
            of `prose`.

            ```envd escaped
            base()
            ```

            - item
            """)
        #expect(
            document.blocks == [
                MarkdownBlock(content: .heading(level: 1, text: "A title"), lines: 1...1),
                MarkdownBlock(content: .paragraph("Two lines of prose."), lines: 3...4),
                MarkdownBlock(content: .code(info: "envd escaped", text: "base()\n"), lines: 6...8),
                MarkdownBlock(content: .other("item"), lines: 10...10),
            ])
    }

    @Test func anEmptyTextHasNoBlocks() {
        #expect(MarkdownDocument("").blocks.isEmpty)
        #expect(MarkdownDocument("").html.isEmpty)
    }

    @Test func htmlLeavesOutWhatCouldRun() {
        let html = MarkdownDocument("<script>x</script>\n\n[a](javascript:b) **c**").html
        #expect(!html.contains("script>"))
        #expect(!html.contains("javascript"))
        #expect(html.contains("<strong>c</strong>"))
    }
}
