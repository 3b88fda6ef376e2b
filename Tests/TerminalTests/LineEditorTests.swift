import Terminal
import Testing

/// Keys change the line: in texts `|` is the cursor.
@Suite struct LineEditorTests {
    private static func type(_ editor: inout LineEditor, _ keys: [Key]) {
        for key in keys { _ = editor.handle(key) }
    }

    private static func typed(_ text: String) -> [Key] { text.map { .character($0) } }

    private static func shown(_ editor: LineEditor) -> String {
        String(editor.text[..<editor.cursor]) + "|" + String(editor.text[editor.cursor...])
    }

    /// An editor that shows a text with its cursor.
    private static func editor(_ text: String, history: [String] = []) -> LineEditor {
        var editor = LineEditor(history: LineHistory(history.joined(separator: "\n")))
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        type(&editor, typed(String(parts[0])))
        if parts.count > 1 {
            let rest = typed(String(parts[1]))
            type(&editor, rest + [Key](repeating: .left, count: rest.count))
        }
        return editor
    }

    @Test(
        arguments: [
            ("ab|cd", [.left], "a|bcd"), ("ab|cd", [.right], "abc|d"), ("|ab", [.left], "|ab"),
            ("ab|", [.right], "ab|"),
            ("ab|cd", [.home], "|abcd"), ("ab|cd", [.end], "abcd|"), ("ab|cd", [.backspace], "a|cd"),
            ("ab|cd", [.delete], "ab|d"), ("|ab", [.backspace], "|ab"), ("ab|", [.delete], "ab|"),
            ("ab|cd", [.endOfInput], "ab|d"), ("ab|cd", [.character("x")], "abx|cd"),
            ("foo.bar(x|", [.wordLeft], "foo.bar(|x"), ("foo.bar(x|", [.wordLeft, .wordLeft], "foo.|bar(x"),
            ("|foo.bar", [.wordRight], "foo|.bar"), ("foo|.bar", [.wordRight], "foo.bar|"),
            ("foo bar|", [.deleteWordLeft], "foo |"), ("foo bar  |", [.deleteWordLeft], "foo |"),
            ("|foo bar", [.deleteWordRight], "| bar"), ("ab|cd", [.deleteToEnd], "ab|"),
            ("ab|cd", [.deleteToStart], "|cd"),
            ("ab|cd", [.deleteToEnd, .home, .yank], "cd|ab"),
            ("a b c|", [.deleteWordLeft, .deleteWordLeft, .yank], "a b c|"),
            ("ab|cd", [.deleteToEnd, .deleteToStart, .yank, .yank], "abcdabcd|"),
            ("ab|cd", [.deleteToEnd, .left, .deleteToStart, .yank], "a|b"),
            ("ab|", [.transpose], "ba|"), ("ab|c", [.transpose], "acb|"), ("|ab", [.transpose], "|ab"),
            ("日本|語", [.left], "日|本語"), ("日本|語", [.backspace], "日|語"), ("e|", [.character("\u{301}")], "é|"),
            ("👩‍👩‍👧é|x", [.backspace, .backspace], "|x"), ("a|b", [.paste("x\ty\u{1B}")], "ax    y|b"),
            ("  |", [.tab], "      |"), ("ab|", [.escape, .cancel], "ab|"),
        ] as [(String, [Key], String)])
    func aKeyChangesTheLine(_ before: String, _ keys: [Key], _ after: String) {
        var editor = Self.editor(before)
        Self.type(&editor, keys)
        #expect(Self.shown(editor) == after)
    }

    @Test func someKeysEndTheLine() {
        var editor = Self.editor("a|b")
        #expect(editor.handle(.enter) == .accept("ab"))
        #expect(editor.handle(.interrupt) == .interrupt)
        editor.begin()
        #expect(editor.line == "")
        #expect(editor.handle(.endOfInput) == .end)
        #expect(editor.handle(.clearScreen) == .clearScreen)
        #expect(editor.handle(.suspend) == .suspend)
    }

    // MARK: - History

    @Test func upAndDownWalkThroughTheHistoryAndBackToWhatWasTyped() {
        var editor = Self.editor("new|", history: ["one", "two"])
        #expect(editor.handle(.down) == .bell)
        Self.type(&editor, [.up])
        #expect(Self.shown(editor) == "two|")
        Self.type(&editor, [.up])
        #expect(Self.shown(editor) == "one|")
        #expect(editor.handle(.up) == .bell)
        Self.type(&editor, [.down, .down])
        #expect(Self.shown(editor) == "new|")
        #expect(editor.handle(.down) == .bell)
    }

