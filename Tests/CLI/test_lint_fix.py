"""`envd lint --fix`, `--unsafe-fixes`, `--diff`: what they mend, and what they leave."""

import os
import stat
import subprocess

import pytest

UNUSED = "x = 1  # envd: ignore[undefined-name] old\n"


def test_safe_fixes_are_made_and_the_rest_is_printed(envd, tmp_path):
    path = tmp_path / "build.envd"
    path.write_text(UNUSED + "y = bse\n")
    path.chmod(0o640)
    finished = envd("lint", "--fix")
    assert finished.status == 1
    assert path.read_text() == "x = 1\ny = bse\n"
    assert finished.out.startswith("build.envd:2:5: error: undefined name 'bse'")
    assert finished.err == "1 finding fixed, 1 finding in 1 file left\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    before = path.stat()
    assert envd("lint", "--fix").err == "0 findings fixed, 1 finding in 1 file left\n"
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_unsafe_fixes_are_for_those_who_ask(envd, tmp_path):
    path = tmp_path / "build.envd"
    path.write_text(UNUSED + "def build():\n    bse(dev=False)\n    instal.conda()\n")
    finished = envd("lint", "--select", "names,unused-suppression", "--unsafe-fixes")
    assert path.read_text() == "x = 1\ndef build():\n    base(dev=False)\n    install.conda()\n"
    assert (finished.status, finished.out) == (0, "")
    assert finished.err == "3 findings fixed, 0 findings in 1 file left\n"


def test_what_one_fix_brings_to_light_is_fixed_too(envd, tmp_path):
    """Once the name is mended, nothing is left to silence."""
    path = tmp_path / "build.envd"
    path.write_text("x = bse  # envd: ignore[set-function, undefined-name, set-function]\n")
    envd("lint", "--fix")
    assert path.read_text() == "x = bse  # envd: ignore[undefined-name]\n"


def test_diff_shows_and_writes_nothing(envd, tmp_path):
    path = tmp_path / "build.envd"
    path.write_text(UNUSED + "y = bse\n")
    finished = envd("lint", "--diff")
    assert finished.status == 1
    assert path.read_text() == UNUSED + "y = bse\n"
    assert finished.err == "1 finding would be fixed in 1 file\n"
    subprocess.run(["patch", "-p0"], cwd=tmp_path, input=finished.stdout, check=True, stdout=subprocess.DEVNULL)
    assert path.read_text() == "x = 1\ny = bse\n"
    # Nothing that a safe fix would mend.
    finished = envd("lint", "--diff")
    assert (finished.status, finished.out) == (0, "")
    assert b"-y = bse\n+y = base\n" in envd("lint", "--diff", "--unsafe-fixes").stdout


def test_standard_input_is_printed_fixed(envd):
    finished = envd("lint", "--fix", "-", "--stdin-filename", "a.envd", stdin=(UNUSED + "y = bse\n").encode())
    assert finished.status == 1
    assert finished.out == "x = 1\ny = bse\n"
    assert finished.err.startswith("a.envd:2:5: error: undefined name 'bse'")
    # What is wrong with it does not stop it from being printed as it is.
    finished = envd("lint", "--fix", "-", stdin=b"x = (\xff\n")
    assert finished.status == 1 and finished.stdout == b"x = (\xff\n"
    finished = envd("lint", "--fix", "-", stdin=b"x = 1\n")
    assert (finished.status, finished.out) == (0, "x = 1\n")


def test_line_breaks_and_other_bytes_stay(envd, tmp_path):
    path = tmp_path / "build.envd"
    path.write_bytes(b"\xef\xbb\xbfx = '\xff'\r\ny = 1  # envd: ignore[undefined-name]\r\nz = 2\rw = 3")
    envd("lint", "--fix")
    assert path.read_bytes() == b"\xef\xbb\xbfx = '\xff'\r\ny = 1\r\nz = 2\rw = 3"


def test_broken_programs_are_fixed_where_they_are_whole(envd, tmp_path):
    path = tmp_path / "build.envd"
    path.write_text(UNUSED + "y = (\n")
    finished = envd("lint", "--fix")
    assert path.read_text() == "x = 1\ny = (\n"
    assert "[unclosed-bracket]" in finished.out


def test_read_only_files_are_a_failure_and_the_others_are_fixed(envd, tmp_path):
    for name in ("a.envd", "b.envd"):
        (tmp_path / name).write_text(UNUSED)
    (tmp_path / "a.envd").chmod(0o444)
    finished = envd("lint", "--fix")
    assert finished.status == 2
    assert "envd: cannot write 'a.envd': the file is read-only" in finished.err
    assert (tmp_path / "a.envd").read_text() == UNUSED
    assert (tmp_path / "b.envd").read_text() == "x = 1\n"
    assert sorted(os.listdir(tmp_path)) == ["a.envd", "b.envd"]


def test_links_are_followed_and_stay(envd, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.envd").write_text(UNUSED)
    (tmp_path / "link.envd").symlink_to("real/a.envd")
    envd("lint", "--fix", "link.envd")
    assert (tmp_path / "link.envd").is_symlink()
    assert (tmp_path / "real" / "a.envd").read_text() == "x = 1\n"


@pytest.mark.parametrize("format", ["json", "sarif", "github", "junit"])
def test_what_is_left_is_told_in_every_format(envd, tmp_path, format):
    (tmp_path / "build.envd").write_text(UNUSED + "y = bse\n")
    finished = envd("lint", "--fix", "--format", format)
    assert finished.status == 1
    assert "undefined name 'bse'" in finished.out
    # The page of the rule, which SARIF has, speaks of other places.
    assert "there is no finding of 'undefined-name' to silence" not in finished.out.replace("to silence\\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--diff", "--format", "json"],
        ["--fix", "--format", "json", "-"],
        ["--fix", "--write-baseline", "a.json"],
        ["--watch", "-"],
        ["--watch", "--diff"],
        ["--watch", "--format", "sarif"],
        ["--watch", "--write-baseline", "a.json"],
    ],
)
def test_what_does_not_go_together_is_refused(envd, arguments):
    assert envd("lint", *arguments).fails_with_one_line("does not go with", "--help")
