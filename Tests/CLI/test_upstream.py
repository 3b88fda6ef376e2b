"""A word that is no command of ours is handed to the next `envd` on the PATH."""

import os
import shutil

import pytest
from conftest import BINARY, ENVIRONMENT


@pytest.fixture
def upstream(tmp_path):
    """A program called envd that prints its arguments; gives the PATH on which ours comes first."""
    ours = tmp_path / "ours"
    theirs = tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    (ours / "envd").symlink_to(BINARY)
    program = theirs / "envd"
    program.write_text('#!/bin/sh\nprintf "%s|" "$@"\ncat\necho oops >&2\nexit 42\n')
    program.chmod(0o755)
    return ENVIRONMENT | {"PATH": f"{ours}:{theirs}:/usr/bin:/bin"}


@pytest.mark.parametrize(
    "arguments",
    [["up"], ["up", "--path", "a b", "-v", ""], ["--debug", "up"], ["help", "up"], ["version"], [b"\xff", "é"]],
)
def test_arguments_input_output_and_status_are_upstreams(envd, upstream, arguments):
    finished = envd(*arguments, environment=upstream, stdin=b"in")
    expected = b"".join(os.fsencode(argument) + b"|" for argument in arguments) + b"in"
    assert (finished.status, finished.stdout, finished.stderr) == (42, expected, b"oops\n")


def test_our_own_commands_stay_ours(envd, upstream):
    for arguments in (["lint", "--help"], ["--version"], ["--help"], ["help"], ["help", "lint"], ["debug", "-h"], []):
        assert envd(*arguments, environment=upstream).status == 0
    assert envd("lint", "--nonsense", environment=upstream).status == 2


@pytest.mark.parametrize("arguments", [["up"], ["lnt"], ["--debug", "up"], [""], ["help", "up"]])
def test_without_an_upstream_it_says_so(envd, arguments):
    assert envd(*arguments).fails_with_one_line("there is no other envd on the PATH")


def test_only_itself_on_the_path_is_no_upstream(envd, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / "envd").symlink_to(BINARY)
    (
        os.link(BINARY, tmp_path / "b" / "envd")
        if os.stat(BINARY).st_dev == os.stat(tmp_path).st_dev
        else (tmp_path / "b" / "envd").symlink_to(BINARY)
    )
    path = ENVIRONMENT | {"PATH": f"{tmp_path}/a:{tmp_path}/b"}
    assert envd("up", environment=path).fails_with_one_line("no other envd")


def test_two_copies_of_it_do_not_call_each_other_for_ever(envd, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    shutil.copy(BINARY, tmp_path / "a" / "envd")
    shutil.copy(BINARY, tmp_path / "b" / "envd")
    path = ENVIRONMENT | {"PATH": f"{tmp_path}/a:{tmp_path}/b"}
    assert envd("up", environment=path).fails_with_one_line("no other envd")


def test_what_cannot_be_run_is_passed_over(envd, upstream, tmp_path):
    (tmp_path / "folder" / "envd").mkdir(parents=True)
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "envd").write_text("not executable")
    path = upstream | {"PATH": f"{tmp_path}/folder:{tmp_path}/plain:{tmp_path}/missing:{upstream['PATH']}"}
    assert envd("up", environment=path).status == 42


def test_a_broken_upstream_is_a_failure(envd, tmp_path):
    (tmp_path / "envd").write_text("")
    (tmp_path / "envd").chmod(0o755)
    (tmp_path / "envd").write_bytes(b"\x7fELF nonsense")
    assert envd("up", environment=ENVIRONMENT | {"PATH": str(tmp_path)}).fails_with_one_line("cannot run")


def test_an_empty_entry_of_the_path_is_the_current_folder(envd, upstream, tmp_path):
    finished = envd("up", environment=upstream | {"PATH": ":/usr/bin:/bin"}, cwd=tmp_path / "theirs")
    assert finished.status == 42
