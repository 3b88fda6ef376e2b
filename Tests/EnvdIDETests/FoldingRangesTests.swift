import EnvdIDE
import EnvdSyntax
import Testing

@Suite struct FoldingRangesTests {
    /// The folds of more than one line, as what each hides.
    private func folds(_ text: String) -> [String] {
        let file = SourceFile(text)
        return foldingRanges(of: file).compactMap { fold in
            let text = file.text(in: fold.range)
            guard text.utf8.contains(0x0A) else { return nil }
            let shown = text.replacing("\r\n", with: "␍⏎").replacing("\n", with: "⏎")
            return "\(fold.kind)\(fold.keepsLastLine ? "*" : ""): \(shown)"
        }
    }

    @Test func blocks() {
        #expect(
            folds(
                """
                def build():  # why
                    if a:
                        b()
                    elif c: d()
                    else:
                        e()

                # after
                """) == [
                    "block:   # why⏎    if a:⏎        b()⏎    elif c: d()⏎    else:⏎        e()",
                    "block: ⏎        b()",
                    "block: ⏎        e()",
                ])
    }

    @Test func brackets() {
        #expect(folds("f(\n  1,\n)\n") == ["brackets*: ⏎  1,⏎"])
        #expect(folds("f(1,\n  2)\n") == ["brackets: 1,⏎  2"])
        #expect(folds("x = [\n1]\ny = {\n}\nz = (\n1)\n") == ["brackets: ⏎1", "brackets*: ⏎", "brackets: ⏎1"])
        #expect(folds("def f(\n    a,\n): pass\n") == ["brackets*: ⏎    a,⏎"])
        #expect(folds("x = [y\n  for y in z]\n") == ["brackets: y⏎  for y in z"])
        #expect(folds("x = [\n1,\n").isEmpty, "what is not closed cannot be folded")
    }

    @Test func stringsAndDocumentation() {
        #expect(
            folds("\"\"\"One.\n\nTwo.\n\"\"\"\nx = r'''\na'''\ny = 'b'\n") == [
                "documentation: One.⏎⏎Two.⏎\"\"\"", "string: ⏎a'''",
            ])
        #expect(
            folds("def f():\n  '''A\n  b'''\n") == ["block: ⏎  '''A⏎  b'''", "documentation: A⏎  b'''"])
    }

    @Test func commentBlocks() {
        #expect(folds("# a\n# b\n#c\nx = 1 # d\n# e\n\n# f\n") == ["comment: ⏎# b⏎#c"])
        #expect(folds("# a\r\n# b\r\n") == ["comment: ␍⏎# b"])
        #expect(
            folds("def f():\n  x()\n  # a\n  # b\n# c\n# d\n") == [
                "block: ⏎  x()", "comment: ⏎  # b⏎# c⏎# d",
            ])
        #expect(folds("f(\n  # a\n  # b\n  1)\n") == ["brackets: ⏎  # a⏎  # b⏎  1", "comment: ⏎  # b"])
        #expect(folds("# only").isEmpty)
    }

    @Test func loads() {
        #expect(
            folds("load('a', 'b')\n# note\nload('c',\n  'd')\n\nload('e', 'f')\nx = 1\nload('g', 'h')\n") == [
                "loads: , 'b')⏎# note⏎load('c',⏎  'd')⏎⏎load('e', 'f')", "brackets: 'c',⏎  'd'",
            ])
    }
}
