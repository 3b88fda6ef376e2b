"""`envd lint`: what it prints, for people and for programs."""

import json
import re

import jsonschema
import pytest
from conftest import ROOT
from wcwidth import wcwidth

SCHEMA = json.loads((ROOT / "Tests" / "Specs" / "lint" / "lint-output.schema.json").read_text())


def lint_json(envd, source, *options):
    finished = envd("lint", *options, "--format", "json", "-", stdin=source)
    report = json.loads(finished.stdout)
    jsonschema.validate(report, SCHEMA)
    assert finished.status == (1 if report["findings"] else 0)
    assert finished.err == ""
    return report


def test_a_clean_file_is_silent(envd, tmp_path):
    (tmp_path / "build.envd").write_text("def build():\n    base(dev=False)\n")
    finished = envd("lint")
    assert (finished.status, finished.out, finished.err) == (0, "", "0 findings in 1 file\n")


def test_findings_show_their_line(envd, tmp_path):
    (tmp_path / "build.envd").write_text("def build():\n    bse(dev=False)\n")
    finished = envd("lint")
    assert finished.status == 1
    assert finished.err == "1 finding in 1 file\n"
    assert finished.out == (
        "build.envd:2:5: error: undefined name 'bse'; did you mean 'base'? [undefined-name]\n"
        "  |\n"
        "2 |     bse(dev=False)\n"
        "  |     ^^^\n"
        "\n"
    )


def test_json_says_the_same_for_programs(envd):
    report = lint_json(envd, "x = 'é😀' + bse\n".encode())
    assert report["files"] == ["<stdin>"]
    (finding,) = report["findings"]
    place = {"start": {"offset": 15, "line": 1, "column": 12}, "end": {"offset": 18, "line": 1, "column": 15}}
    assert finding == {
        "file": "<stdin>",
        "code": "undefined-name",
        "severity": "error",
        "message": "undefined name 'bse'; did you mean 'base'?",
        "range": place,
        "fixes": [{"title": "Replace with 'base'", "safe": False, "edits": [{"range": place, "replacement": "base"}]}],
    }


def test_fixes_mend_what_they_say(envd):
    source = b"def build():\n    bse()\n    instal.conda()\n    print(lenn('a'))\n"
    while findings := lint_json(envd, source)["findings"]:
        edit = findings[0]["fixes"][0]["edits"][0]
        start, end = (edit["range"][key]["offset"] for key in ("start", "end"))
        source = source[:start] + edit["replacement"].encode() + source[end:]
    assert source == b"def build():\n    base()\n    install.conda()\n    print(len('a'))\n"


# The mark under the line must be as wide as a terminal shows what it marks, and stand below it.
LINES = [
    b"x = nowhere",
    b"\tx = nowhere",
    b"x =\t nowhere",
    "x = '日本語' + nowhere".encode(),
    "x = 'e\u0301e\u0301' + nowhere".encode(),
    "x = '한국' + '👍' + nowhere".encode(),
    b"x = 1 + nowhere  # behind",
    b"x = 1 + nowhere\r",
    "x = 'ab\u202ecd\u202c' + nowhere".encode(),
    b"x = '\x1b[31m' + nowhere",
    b"x = [" + b"1, " * 400 + b"nowhere]",
    b"x = [nowhere, " + b"1, " * 400 + b"]",
    b"x = [" + b"1, " * 400 + b"nowhere, " + b"2, " * 400 + b"]",
    "x = [".encode() + "'日本', ".encode() * 200 + "nowhere, ".encode() + "'語', ".encode() * 200 + b"]",
    b"x = '" + b"a" * 5_000_000 + b"' + nowhere",
]


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""], ids=["lf", "crlf", "none"])
def test_the_mark_stands_under_the_name(envd, line, ending):
    finished = envd("lint", "-", stdin=b"pass\n" + line + ending)
    assert finished.status == 1
    blocks = [block.splitlines() for block in finished.out.split("\n\n")]
    (block,) = [block for block in blocks if block and "undefined-name" in block[0]]
    assert block[0].startswith("<stdin>:2:") and "undefined name 'nowhere'" in block[0]
    assert block[2].startswith("2 | ") and block[3].startswith("  | ")
    shown, mark = block[2][4:], block[3][4:]
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", shown + mark)
    before, marks = re.fullmatch(r"( *)(\^+)", mark).groups()
    column = sum(wcwidth(character) for character in shown[: shown.index("nowhere")])
    assert (len(before), len(marks)) == (column, len("nowhere"))
    assert sum(wcwidth(character) for character in shown) <= 102


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\xff\xfe",
        b"(",
        b"x = '",
        b"def",
        b"\t\n \x0c",
        b"\r",
        b"(" * 3000,
        b"a\xccb\n",
        b"if x:",
    ],
)
def test_any_bytes_are_answered(envd, source):
    lint_json(envd, source)
    for command in (
        ["debug", "syntax"],
        ["debug", "tokens"],
        ["debug", "syntax", "--verify"],
        ["debug", "tokens", "--verify"],
    ):
        finished = envd(*command, "-", stdin=source)
        assert finished.status in (0, 1) and finished.err == ""


def test_deep_nesting_is_a_finding_and_no_crash(envd):
    for source in (
        b"[" * 100_000 + b"]" * 100_000,
        b"-" * 100_000 + b"1",
        b"x" + b".a" * 100_000,
        b"a if b else " * 50_000 + b"c",
    ):
        report = lint_json(envd, b"x = " + source + b"\n")
        assert "too-deep" in {finding["code"] for finding in report["findings"]}
    blocks = b"".join(b" " * depth + b"if x:\n" for depth in range(500)) + b" " * 500 + b"pass\n"
    assert "too-deep" in {finding["code"] for finding in lint_json(envd, blocks)["findings"]}


def test_every_character_width_is_the_terminals(envd):
    """Against the tables of wcwidth, over whole blocks in which Unicode has wide characters."""
    wide = "".join(map(chr, [*range(0x4E00, 0x4E40), *range(0xAC00, 0xAC40), *range(0xFF01, 0xFF61), 0x20000, 0x1F600]))
    narrow = "".join(map(chr, [*range(0xA1, 0xAD), *range(0x390, 0x3A0), *range(0x400, 0x420), 0xFF61, 0x1D400]))
    for text in (wide, narrow):
        for start in range(0, len(text), 20):
            piece = text[start : start + 20]
            out = envd("lint", "-", stdin=f"x = '{piece}' + nowhere\n".encode()).out
            mark = [line for line in out.splitlines() if "^" in line][-1]
            assert mark.index("^") == 4 + len("x = '' + ") + sum(map(wcwidth, piece)), piece
