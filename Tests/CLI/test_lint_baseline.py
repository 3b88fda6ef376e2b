"""`envd lint --write-baseline` and `--baseline`: new findings only."""

import json
import re

import pytest

OLD = "x = nowhere\ny = set()\nz = nowhere\n"


@pytest.fixture
def lint(envd, tmp_path):
    """Runs the linter with the rules about names, whose findings in these programs are known."""

    def run(*arguments, **options):
        return envd("lint", "--select", "names,unused-suppression", *arguments, **options)

    (tmp_path / "build.envd").write_text(OLD)
    return run


def places(finished):
    return re.findall(r"^(\S+?:\d+):\d+: .* \[([a-z-]+)\]$", finished.out, re.MULTILINE)


def test_known_findings_are_not_told(lint, tmp_path):
    written = lint("--write-baseline", "old.json")
    assert (written.status, written.out, written.err) == (0, "", "3 findings written to 'old.json'\n")
    finished = lint("--baseline", "old.json")
    assert (finished.status, finished.out, finished.err) == (0, "", "0 findings in 1 file\n")


def test_they_stay_known_while_lines_move(lint, tmp_path):
    lint("--write-baseline", "old.json")
    (tmp_path / "build.envd").write_text("a = 1\n\n\nz  =  nowhere\nb = elsewhere\ny = set()\nx = nowhere\n")
    assert places(lint("--baseline", "old.json")) == [("build.envd:5", "undefined-name")]


def test_a_changed_line_and_one_more_of_the_same_are_new(lint, tmp_path):
    lint("--write-baseline", "old.json")
    (tmp_path / "build.envd").write_text("x = nowhere + 1\ny = set()\nz = nowhere\nz = nowhere\n")
    finished = lint("--baseline", "old.json", "--ignore", "reassigned-global")
    assert places(finished) == [("build.envd:1", "undefined-name"), ("build.envd:4", "undefined-name")]
    assert "envd: 1 finding of 'old.json' is there no more: write it anew with --write-baseline\n" in finished.err


def test_what_is_mended_or_gone_is_said(lint, tmp_path):
    (tmp_path / "b.envd").write_text(OLD)
    assert "6 findings written" in lint("--write-baseline", "old.json").err
    (tmp_path / "build.envd").write_text("y = set()\n")
    (tmp_path / "b.envd").unlink()
    finished = lint("--baseline", "old.json")
    assert (finished.status, finished.out) == (0, "")
    assert "5 findings of 'old.json' are there no more" in finished.err
    # Of files that are not asked about nothing is said.
    (tmp_path / "b.envd").write_text("")
    (tmp_path / "build.envd").write_text(OLD)
    assert "no more" not in lint("--baseline", "old.json", "build.envd").err


def test_it_names_files_from_its_own_folder_on(lint, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.envd").write_text(OLD)
    lint("--write-baseline", "old.json")
    files = {entry["file"] for entry in json.loads((tmp_path / "old.json").read_text())["findings"]}
    assert files == {"build.envd", "sub/a.envd"}
    assert lint("--baseline", "../old.json", "a.envd", cwd=tmp_path / "sub").out == ""
    (tmp_path / "envd.toml").write_text("[lint]\nbaseline = 'old.json'\n")
    assert lint(cwd=tmp_path / "sub").out == ""
    assert lint("-", "--stdin-filename", "build.envd", stdin=OLD.encode()).out == ""
    assert len(places(lint("-", stdin=OLD.encode()))) == 3


def test_it_is_the_same_every_time_and_sorted(lint, tmp_path):
    for name in "cab":
        (tmp_path / f"{name}.envd").write_text(OLD)
    lint("--write-baseline", "one.json", "c.envd", "a.envd", "b.envd", "build.envd")
    lint("--write-baseline", "two.json")
    assert (tmp_path / "one.json").read_text() == (tmp_path / "two.json").read_text()
    entries = json.loads((tmp_path / "one.json").read_text())["findings"]
    assert entries == sorted(entries, key=lambda entry: (entry["file"], entry["code"], entry["line"]))


def test_syntax_errors_are_always_told(lint, tmp_path):
    (tmp_path / "build.envd").write_text("x = (\n")
    assert "0 findings written" in lint("--write-baseline", "old.json").err
    assert places(lint("--baseline", "old.json")) == [("build.envd:1", "unclosed-bracket")]


def test_what_is_known_is_not_fixed(lint, tmp_path):
    source = "x = 1  # envd: ignore[undefined-name]\n"
    (tmp_path / "build.envd").write_text(source)
    lint("--write-baseline", "old.json")
    lint("--baseline", "old.json", "--fix")
    assert (tmp_path / "build.envd").read_text() == source
    lint("--fix")
    assert (tmp_path / "build.envd").read_text() == "x = 1\n"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no baseline"),
        (b"[]", "no baseline"),
        (b'{"version": 2, "findings": []}', "another version"),
        (b'{"version": 1, "findings": [{"file": 1}]}', "no baseline"),
        (b"\xff", "no baseline"),
        (b"[" * 100_000, "no baseline"),
    ],
)
def test_what_is_no_baseline_is_refused(lint, tmp_path, content, word):
    (tmp_path / "old.json").write_bytes(content)
    assert lint("--baseline", "old.json").fails_with_one_line("old.json", word)


def test_counts_of_any_size_are_no_crash(lint, tmp_path):
    entry = {"file": "build.envd", "code": "undefined-name", "line": "0" * 16}
    findings = [entry | {"count": count} for count in (2**63 - 1, 2**63 - 1, -(2**63), 0)]
    findings.append(entry | {"file": "gone.envd", "count": 2**63 - 1})
    (tmp_path / "old.json").write_text(json.dumps({"version": 1, "findings": findings}))
    assert lint("--baseline", "old.json").status == 1


def test_a_missing_baseline_is_a_failure(lint):
    assert lint("--baseline", "old.json").fails_with_one_line("old.json")
    assert lint("--write-baseline", "a.json", "--baseline", "b.json").fails_with_one_line("--baseline")


def test_an_unreadable_file_leaves_the_baseline_as_it_is(lint, tmp_path):
    assert lint("--write-baseline", "old.json", "build.envd", "missing.envd").fails_with_one_line("missing.envd")
    assert not (tmp_path / "old.json").exists()
