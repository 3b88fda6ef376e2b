"""Where sources come from: files, folders, standard input, and everything that can be wrong with them."""

import json
import os

import pytest

BAD = "x = nowhere\n"
NAMES = ["build.envd", "a b.envd", "-dash.envd", "é日本.envd", "new\nline.envd", "\x1b[31mred.envd", "'quote\".envd"]


def files(finished):
    return json.loads(finished.out)["files"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_works(envd, tmp_path, name):
    (tmp_path / name).write_text(BAD)
    visible = name.replace("\n", "\ufffd").replace("\x1b", "\ufffd")
    by_walk = envd("lint")
    assert by_walk.status == 1 and by_walk.out.startswith(visible + ":1:5: error: ")
    by_name = envd("lint", "--", name)
    assert by_name.status == 1 and by_name.out == by_walk.out
    assert files(envd("lint", "--format", "json")) == [visible]


def test_a_name_that_is_no_utf8_works(envd, tmp_path):
    name = b"\xff\xfe.envd"
    with open(os.fsencode(tmp_path) + b"/" + name, "w") as file:
        file.write(BAD)
    assert envd("lint").status == 1
    assert envd("lint", name).status == 1
    assert envd("debug", "syntax", "--verify", name).status == 0


def test_standard_input_has_a_name(envd):
    finished = envd("lint", "-", stdin=BAD.encode())
    assert finished.status == 1 and finished.out.startswith("<stdin>:1:5: error: ")
    named = envd("lint", "-", "--stdin-filename", "some/build.envd", stdin=BAD.encode())
    assert named.out.startswith("some/build.envd:1:5: error: ")
    assert envd("debug", "tokens", "-", stdin=b"x\n").status == 0
    assert envd("lint", "-", stdin=b"").status == 0


def test_standard_input_and_files_together(envd, tmp_path):
    (tmp_path / "b.envd").write_text(BAD)
    assert files(envd("lint", "--format", "json", "b.envd", "-", stdin=b"")) == ["<stdin>", "b.envd"]


def test_what_cannot_be_read_is_one_line_and_status_2(envd, tmp_path):
    (tmp_path / "folder").mkdir()
    assert envd("lint", "missing.envd").fails_with_one_line("'missing.envd'", "No such file or directory")
    assert envd("lint", "folder").fails_with_one_line("no build.envd or *.envd file")
    assert envd("lint", "").fails_with_one_line("No such file or directory")
    assert envd("lint", "x" * 5000).fails_with_one_line("File name too long")
    assert envd("debug", "syntax", "folder").fails_with_one_line("Is a directory")
    assert envd("lint", "folder/x/../y").fails_with_one_line("No such file or directory")


def test_closed_standard_input_is_one_line_and_status_2(tmp_path):
    import subprocess

    from conftest import BINARY, ENVIRONMENT, Finished

    completed = subprocess.run(
        ["/bin/sh", "-c", f'exec "{BINARY}" lint - <&-'], cwd=tmp_path, env=ENVIRONMENT, capture_output=True
    )
    assert Finished(completed).fails_with_one_line("standard input")


def test_one_unreadable_file_does_not_hide_the_others(envd, tmp_path):
    (tmp_path / "a.envd").symlink_to("nowhere")
    (tmp_path / "b.envd").write_text(BAD)
    finished = envd("lint")
    assert finished.status == 2
    assert "b.envd:1:5: error" in finished.out
    assert "cannot read 'a.envd'" in finished.err


def test_no_permission_is_one_line_and_status_2(unprivileged):
    folder, envd = unprivileged
    (folder / "a.envd").write_text(BAD)
    (folder / "a.envd").chmod(0)
    (folder / "locked").mkdir(mode=0)
    assert envd("lint", "a.envd").fails_with_one_line("'a.envd'", "Permission denied")
    assert envd("lint", "locked").fails_with_one_line("'locked'", "Permission denied")
    assert envd("debug", "syntax", "a.envd").fails_with_one_line("'a.envd'", "Permission denied")


def test_symbolic_links_are_followed_once_and_loops_end(envd, tmp_path):
    real = tmp_path / "real"
    real.mkdir()
    (real / "one.envd").write_text(BAD)
    (real / "loop").symlink_to("..")
    (tmp_path / "linked.envd").symlink_to("real/one.envd")
    (tmp_path / "self.envd").symlink_to("self.envd")
    (tmp_path / "folder.envd").symlink_to("real")
    finished = envd("lint", "--format", "json")
    # The same file under its first name alone; a link to itself is a file that cannot be read.
    assert files(finished) == ["linked.envd"]
    assert finished.status == 2 and "Too many levels of symbolic links" in finished.err
    assert files(envd("lint", "--format", "json", "folder.envd")) == ["folder.envd/one.envd"]


def test_hidden_names_and_special_files_are_passed_over(envd, tmp_path):
    for folder in (".git", ".venv", "src"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "build.envd").write_text(BAD)
    (tmp_path / ".hidden.envd").write_text(BAD)
    os.mkfifo(tmp_path / "pipe.envd")
    (tmp_path / "notes.txt").write_text(BAD)
    (tmp_path / "envd").write_text(BAD)
    assert files(envd("lint", "--format", "json")) == ["src/build.envd"]
    # What is named is taken.
    assert files(envd("lint", "--format", "json", ".venv", ".hidden.envd", "notes.txt")) == [
        ".venv/build.envd",
        ".hidden.envd",
        "notes.txt",
    ]


def test_the_order_is_that_of_the_names(envd, tmp_path):
    names = ["z.envd", "b/x.envd", "b.envd", "b/a/y.envd", "B.envd", "a.envd", "é.envd"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    expected = ["B.envd", "a.envd", "b/a/y.envd", "b/x.envd", "b.envd", "z.envd", "é.envd"]
    assert files(envd("lint", "--format", "json")) == expected
    assert files(envd("lint", "--format", "json", ".", "z.envd", "b")) == expected


def test_a_very_deep_folder_is_no_crash(envd, tmp_path):
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(450):  # beyond the 4,096 bytes of the longest path
        os.mkdir("d" * 10, dir_fd=here)
        deeper = os.open("d" * 10, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    (tmp_path / "z.envd").write_text("")
    finished = envd("lint")
    assert finished.status == 2 and "File name too long" in finished.err
