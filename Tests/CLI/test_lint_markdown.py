"""Programs in Markdown files: `envd lint` and `envd fmt` of fenced blocks."""

import json
import re

import pytest

DOCUMENT = """# Title

```envd
x = nowhere
```

Text with `code`.

1. item

   ```envd
   def f():
       return elsewhere
   ```

> - quoted
>   ~~~envd title="x"
>   y = 'é' + nobody
>
>   z = set()
>   ~~~

```python title="build.envd"
a = missing
```

```python
import os
```

```envd ignore
b = ignored
```

    indented = code
"""


def places(finished):
    return re.findall(r"^(\S+?):(\d+):(\d+): .*'(\w+)'", finished.out, re.MULTILINE)


def lint(envd, *arguments, **options):
    return envd("lint", "--select", "undefined-name,unused-suppression", *arguments, **options)


def test_findings_stand_where_they_are_in_the_document(envd, tmp_path):
    (tmp_path / "README.md").write_text(DOCUMENT)
    lines = DOCUMENT.splitlines()
    found = places(lint(envd, "README.md"))
    assert [name for _, _, _, name in found] == ["nowhere", "elsewhere", "nobody", "missing"]
    for file, line, column, name in found:
        assert file == "README.md" and lines[int(line) - 1][int(column) - 1 :].startswith(name)


def test_offsets_are_those_of_the_document(envd, tmp_path):
    for text in (DOCUMENT, DOCUMENT.replace("\n", "\r\n"), "\ufeff" + DOCUMENT):
        (tmp_path / "README.md").write_bytes(text.encode())
        report = json.loads(lint(envd, "--format", "json", "README.md").stdout)
        assert len(report["findings"]) == 4
        for finding in report["findings"]:
            start, end = (finding["range"][key]["offset"] for key in ("start", "end"))
            assert f"'{text.encode()[start:end].decode()}'" in finding["message"]


def test_the_line_is_shown_as_it_stands_there(envd, tmp_path):
    (tmp_path / "README.md").write_text(DOCUMENT)
    assert "18 | >   y = 'é' + nobody\n   |               ^^^^^^\n" in lint(envd, "README.md").out


def test_folders_are_searched_only_if_somebody_says_so(envd, tmp_path):
    (tmp_path / "README.md").write_text(DOCUMENT)
    (tmp_path / "build.envd").write_text("")
    assert places(lint(envd)) == []
    assert len(places(lint(envd, "--markdown"))) == 4
    (tmp_path / "envd.toml").write_text("markdown = true\n")
    assert len(places(lint(envd))) == 4
    assert len(places(lint(envd, ".", "README.md"))) == 4
    (tmp_path / "envd.toml").unlink()
    assert len(places(lint(envd, ".", "README.md"))) == 4


def test_standard_input(envd):
    finished = lint(envd, "-", "--stdin-filename", "a.md", stdin=DOCUMENT.encode())
    assert len(places(finished)) == 4


def test_comments_silence_in_blocks_too(envd, tmp_path):
    (tmp_path / "a.md").write_text("```envd\nx = nowhere  # envd: ignore[undefined-name]\n```\n")
    assert lint(envd, "a.md").status == 0


def test_syntax_errors_of_a_block_stay_in_it(envd, tmp_path):
    (tmp_path / "a.md").write_text("```envd\nx = (\n```\n\n(\n\n```envd\ny = nowhere\n```\n")
    found = re.findall(r"^a.md:(\d+):\d+: .*\[([a-z-]+)\]$", lint(envd, "a.md").out, re.MULTILINE)
    assert found == [("2", "unclosed-bracket"), ("8", "undefined-name")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("```envd\nx=1\n```\n", "```envd\nx = 1\n```\n"),
        ("a\n\n```envd\nx=1\n```\nb\n", "a\n\n```envd\nx = 1\n```\nb\n"),
        # Line breaks, fences and what stands before lines.
        ("```envd\r\nx=1\r\ny=2\r\n```\r\n", "```envd\r\nx = 1\r\ny = 2\r\n```\r\n"),
        ("  ~~~~ envd\n  x=1\n  ~~~~\n", "  ~~~~ envd\n  x = 1\n  ~~~~\n"),
        ("- a\n\n  ```envd\n  def f():\n      x=1\n\n\n\n      y=2\n  ```\n", None),
        ("> ```envd\n> x=1\n>\n> y=2\n> ```\n", "> ```envd\n> x = 1\n>\n> y = 2\n> ```\n"),
        ("> > 1. ```envd\n> >    x=1\n> >    ```\n", "> > 1. ```envd\n> >    x = 1\n> >    ```\n"),
        # Nobody ended it.
        ("```envd\nx=1", "```envd\nx = 1\n"),
        ("> ```envd\n> x=1\n\ntext", "> ```envd\n> x = 1\n\ntext"),
        # Nothing to do.
        ("```envd\nx = 1\n```", "```envd\nx = 1\n```"),
        ("```envd\n```\n", "```envd\n```\n"),
        ("```python\nx=1\n```\n", "```python\nx=1\n```\n"),
        ("```envd ignore\nx=1\n```\n", "```envd ignore\nx=1\n```\n"),
        ("", ""),
    ],
)
def test_fmt_formats_blocks_in_place(envd, tmp_path, before, after):
    if after is None:
        after = "- a\n\n  ```envd\n  def f():\n      x = 1\n\n      y = 2\n  ```\n"
    path = tmp_path / "a.md"
    path.write_bytes(before.encode())
    finished = envd("fmt", "a.md")
    assert finished.status == 0, finished
    assert path.read_bytes() == after.encode()
    assert envd("fmt", "--check", "a.md").status == 0
    assert envd("fmt", "-", "--stdin-filename", "a.md", stdin=before.encode()).stdout == after.encode()


