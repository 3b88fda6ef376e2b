"""What every command has in common: exit statuses, help, pipes, colours."""

import re
import subprocess

import pytest
from conftest import BINARY, ENVIRONMENT, on_terminal


def test_version_and_help_go_to_standard_output(envd):
    version = envd("--version")
    assert version.status == 0 and re.fullmatch(r"envd-tools \d+\.\d+\.\d+\n", version.out)
    for arguments in (
        ["--help"],
        ["-h"],
        [],
        ["help"],
        ["lint", "--help"],
        ["help", "lint"],
        ["debug", "syntax", "-h"],
    ):
        finished = envd(*arguments)
        assert finished.status == 0 and "USAGE: envd" in finished.out and finished.err == ""


def test_every_command_is_listed_and_has_help(envd):
    listed = re.findall(r"^  ([a-z]+) ", envd("--help").out.split("SUBCOMMANDS:")[1], re.MULTILINE)
    assert "lint" in listed and "debug" in listed
    for command in listed:
        finished = envd(command, "--help")
        assert finished.status == 0 and "USAGE: envd " + command in finished.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["lint", "--nonsense"],
        ["lint", "--format", "xml"],
        ["lint", "--format"],
        ["debug", "nonsense"],
        ["debug", "syntax"],
        ["debug", "syntax", "a", "b"],
        ["debug", "syntax", "--dialect", "python", "a"],
    ],
)
def test_bad_usage_is_status_2_and_one_line(envd, arguments):
    assert envd(*arguments).fails_with_one_line("--help")


def test_a_full_disk_is_a_failure(envd, tmp_path):
    (tmp_path / "build.envd").write_text("x = nowhere\n")
    with open("/dev/full", "wb") as full:
        completed = subprocess.run([BINARY, "lint"], cwd=tmp_path, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE)
    assert completed.returncode == 2
    assert b"cannot write to standard output: No space left on device" in completed.stderr


@pytest.mark.parametrize("ignored", [False, True])
def test_a_reader_that_goes_away_ends_it_silently(tmp_path, ignored):
    """As with `| head`, also under a parent that ignores SIGPIPE."""
    (tmp_path / "build.envd").write_text("x = nowhere\n" * 20000)
    process = subprocess.Popen(
        [BINARY, "lint"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        restore_signals=not ignored,
    )
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == -13


def test_colour_is_for_terminals_that_want_it(envd, tmp_path):
    (tmp_path / "build.envd").write_text("x = nowhere\n")
    assert b"\x1b[" in on_terminal(["lint"], tmp_path)
    assert b"\x1b[" in on_terminal(["lint"], tmp_path, NO_COLOR="")
    assert b"\x1b[" not in on_terminal(["lint"], tmp_path, NO_COLOR="1")
    assert b"\x1b[" not in on_terminal(["lint"], tmp_path, TERM="dumb")
    assert b"\x1b[" not in envd("lint").stdout


def test_the_binary_needs_what_every_system_has():
    listed = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=True).stdout
    names = {re.split(r"[.\s]", line.strip().split("/")[-1])[0] for line in listed.splitlines()}
    assert names <= {
        "linux-vdso",
        "libc",
        "libm",
        "libstdc++",
        "libgcc_s",
        "libz",
        "ld-linux-x86-64",
        "ld-linux-aarch64",
    }
