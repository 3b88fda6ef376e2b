"""`envd debug syntax` and `envd debug tokens`."""

SOURCE = b'def f(a):\r\n\treturn "\xc3\xa9\xff" # c\r\n'


def test_the_tree_is_indented_with_kinds_ranges_and_texts(envd):
    finished = envd("debug", "syntax", "-", stdin=b"f(1)\n")
    assert finished.status == 0
    assert finished.out == (
        "exprStmt 0..<4\n"
        "  callExpr 0..<4\n"
        "    nameExpr 0..<1\n"
        '      identifier 0..<1 "f"\n'
        "    argumentList 1..<4\n"
        '      leftParen 1..<2 "("\n'
        "      literalExpr 2..<3\n"
        '        integer 2..<3 "1"\n'
        '      rightParen 3..<4 ")"\n'
        '  newline 4..<5 "\\n"\n'
        'eof 5..<5 ""\n'
    )


def test_tokens_come_with_their_trivia(envd):
    finished = envd("debug", "tokens", "-", stdin=SOURCE)
    lines = finished.out.splitlines()
    assert 'newline 9..<11 "\\r\\n"' in lines
    assert '  blanks 11..<12 "\\t"' in lines
    assert '  comment 25..<28 "# c"' in lines
    assert any(line.startswith("string ") and line.endswith('"\\"é\\xff\\""') for line in lines)


def test_verify_prints_findings_alone(envd, tmp_path):
    (tmp_path / "good.envd").write_bytes(b"x = 1\n")
    (tmp_path / "bad.envd").write_bytes(b"x = (1\ny = 2\n")
    for what in ("syntax", "tokens"):
        good = envd("debug", what, "--verify", "good.envd")
        assert (good.status, good.out, good.err) == (0, "", "")
        bad = envd("debug", what, "--verify", "bad.envd")
        assert bad.status == 1 and bad.err == ""
        assert bad.out.splitlines() == ["bad.envd:1:5: error: '(' is never closed [unclosed-bracket]"]


def test_all_of_starlark_is_a_dialect(envd):
    finished = envd("debug", "syntax", "--verify", "--dialect", "starlark", "-", stdin=b"while True:\n    pass\n")
    assert (finished.status, finished.out) == (0, "")


def test_what_a_dialect_switches_off_is_a_finding(envd):
    for source in (b"while True:\n    pass\n", b"if True:\n    pass\n", b"def f(x: int):\n    pass\n"):
        finished = envd("debug", "syntax", "--verify", "-", stdin=source)
        assert finished.status == 1 and finished.out.startswith("<stdin>:1:")


def test_bytecode_shows_every_constant(envd, tmp_path):
    texts = [f"text {number} " + "a" * 40 for number in range(2000)]
    (tmp_path / "texts.star").write_text("x = [\n" + "".join(f"    {text!r},\n" for text in texts) + "]\n")
    finished = envd("debug", "bytecode", "--dialect", "starlark", "texts.star")
    assert finished.status == 0
    assert all(f'"{text}"' in finished.out for text in texts)


def test_types_are_those_of_what_a_file_defines_and_asks_for(envd, tmp_path):
    text = "version = '3.11'\n\ndef names(x):\n    return [version]\n\ndef build():\n    reveal_type(names(1)[0])\n"
    (tmp_path / "build.envd").write_text(text)
    finished = envd("debug", "types", "build.envd")
    assert finished.status == 0
    assert finished.out.splitlines() == [
        'build.envd:1:1: version: Literal["3.11"]',
        "build.envd:3:5: names: (x) -> list[str]",
        "build.envd:6:5: build: () -> None",
        "build.envd:7:17: names(1)[0]: str",
    ]
