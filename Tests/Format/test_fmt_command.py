"""`envd fmt` from the outside: what it writes, what it leaves alone, and how it ends."""

import os
import pathlib
import stat
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = pathlib.Path(os.environ.get("ENVD", ROOT / ".build" / "release" / "envd")).resolve()

UGLY = b"def build( ):\n  base(image='ubuntu:20.04')\n"
NICE = b'def build():\n    base(image="ubuntu:20.04")\n'


def fmt(*arguments, cwd, stdin=None):
    run = subprocess.run([BINARY, "fmt", *arguments], cwd=cwd, input=stdin, capture_output=True)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def test_formats_the_files_of_a_folder(tmp_path):
    (tmp_path / "build.envd").write_bytes(UGLY)
    (tmp_path / "lib.envd").write_bytes(NICE)
    (tmp_path / "other.py").write_bytes(UGLY)
    before = (tmp_path / "lib.envd").stat()
    status, out, err = fmt(cwd=tmp_path)
    assert (status, out) == (0, "")
    assert err == "1 file reformatted, 1 file left unchanged\n"
    assert (tmp_path / "build.envd").read_bytes() == NICE
    assert (tmp_path / "other.py").read_bytes() == UGLY
    after = (tmp_path / "lib.envd").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_check_lists_and_writes_nothing(tmp_path):
    (tmp_path / "a.envd").write_bytes(UGLY)
    (tmp_path / "b.envd").write_bytes(NICE)
    status, out, _ = fmt("--check", cwd=tmp_path)
    assert (status, out) == (1, "a.envd\n")
    assert (tmp_path / "a.envd").read_bytes() == UGLY
    assert fmt("--check", "b.envd", cwd=tmp_path)[0] == 0


def test_diff_is_one_that_patch_takes(tmp_path):
    (tmp_path / "a.envd").write_bytes(b"x = 1\n" * 20 + UGLY + b"y = 2\n" * 20 + b"z=3")
    status, out, _ = fmt("--diff", "a.envd", cwd=tmp_path)
    assert status == 1
    assert (tmp_path / "a.envd").read_bytes().endswith(b"z=3")
    subprocess.run(["patch", "-p0"], cwd=tmp_path, input=out.encode(), check=True, stdout=subprocess.DEVNULL)
    assert fmt("--check", "a.envd", cwd=tmp_path)[0] == 0


def test_standard_input(tmp_path):
    assert fmt("-", cwd=tmp_path, stdin=UGLY) == (0, NICE.decode(), "")
    assert fmt("--check", "-", cwd=tmp_path, stdin=UGLY)[:2] == (1, "<stdin>\n")
    status, out, err = fmt("-", "--stdin-filename", "build.envd", cwd=tmp_path, stdin=b"x = (\n")
    assert (status, out) == (1, "")
    assert err.startswith("build.envd:1:5: error: ")


def test_a_broken_file_is_left_alone_and_the_others_are_not(tmp_path):
    (tmp_path / "a.envd").write_bytes(b"x = = 1\n")
    (tmp_path / "b.envd").write_bytes(UGLY)
    status, out, err = fmt(cwd=tmp_path)
    assert status == 1
    assert out.startswith("a.envd:1:5: error: ")
    assert (tmp_path / "a.envd").read_bytes() == b"x = = 1\n"
    assert (tmp_path / "b.envd").read_bytes() == NICE
    assert "1 file with syntax errors left alone" in err


def test_an_unreadable_file_is_a_failure_and_the_others_are_formatted(tmp_path):
    (tmp_path / "b.envd").write_bytes(UGLY)
    status, _, err = fmt("missing.envd", "b.envd", cwd=tmp_path)
    assert status == 2
    assert "envd: cannot read 'missing.envd'" in err
    assert (tmp_path / "b.envd").read_bytes() == NICE


def test_permissions_and_links_are_kept(tmp_path):
    (tmp_path / "real.envd").write_bytes(UGLY)
    (tmp_path / "real.envd").chmod(0o640)
    (tmp_path / "link.envd").symlink_to("real.envd")
    assert fmt("link.envd", cwd=tmp_path)[0] == 0
    assert (tmp_path / "link.envd").is_symlink()
    assert (tmp_path / "real.envd").read_bytes() == NICE
    assert stat.S_IMODE((tmp_path / "real.envd").stat().st_mode) == 0o640


def test_a_read_only_file_is_a_failure(tmp_path):
    (tmp_path / "a.envd").write_bytes(UGLY)
    (tmp_path / "a.envd").chmod(0o444)
    status, _, err = fmt("a.envd", cwd=tmp_path)
    assert status == 2
    assert "read-only" in err
    assert (tmp_path / "a.envd").read_bytes() == UGLY
