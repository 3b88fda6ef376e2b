import Terminal
import Testing

@Suite struct KeyDecoderTests {
    private static func keys(_ text: String) -> [Key] {
        var decoder = KeyDecoder()
        return decoder.decode(Array(text.utf8))
    }

    @Test(
        arguments: [
            ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}[C", .right), ("\u{1B}[D", .left),
            ("\u{1B}[H", .home), ("\u{1B}[F", .end), ("\u{1B}[1~", .home), ("\u{1B}[4~", .end), ("\u{1B}[7~", .home),
            ("\u{1B}[8~", .end), ("\u{1B}OH", .home), ("\u{1B}OF", .end), ("\u{1B}[3~", .delete),
            ("\u{1B}[3;5~", .deleteWordRight), ("\u{1B}[1;5C", .wordRight), ("\u{1B}[1;5D", .wordLeft),
            ("\u{1B}[1;3D", .wordLeft), ("\u{1B}b", .wordLeft), ("\u{1B}f", .wordRight), ("\u{1B}d", .deleteWordRight),
            ("\u{1B}\u{7F}", .deleteWordLeft), ("\u{01}", .home), ("\u{05}", .end), ("\u{0B}", .deleteToEnd),
            ("\u{15}", .deleteToStart), ("\u{17}", .deleteWordLeft), ("\u{19}", .yank), ("\u{12}", .searchHistory),
            ("\u{03}", .interrupt), ("\u{04}", .endOfInput), ("\r", .enter), ("\n", .enter), ("\t", .tab),
            ("\u{7F}", .backspace), ("\u{08}", .backspace), ("a", .character("a")), ("é", .character("é")),
            ("日", .character("日")), ("😀", .character("😀")),
        ] as [(String, Key)])
    func aSequenceIsAKey(_ sequence: String, _ key: Key) {
        #expect(Self.keys(sequence) == [key])
        // A byte at a time it is the same.
        var decoder = KeyDecoder()
        #expect(sequence.utf8.flatMap { decoder.decode([$0]) } == [key])
        #expect(!decoder.isWaiting)
        #expect(Self.keys("x" + sequence + "y") == [.character("x"), key, .character("y")])
    }

    @Test(arguments: [
        "\u{1B}[15~", "\u{1B}[[A", "\u{1B}[?1;2c", "\u{1B}[1;2;3R", "\u{1B}OP", "\u{1B}q", "\u{1C}", "\u{1B}[I",
    ])
    func aSequenceThatMeansNothingIsPassedOver(_ sequence: String) {
        #expect(Self.keys("a" + sequence + "b") == [.character("a"), .character("b")])
    }

    @Test func escapeIsAKeyIfNothingFollows() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B]) == [])
        #expect(decoder.isWaiting)
        #expect(decoder.flush() == [.escape])
        #expect(!decoder.isWaiting)
        #expect(decoder.decode([0x1B, 0x1B]) == [.escape])
        // The second one waits in turn.
        #expect(decoder.flush() == [.escape])
        #expect(decoder.decode(Array("\u{1B}[".utf8)) == [])
        #expect(decoder.flush() == [])
        #expect(decoder.decode([UInt8(ascii: "A")]) == [.character("A")])
    }

    @Test func bytesThatAreNoTextDoNoHarm() {
        var decoder = KeyDecoder()
        #expect(
            decoder.decode([0xFF, 0x61, 0xC3, 0x61, 0x80, 0x62]) == [
                .character("a"), .character("\u{FFFD}"), .character("a"), .character("b"),
            ])
        #expect(decoder.decode([0x1B, 0x5B] + [UInt8](repeating: 0x30, count: 100_000)).count < 100_000)
    }

    @Test func aPasteIsItsLines() {
        #expect(
            Self.keys("\u{1B}[200~a\u{03}\tb\rc\r\n\u{1B}[201~d") == [
                .paste("a\u{03}\tb"), .enter, .paste("c"), .enter, .paste(""), .character("d"),
            ])
    }
}
