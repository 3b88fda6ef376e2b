"""Nothing of the user's is ever lost: how `envd fmt` replaces files."""

import os
import stat
import subprocess
import threading
import time

import pytest
from conftest import BINARY, ENVIRONMENT, Finished

UGLY = "x=1\n"
NICE = "x = 1\n"


def temporaries(folder):
    return [name for name in os.listdir(folder) if name.startswith(".envd-")]


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664, 0o4755])
def test_permissions_are_kept(envd, tmp_path, mode):
    file = tmp_path / "a.envd"
    file.write_text(UGLY)
    file.chmod(mode)
    assert envd("fmt", "a.envd").status == 0
    assert file.read_text() == NICE
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert temporaries(tmp_path) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_is_kept(envd, tmp_path):
    file = tmp_path / "a.envd"
    file.write_text(UGLY)
    os.chown(file, 12345, 54321)
    assert envd("fmt", "a.envd").status == 0
    assert (file.read_text(), file.stat().st_uid, file.stat().st_gid) == (NICE, 12345, 54321)


def test_a_clean_file_is_not_touched(envd, tmp_path):
    file = tmp_path / "a.envd"
    file.write_text(NICE)
    before = file.stat()
    assert envd("fmt", "a.envd").status == 0
    after = file.stat()
    assert (before.st_ino, before.st_mtime_ns, before.st_ctime_ns) == (
        after.st_ino,
        after.st_mtime_ns,
        after.st_ctime_ns,
    )


def test_a_symbolic_link_stays_one(envd, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "target.txt").write_text(UGLY)
    (tmp_path / "middle").symlink_to("real/target.txt")
    (tmp_path / "link.envd").symlink_to(tmp_path / "middle")
    assert envd("fmt", "link.envd").status == 0
    assert (tmp_path / "link.envd").is_symlink() and (tmp_path / "middle").is_symlink()
    assert (tmp_path / "real" / "target.txt").read_text() == NICE
    assert temporaries(tmp_path) == temporaries(tmp_path / "real") == []


def test_a_read_only_file_is_respected(envd, tmp_path):
    """Also by root, who could write to it."""
    file = tmp_path / "a.envd"
    file.write_text(UGLY)
    file.chmod(0o444)
    finished = envd("fmt", "a.envd")
    assert finished.status == 2 and "cannot write 'a.envd': the file is read-only" in finished.err
    assert file.read_text() == UGLY


def test_one_failure_does_not_stop_the_others(envd, tmp_path):
    for name in ("a.envd", "b.envd", "c.envd"):
        (tmp_path / name).write_text(UGLY)
    (tmp_path / "b.envd").chmod(0o444)
    assert envd("fmt").status == 2
    assert [(tmp_path / name).read_text() for name in ("a.envd", "b.envd", "c.envd")] == [NICE, UGLY, NICE]


def test_looking_writes_nothing(envd, tmp_path):
    file = tmp_path / "a.envd"
    file.write_text(UGLY)
    file.chmod(0o444)
    for options in (["--check"], ["--diff"], ["--check", "--diff"]):
        assert envd("fmt", *options, "a.envd").status == 1
    assert file.read_text() == UGLY


def test_the_longest_name_works(envd, tmp_path):
    file = tmp_path / ("a" * 250 + ".envd")
    file.write_text(UGLY)
    assert envd("fmt", file.name).status == 0
    assert file.read_text() == NICE


def test_a_full_disk_loses_nothing(tmp_path):
    """A limit on the size of files stands for the full disk; SIGXFSZ must not kill before there is a message."""
    file = tmp_path / "a.envd"
    text = UGLY * 100_000
    file.write_text(text)
    command = ["/bin/sh", "-c", f"trap '' XFSZ; ulimit -f 8; exec '{BINARY}' fmt a.envd"]
    finished = Finished(subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, timeout=60))
    assert finished.status == 2 and "cannot write 'a.envd': File too large" in finished.err
    assert file.read_text() == text
    assert temporaries(tmp_path) == []


def test_a_file_is_whole_at_every_moment(tmp_path):
    """A reader that looks all the time sees the old content or the new, and nothing between."""
    file = tmp_path / "a.envd"
    old, new = UGLY * 20_000, NICE * 20_000
    file.write_text(old)
    seen, done = set(), threading.Event()

    def look():
        while not done.is_set():
            seen.add(file.read_text())

    reader = threading.Thread(target=look)
    reader.start()
    try:
        subprocess.run([BINARY, "fmt", "a.envd"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=True)
    finally:
        time.sleep(0.01)
        done.set()
        reader.join()
    assert seen <= {old, new} and file.read_text() == new


def test_somebody_elses_change_survives(tmp_path):
    """The file is changed while the formatter works: for as long as it takes, try to hit the moment between its reading
    and its writing. Whatever the moment, the change must be in the file afterwards."""
    file = tmp_path / "a.envd"
    refused = 0
    for attempt in range(40):
        file.write_text(UGLY * 20_000)
        process = subprocess.Popen(
            [BINARY, "fmt", "a.envd"], cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        time.sleep(0.001 * attempt)
        with open(file, "a") as other:
            inode = os.fstat(other.fileno()).st_ino
            other.write("change = 1\n")
        _, errors = process.communicate(timeout=60)
        if process.returncode == 2:
            refused += 1
            assert b"it was changed by somebody else meanwhile" in errors
            assert file.read_text().endswith("change = 1\n")
        elif file.stat().st_ino == inode:
            # Changed before it was read, or after it was replaced.
            assert file.read_text().endswith("change = 1\n")
        assert temporaries(tmp_path) == []
    assert refused > 0
