"""`envd fmt` from the outside: what it writes, what it leaves alone, and how it ends."""

import os
import pathlib
import stat
import subprocess
import time

import pytest

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


def test_line_breaks_and_a_missing_one_at_the_end(tmp_path):
    assert fmt("-", cwd=tmp_path, stdin=b"x=1\r\ny=2")[:2] == (0, "x = 1\r\ny = 2\r\n")
    assert fmt("-", cwd=tmp_path, stdin=b"x=1")[:2] == (0, "x = 1\n")
    assert fmt("-", cwd=tmp_path, stdin=b"")[:2] == (0, "")


def test_diff_has_colour_where_that_is_welcome(tmp_path):
    (tmp_path / "a.envd").write_bytes(UGLY)
    colored = subprocess.run(
        ["script", "-qec", f"'{BINARY}' fmt --diff a.envd", "/dev/null"], cwd=tmp_path, capture_output=True
    ).stdout.decode()
    assert "\x1b[32m+def build():\x1b[" in colored
    plain = subprocess.run(
        ["script", "-qec", f"NO_COLOR=1 '{BINARY}' fmt --diff a.envd", "/dev/null"], cwd=tmp_path, capture_output=True
    ).stdout.decode()
    assert "+def build():" in plain and "\x1b" not in plain