    @Test func theHistoryKeepsWhatIsWorthKeeping() {
        var history = LineHistory("a\nb\n\n  \nb\n")
        #expect(history.lines == ["a", "b"])
        history.add("a")
        history.add(String(repeating: "x", count: 20_000))
        #expect(history.text == "a\nb\na\n")
        for index in 0..<3_000 { history.add("line \(index)") }
        #expect(history.lines.count == LineHistory.maximumCount)
        #expect(history.lines.last == "line 2999")
    }

    @Test func searchingFindsOlderLinesKeyByKey() {
        let history = ["print(1)", "x = 12", "print(x)", "y = 2"]
        var editor = Self.editor("typed|", history: history)
        Self.type(&editor, [.searchHistory] + Self.typed("pr"))
        #expect(editor.search?.query == "pr")
        #expect(Self.shown(editor) == "|print(x)")
        Self.type(&editor, [.searchHistory])
        #expect(Self.shown(editor) == "|print(1)")
        #expect(editor.handle(.searchHistory) == .bell)
        #expect(editor.search?.hasFailed == true)
        #expect(editor.line == "print(1)")
        // Any other key takes what was found.
        Self.type(&editor, [.end])
        #expect(editor.search == nil)
        #expect(Self.shown(editor) == "print(1)|")
        Self.type(&editor, [.down])
        #expect(editor.line == "x = 12")
    }

    @Test func aSearchCanBeGivenUpAndTakenBack() {
        var editor = Self.editor("ty|ped", history: ["alpha", "beta"])
        Self.type(&editor, [.searchHistory] + Self.typed("a"))
        #expect(editor.line == "beta")
        Self.type(&editor, Self.typed("l"))
        #expect(editor.line == "alpha")
        Self.type(&editor, [.backspace])
        #expect(editor.line == "beta")
        Self.type(&editor, [.cancel])
        #expect(Self.shown(editor) == "ty|ped")
        Self.type(&editor, [.searchHistory] + Self.typed("al"))
        #expect(editor.handle(.enter) == .accept("alpha"))
        editor.begin()
        Self.type(&editor, [.searchHistory] + Self.typed("zz"))
        #expect(editor.search?.hasFailed == true)
        #expect(editor.handle(.interrupt) == .show)
        #expect(editor.search == nil && editor.line == "")
    }

    // MARK: - Completion

    private static func completing(_ candidates: [String]) -> LineEditor {
        LineEditor { before in
            let word = before.reversed().prefix { $0.isLetter }
            let prefix = String(word.reversed())
            return .init(length: prefix.count, candidates: candidates.filter { $0.hasPrefix(prefix) })
        }
    }

    @Test func tabInsertsWhatAllCandidatesBeginWith() {
        var editor = Self.completing(["alpha", "alps", "beta", "日本語"])
        Self.type(&editor, Self.typed("x + a") + [.tab])
        #expect(Self.shown(editor) == "x + alp|")
        #expect(editor.handle(.tab) == .bell)
        #expect(editor.handle(.tab) == .list(["alpha", "alps"]))
        Self.type(&editor, Self.typed("h") + [.tab])
        #expect(Self.shown(editor) == "x + alpha|")
        #expect(editor.handle(.tab) == .bell)
        Self.type(&editor, Self.typed(" 日") + [.tab])
        #expect(Self.shown(editor) == "x + alpha 日本語|")
        Self.type(&editor, Self.typed(" q"))
        #expect(editor.handle(.tab) == .bell)
        Self.type(&editor, [.deleteToStart] + Self.typed("b)") + [.left, .tab])
        #expect(Self.shown(editor) == "beta|)")
    }

    /// No sequence of keys can put the cursor outside of the line.
    @Test func randomKeysKeepTheCursorInTheLine() {
        var generator = SplitMix(state: 1)
        let keys: [Key] = [
            .character("a"), .character(" "), .character("日"), .character("\u{301}"), .character("\u{200D}"),
            .character("👩"), .paste("a\tb"), .left, .right, .up, .down, .home, .end, .wordLeft, .wordRight,
            .backspace, .delete, .deleteWordLeft, .deleteWordRight, .deleteToEnd, .deleteToStart, .yank, .transpose,
            .searchHistory, .cancel, .escape, .tab, .endOfInput,
        ]
        for _ in 0..<300 {
            var editor = Self.completing(["aaa", "ab"])
            for line in ["a", "aa 日", "é"] { editor.remember(line) }
            for _ in 0..<60 {
                let key = keys.randomElement(using: &generator) ?? .end
                _ = editor.handle(key)
                #expect((0...editor.text.count).contains(editor.cursor))
                #expect(Array(editor.line).count == editor.text.count, "\(editor.text)")
            }
        }
    }
}

/// Random numbers that are the same every time.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
