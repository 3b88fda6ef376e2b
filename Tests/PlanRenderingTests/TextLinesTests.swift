import Testing

@testable import PlanRendering

@Suite struct TextLinesTests {
    @Test(arguments: [
        "", "\n", "a", "a\n", "\na\n\nb", "a\r\nb\r\n", "a\rb", "a\u{B}b\u{C}c", "a\u{1C}b", "é\nb",
        "a\u{85}b\u{2028}c",
        "a\r\né",
    ])
    func linesAreThoseOfUnicode(text: String) {
        #expect(text.nonemptyLines == text.split(whereSeparator: \.isNewline))
    }
}