def test_fmt_searches_folders_only_if_somebody_says_so(envd, tmp_path):
    (tmp_path / "a.md").write_text("```envd\nx=1\n```\n")
    (tmp_path / "b.envd").write_text("x = 1\n")
    assert envd("fmt", "--check").status == 0
    assert envd("fmt", "--check", "--markdown").out == "a.md\n"
    (tmp_path / "envd.toml").write_text("markdown = true\n")
    assert envd("fmt", "--check").out == "a.md\n"


def test_fmt_leaves_a_document_with_a_broken_program_alone(envd, tmp_path):
    text = "```envd\nx=1\n```\n\n> ```envd\n> y = (\n> ```\n"
    (tmp_path / "a.md").write_text(text)
    finished = envd("fmt", "a.md")
    assert finished.status == 1 and finished.out.startswith("a.md:6:7: error: ")
    assert (tmp_path / "a.md").read_text() == text


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        # The layout of a docstring would end the block.
        ('a\n\n```envd\n"""\n    ```\n"""\nx=1\n```\n', 4, "other blocks"),
        # Lines of a quotation that do not begin alike.
        ("> ```envd\n> x=1\n>y=2\n> ```\n", 2, "begin"),
    ],
)
def test_fmt_refuses_what_it_cannot_put_back(envd, tmp_path, text, line, word):
    path = tmp_path / "a.md"
    path.write_text(text)
    (tmp_path / "b.envd").write_text("x=1\n")
    finished = envd("fmt", "a.md", "b.envd")
    assert finished.status == 2
    assert (
        finished.err.startswith(f"envd: cannot format 'a.md', line {line}: ") and word in finished.err.splitlines()[0]
    )
    assert path.read_text() == text
    assert (tmp_path / "b.envd").read_text() == "x = 1\n"


def test_fix_refuses_what_it_cannot_put_back(envd, tmp_path):
    path = tmp_path / "a.md"
    path.write_text("> ```envd\n> x = 1  # envd: ignore[undefined-name]\n>y = 2\n> ```\n")
    before = path.read_text()
    assert lint(envd, "--fix", "a.md").fails_with_one_line("cannot fix 'a.md', line 2: ")
    assert path.read_text() == before


def test_fix_mends_blocks(envd, tmp_path):
    path = tmp_path / "a.md"
    text = "- a\n  ```envd\n  x = 1  # envd: ignore[undefined-name]\n  # envd: ignore[set-function]\n  y = 2\n  ```\n"
    path.write_text(text)
    assert lint(envd, "--fix", "a.md").err == "2 findings fixed, 0 findings in 1 file left\n"
    assert path.read_text() == "- a\n  ```envd\n  x = 1\n  y = 2\n  ```\n"


def test_fixes_as_edits_do_the_same(envd, tmp_path):
    """What --format json says of each fix, made by hand, gives what --fix makes."""
    text = "> ```envd\n> # envd: ignore[undefined-name]\n> x = 1  # envd: ignore[set-function]\n> ```\n".encode()
    while True:
        report = json.loads(lint(envd, "-", "--stdin-filename", "a.md", "--format", "json", stdin=text).stdout)
        if not report["findings"]:
            break
        (edit,) = report["findings"][0]["fixes"][0]["edits"]
        start, end = (edit["range"][key]["offset"] for key in ("start", "end"))
        text = text[:start] + edit["replacement"].encode() + text[end:]
    assert text == b"> ```envd\n> x = 1\n> ```\n"


def test_baselines_know_blocks(envd, tmp_path):
    (tmp_path / "a.md").write_text(DOCUMENT)
    assert lint(envd, "--write-baseline", "old.json", "a.md").err.startswith("4 findings written")
    assert places(lint(envd, "--baseline", "old.json", "a.md")) == []


@pytest.mark.parametrize(
    "text",
    [
        b"```envd\n\x00x = nowhere\n```",
        b"```envd\n\xff\xfe\n```\n",
        b"> " * 5000 + b"```envd\n",
        b"```envd\n" * 3000,
        b"- \t```envd\n\t\tx = nowhere\n\t  y\n",
        b"```envd\rx = nowhere\r```\r",
        b"```envd",
    ],
)
def test_any_bytes_are_answered(envd, tmp_path, text):
    (tmp_path / "a.md").write_bytes(text)
    for command in (["lint"], ["lint", "--fix"], ["lint", "--format", "json"], ["fmt", "--check"], ["fmt"]):
        assert envd(*command, "a.md").status in (0, 1, 2)
