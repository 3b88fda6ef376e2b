import Terminal
import Testing

@Suite struct ColumnWidthTests {
    @Test(
        arguments: [
            ("a", 1), ("é", 1), ("日", 2), ("ｱ", 1), ("Ａ", 2), ("😀", 2), ("\u{301}", 0), ("\u{200D}", 0), ("\u{AD}", 0),
            ("\u{1160}", 0), ("한", 2),
        ] as [(Unicode.Scalar, Int)])
    func aCharacterTakesColumns(_ scalar: Unicode.Scalar, _ width: Int) {
        #expect(scalar.columnWidth == width)
    }

    @Test func whatWouldMoveTheCursorDisturbs() {
        for scalar in ["\u{1B}", "\n", "\u{9B}", "\u{202E}", "\u{7F}"] as [Unicode.Scalar] {
            #expect(scalar.disturbsTerminal)
        }
        for scalar in ["a", "日", "\u{301}"] as [Unicode.Scalar] { #expect(!scalar.disturbsTerminal) }
    }
}