def test_exclusion(tmp_path):
    for name in ("a.envd", "vendor/b.envd", "c.gen.envd"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(UGLY)
    assert fmt("--check", "--exclude", "vendor/", "--exclude", "*.gen.envd", cwd=tmp_path)[1] == "a.envd\n"
    (tmp_path / "envd.toml").write_text('[format]\nexclude = ["vendor/", "a.envd"]\n')
    assert fmt("--check", cwd=tmp_path)[1] == "c.gen.envd\n"
    # What is named is meant, unless a program names all files that it has.
    assert fmt("--check", "a.envd", cwd=tmp_path)[1] == "a.envd\n"
    assert fmt("--check", "--force-exclude", "a.envd", "c.gen.envd", cwd=tmp_path)[1] == "c.gen.envd\n"


def test_settings(tmp_path):
    source = b"x = ['a', 'b',]\n"
    (tmp_path / "pyproject.toml").write_text("[tool.black]\nskip-string-normalization = true\ntarget-version = ['py311']\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    assert fmt("-", cwd=inner, stdin=source)[1] == "x = [\n    'a',\n    'b',\n]\n"
    (tmp_path / "pyproject.toml").write_text(
        "[tool.black]\nskip_string_normalization = true\n[tool.envd.format]\nskip-magic-trailing-comma = true\n"
    )
    assert fmt("-", cwd=inner, stdin=source)[1] == "x = ['a', 'b']\n"
    (inner / "envd.toml").write_text("[format]\nline-length = 12\n")
    assert fmt("-", cwd=inner, stdin=source)[1] == 'x = [\n    "a",\n    "b",\n]\n'
    # Arguments count more.
    assert fmt("-l", "88", "-C", "-", cwd=inner, stdin=source)[1] == 'x = ["a", "b"]\n'
    assert fmt("-S", "-C", "-l", "88", "-", cwd=inner, stdin=source)[1] == "x = ['a', 'b']\n"


def test_wrong_settings_are_one_line(tmp_path):
    (tmp_path / "envd.toml").write_text("[format]\nline-lenght = 12\n")
    status, out, err = fmt("-", cwd=tmp_path, stdin=UGLY)
    assert (status, out) == (2, "")
    assert err == "envd: envd.toml: there is no setting 'format.line-lenght'; did you mean 'line-length'?\n"
    (tmp_path / "envd.toml").write_text("[format]\nline-length = 'wide'\n")
    assert fmt("-", cwd=tmp_path, stdin=UGLY)[2] == "envd: envd.toml: format.line-length has to be a number from 1 to 10000\n"
    assert fmt("--line-length", "0", "-", cwd=tmp_path, stdin=UGLY)[0] == 2


def test_binary_and_badly_encoded_files(tmp_path):
    for content, reason in (
        (b"\x00\x01\x02", "a binary file"),
        (b"\x7fELF\x00\x00" * 1000, "a binary file"),
        (b"a = 1\nx = '\xff'\n", "line 2 is not UTF-8, at its byte 6"),
    ):
        (tmp_path / "a.envd").write_bytes(content)
        (tmp_path / "b.envd").write_bytes(UGLY)
        status, out, err = fmt(cwd=tmp_path)
        assert (status, out) == (2, "")
        assert err == f"envd: cannot format 'a.envd': {reason}\n1 file reformatted, 1 file failed\n"
        assert (tmp_path / "a.envd").read_bytes() == content


def test_a_huge_file_is_one_line(tmp_path):
    with (tmp_path / "a.envd").open("wb") as file:
        file.truncate((1 << 30) + 1)
    status, _, err = fmt("a.envd", cwd=tmp_path)
    assert status == 2
    assert err.startswith("envd: cannot read 'a.envd': more than 1024 MiB\n")


def test_many_files_are_told_in_their_order(tmp_path):
    names = [f"f{number:03}.envd" for number in range(100)]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(UGLY * (1 + number % 7) if number % 3 else NICE)
    status, out, err = fmt("--check", cwd=tmp_path)
    assert status == 1
    assert out.splitlines() == [name for number, name in enumerate(names) if number % 3]
    assert err == "66 files would be reformatted, 34 files left unchanged\n"


def test_a_large_file_is_formatted_in_parts_as_it_would_be_whole(tmp_path):
    piece = b"def f( ):\n    return [ 1,2 ]\n# remark\n"
    whole = piece * 6_000
    (tmp_path / "a.envd").write_bytes(whole)
    assert fmt("a.envd", cwd=tmp_path)[0] == 0
    nice = b"def f():\n    return [1, 2]\n\n\n# remark\n"
    assert (tmp_path / "a.envd").read_bytes() == nice * 6_000
    # What is switched off in one part stays so in the next.
    (tmp_path / "b.envd").write_bytes(b"x=1\n# fmt: off\n" + whole)
    assert fmt("b.envd", cwd=tmp_path)[0] == 0
    assert (tmp_path / "b.envd").read_bytes() == b"x = 1\n# fmt: off\n" + whole


def test_annotated_libraries(tmp_path):
    source = b"def f(a:int=1,*,b : list[ str ]|None=None)->dict[str,int]:\n    x:int=a\n    return {}\n"
    expected = "def f(a: int = 1, *, b: list[str] | None = None) -> dict[str, int]:\n    x: int = a\n    return {}\n"
    assert fmt("-", cwd=tmp_path, stdin=source)[:2] == (0, expected)


def test_markdown(tmp_path):
    (tmp_path / "a.md").write_bytes(b"# Title\n\n```envd\nx=1\n```\n\n```python\ny=1\n```\n\n- item\n\n  ```envd\n  z=1\n  ```\n")
    assert fmt("a.md", cwd=tmp_path)[0] == 0
    assert (tmp_path / "a.md").read_bytes() == (
        b"# Title\n\n```envd\nx = 1\n```\n\n```python\ny=1\n```\n\n- item\n\n  ```envd\n  z = 1\n  ```\n"
    )


# What is remembered of files


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The file in which it is kept which files are formatted; a cache folder for this test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    return tmp_path / "cache" / "envd-tools" / f"formatted-{version}"


def settled(path, content):
    """A file that was written long enough ago to be trusted. Its status cannot be set back, so this waits."""
    path.write_bytes(content)
    time.sleep(2.2)


def test_a_formatted_file_is_remembered(tmp_path, cache):
    path = tmp_path / "a.envd"
    settled(path, NICE)
    assert fmt("--check", "a.envd", cwd=tmp_path)[0] == 0
    known = cache.read_bytes()
    assert fmt("--check", "a.envd", cwd=tmp_path) == (0, "", "1 file left unchanged\n")
    # Nothing new to write.
    assert cache.read_bytes() == known
    # Another style is another question.
    assert fmt("--check", "--line-length", "10", "a.envd", cwd=tmp_path)[0] == 1
    assert fmt("--check", "-S", "a.envd", cwd=tmp_path)[0] == 0
    assert len(cache.read_bytes()) > len(known)


def test_a_change_is_seen_even_if_size_and_time_stay(tmp_path, cache):
    path = tmp_path / "a.envd"
    settled(path, b"x = 1\n")
    assert fmt("--check", "a.envd", cwd=tmp_path)[0] == 0
    assert cache.exists()
    before = path.stat()
    path.write_bytes(b"x  =1\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns and path.stat().st_size == before.st_size
    assert fmt("--check", "a.envd", cwd=tmp_path)[0] == 1


def test_a_file_of_this_moment_is_not_remembered(tmp_path, cache):
    (tmp_path / "a.envd").write_bytes(NICE)
    assert fmt("--check", "a.envd", cwd=tmp_path)[0] == 0
    assert not cache.exists()
    # Nor one from the future.
    os.utime(tmp_path / "a.envd", (4e9, 4e9))
    time.sleep(2.2)
    assert fmt("--check", "a.envd", cwd=tmp_path)[0] == 0
    assert not cache.exists()


def test_without_the_cache_nothing_is_remembered(tmp_path, cache):
    settled(tmp_path / "a.envd", NICE)
    assert fmt("--check", "--no-cache", "a.envd", cwd=tmp_path)[0] == 0
    assert not cache.exists()


@pytest.mark.parametrize("damage", [lambda known: known[:-8], lambda known: known[:-1] + b"\x7f", lambda known: b"", lambda known: b"x" * 4096])
def test_a_damaged_cache_is_none(tmp_path, cache, damage):
    path = tmp_path / "a.envd"
    settled(path, NICE)
    assert fmt("--check", "a.envd", cwd=tmp_path)[0] == 0
    known = cache.read_bytes()
    damaged = damage(known)
    assert damaged != known
    cache.write_bytes(damaged)
    assert fmt("--check", "a.envd", cwd=tmp_path) == (0, "", "1 file left unchanged\n")
    # It was read anew, and the file put right.
    assert cache.read_bytes() == known


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path, cache):
    (tmp_path / "cache").write_text("no folder")
    settled(tmp_path / "a.envd", NICE)
    assert fmt("--check", "a.envd", cwd=tmp_path) == (0, "", "1 file left unchanged\n")


def test_runs_at_the_same_time(tmp_path, cache):
    for index in range(40):
        (tmp_path / f"{index}.envd").write_bytes(NICE if index % 2 else UGLY)
    time.sleep(2.2)
    runs = [
        subprocess.Popen([BINARY, "fmt", "--check", *(f"{index}.envd" for index in range(start, 40))], cwd=tmp_path,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for start in range(16)
    ]
    for start, run in enumerate(runs):
        listed = run.communicate()[0].decode().split()
        assert listed == [f"{index}.envd" for index in range(start, 40) if index % 2 == 0]
    # Whole, whoever was last; and no leftovers of writing.
    for _ in range(2):
        listed = fmt("--check", cwd=tmp_path)[1].split()
        assert sorted(listed) == sorted(f"{index}.envd" for index in range(0, 40, 2))
    assert [path.name for path in cache.parent.iterdir()] == [cache.name]
