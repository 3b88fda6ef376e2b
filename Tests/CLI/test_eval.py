"""`envd eval` as a user and CI would use it: output, errors and their places, features, loaded files, odd inputs."""

import json
import os
import re
import subprocess

import pytest
from conftest import BINARY, ENVIRONMENT, on_terminal

TRACEBACK = "Traceback (most recent call last):"


def frames(finished):
    """The calls of a traceback as (place, function), without the source lines that may stand below each."""
    lines = finished.err.splitlines()
    assert lines[0] == TRACEBACK, finished
    found = [re.fullmatch(r"  (\S+): in (\S+)", line) for line in lines[1:]]
    return [match.groups() for match in found if match]


def stopped(finished, place, *words, status=1):
    """The program failed at the place, and the last line on standard error says so with the words."""
    assert finished.status == status, finished
    last = finished.err.splitlines()[-1]
    assert last.startswith(place + ": "), finished
    for word in words:
        assert word in last, finished
    return True


@pytest.fixture
def command(envd):
    """Runs a program that is given on the command line: `command("print(1)")`."""

    def run(program, *options):
        return envd("eval", *options, "-c", program)

    return run


# What comes out.


def test_what_a_program_prints_goes_to_standard_output(envd, tmp_path):
    (tmp_path / "hello.star").write_text("""
def greet(name, punctuation = "!"):
    return "hello, " + name + punctuation

print(greet("world"))
print(greet("é", punctuation = "?"), 1, 2.5, None, [True], ("a",), {"k": "v"})
print()
print("a", "b", sep = "-")
""")
    finished = envd("eval", "hello.star")
    assert (finished.status, finished.err) == (0, "")
    assert finished.out == 'hello, world!\nhello, é? 1 2.5 None [True] ("a",) {"k": "v"}\n\na-b\n'


def test_nothing_is_printed_unless_the_program_does(command):
    for program in ("", "x = 1", "1 + 1", "# a comment", "def f():\n    print(1)\n"):
        assert (command(program).status, command(program).out, command(program).err) == (0, "", "")


def test_json_and_struct_are_there_and_nothing_of_envd_is(command):
    finished = command(
        's = struct(a = 1, b = ["x"])\nprint(s.a, s.b, json.encode({"s": s}))\nprint(json.decode("[1.5]"))'
    )
    assert (finished.status, finished.out) == (0, '1 ["x"] {"s":{"a":1,"b":["x"]}}\n[1.5]\n')
    for name in ("install", "base", "config", "shell", "runtime"):
        assert stopped(command(f"{name}()"), "<command>:1:1", f"undefined name: {name}")


def test_what_was_printed_before_an_error_is_not_lost(command):
    finished = command('print("before")\nfail("stop")\nprint("after")')
    assert finished.status == 1 and finished.out == "before\n"
    finished = command("def f():\n    for i in range(3):\n        print(i)\n    return [][0]\nf()")
    assert finished.status == 1 and finished.out == "0\n1\n2\n"


def test_the_same_program_prints_the_same_bytes(command):
    program = (
        'd = {k: len(k) for k in "the quick brown fox".split(" ")}\nprint(d, [str], hash("x"), dir(""), json.encode(d))'
    )
    assert len({command(program).stdout for _ in range(3)}) == 1


# Where programs come from.


def test_standard_input_is_a_program_too(envd):
    assert envd("eval", "-", stdin=b"print(6 * 7)\n").out == "42\n"
    assert envd("eval", "-", stdin=b"").status == 0
    assert stopped(envd("eval", "-", stdin=b"x = (\n"), "<stdin>:1:5", "'(' is never closed")
    assert stopped(envd("eval", "-", "--stdin-filename", "lib/x.star", stdin=b"nowhere"), "lib/x.star:1:1", "nowhere")


def test_a_pipe_is_a_file_too(envd, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = subprocess.Popen(["/bin/sh", "-c", "echo 'print(7)' > pipe"], cwd=tmp_path)
    assert envd("eval", "pipe").out == "7\n"
    assert writer.wait(timeout=60) == 0
    assert envd("eval", "/dev/null").status == 0


def test_names_of_files_are_any_bytes(envd, tmp_path):
    for name in (b"a b.star", "é日本.star".encode(), b"-dash.star", b"\xff.star"):
        (tmp_path / os.fsdecode(name)).write_text("print(1)\n")
        assert envd("eval", "--", name).out == "1\n"


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["eval", "missing.star"], ["'missing.star'", "No such file or directory"]),
        (["eval", "."], ["'.'", "Is a directory"]),
        (["eval", "x" * 5000], ["File name too long"]),
        (["eval", "a.star", "-c", "print(1)"], ["a file", "-c", "--help"]),
        (["eval", "a.star", "b.star"], ["b.star", "--help"]),
        (["eval", "-c"], ["-c", "--help"]),
        (["eval", "--nonsense"], ["--nonsense", "--help"]),
        (["eval", "--allow", "goto", "-c", ""], ["'goto'", "set", "while", "recursion"]),
        (["eval", "--allow", "set,gato", "-c", ""], ["'gato'"]),
    ],
)
def test_bad_usage_is_status_2_and_one_line(envd, arguments, words):
    assert envd(*arguments).fails_with_one_line(*words)


# Errors.


def test_an_error_comes_with_the_calls_that_led_to_it(envd, tmp_path):
    (tmp_path / "calls.star").write_text("""def outer(x):
    return inner(x) + 1

def inner(x):
    return 10 // x

print(outer(5))
print(outer(0))
""")
    finished = envd("eval", "calls.star")
    assert finished.out == "3\n"
    assert [(place.split(":")[:2], function) for place, function in frames(finished)] == [
        (["calls.star", "8"], "<toplevel>"),
        (["calls.star", "2"], "outer"),
        (["calls.star", "5"], "inner"),
    ]
    assert stopped(finished, frames(finished)[-1][0], "division by zero")


@pytest.mark.parametrize(
    "program, place, words",
    [
        ("x = (", "1:5", ["'(' is never closed"]),
        ("x = 'abc", "1:5", ["string"]),
        ("x = 1\n  y = 2", "2:3", ["indentation"]),
        ("print(1)\nprint(nowhere)", "2:7", ["undefined name: nowhere"]),
        ("lenn([])", "1:1", ["lenn", "did you mean len?"]),
        ("x = 1\nx = 2", "2:1", ["x", "again", "line 1"]),
        ("return 1", "1:1", ["return"]),
        ("break", "1:1", ["break"]),
    ],
)
def test_a_program_that_is_wrong_does_not_run_at_all(command, program, place, words):
    finished = command("print('ran')\n" + program)
    line, column = place.split(":")
    assert stopped(finished, f"<command>:{int(line) + 1}:{column}", *[word for word in words if word != "line 1"])
    assert finished.out == "" and len(finished.err.splitlines()) == 1


@pytest.mark.parametrize(
    "expression, words",
    [
        ('"a" + 1', ["string + int"]),
        ("[1][5]", ["5", "range"]),
        ('{"a": 1}["b"]', ['"b"']),
        ('"abc".nope()', ["string", "nope"]),
        ('"abc".startwith("a")', ["startwith", "did you mean", "startswith"]),
        ("None()", ["NoneType"]),
        ("len(1)", ["len", "int"]),
        ('int("x")', ["int", '"x"']),
        ("{[]: 1}", ["list"]),
        ("1 < 'a'", ["int", "string"]),
        ("fail('reason', 1)", ["fail: reason 1"]),
        ("(lambda a, b: a)(1)", ["missing", "b"]),
        ("(lambda a: a)(1, 2)", ["1", "2"]),
        ("(lambda a: a)(b = 2)", ["unexpected", "b"]),
        ("[x for x in 5]", ["int", "iter"]),
    ],
)
def test_an_error_at_run_time_names_what_is_wrong(command, expression, words):
    finished = command(f"\ndef run():\n    return {expression}\n\nrun()")
    assert frames(finished)[0] == ("<command>:5:1", "<toplevel>")
    assert stopped(finished, frames_in_file(finished)[-1], *words)
    assert finished.out == ""


def frames_in_file(finished):
    return [place for place, _ in frames(finished) if not place.startswith("<builtin>")]


def test_a_column_counts_bytes(command):
    assert stopped(command('x = "é" + nowhere'), "<command>:1:12", "nowhere")


def test_a_message_of_several_lines_is_printed_whole(command):
    finished = command('fail("first\\nsecond")')
    assert finished.status == 1
    assert finished.err.endswith("<command>:1:1: fail: first\nsecond\n")


def test_a_long_traceback_is_shortened(command):
    finished = command("def f(n):\n    return 1 // n if n == 0 else f(n - 1)\nf(1000)", "--allow", "recursion")
    assert finished.status == 1 and "more times" in finished.err
    assert len(finished.err.splitlines()) < 200
    assert frames(finished)[0] == ("<command>:3:1", "<toplevel>")
    assert stopped(finished, frames(finished)[-1][0], "division by zero")


# Limits: status 2, for nobody can tell what the program would have done.


@pytest.mark.parametrize(
    "program, words",
    [
        ("def f(n):\n    return f(n + 1) + 1\nf(0)", ["call", "deep"]),
        ('print("a" * (1 << 40))', ["large"]),
        ("[0] * (1 << 40)", ["large"]),
        ("def f():\n    for _ in range(1 << 40):\n        print('0123456789' * 100)\nf()", ["output", "print"]),
        ("def f():\n    x = 'ab'\n    for _ in range(100):\n        x += x\nf()", ["large"]),
    ],
)
def test_a_limit_ends_the_program_with_status_2(command, program, words):
    finished = command(program, "--allow", "recursion")
    assert finished.status == 2, finished.err[-300:]
    assert finished.err.startswith(TRACEBACK)
    message = finished.err.splitlines()[-1]
    assert message.startswith("<command>:")
    for word in words:
        assert word in message


# Features.


FEATURES = {
    "set": ("print(set([1, 1, 2]))", "set([1, 2])\n"),
    "while": ("def f():\n    i = 0\n    while i < 3:\n        i += 1\n    return i\nprint(f())", "3\n"),
    "recursion": ("def f(n):\n    return f(n - 1) if n else 7\nprint(f(3))", "7\n"),
    "toplevelcontrol": ("for i in range(3):\n    if i == 1:\n        print(i)", "1\n"),
    "globalreassign": ("x = 1\nx = x + 1\nprint(x)", "2\n"),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_is_off_until_it_is_allowed(command, feature):
    program, output = FEATURES[feature]
    refused = command(program)
    assert refused.status == 1 and refused.out == "" and re.search(r"^<command>:\d+:\d+: ", refused.err, re.MULTILINE)
    allowed = command(program, "--allow", feature)
    assert (allowed.status, allowed.out, allowed.err) == (0, output, "")


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_brings_no_other(command, feature):
    for other in FEATURES:
        program, output = FEATURES[other]
        finished = command(program, "--allow", feature)
        assert finished.status == (0 if other == feature else 1), (other, finished)


def test_features_are_allowed_together(command):
    program = "".join(
        text.replace("f(", f"{name}_f(").replace("x", f"{name}_x") + "\n" for name, (text, _) in FEATURES.items()
    )
    expected = "".join(output for _, output in FEATURES.values())
    for allowed in (",".join(FEATURES), "all", "all,set"):
        finished = command(program, "--allow", allowed)
        assert (finished.status, finished.out, finished.err) == (0, expected, "")


def test_what_is_allowed_holds_in_loaded_files_too(envd, tmp_path):
    (tmp_path / "lib.star").write_text("x = 1\nx = x + 1\n")
    assert envd("eval", "--allow", "globalreassign", "-c", "load('lib.star', 'x')\nprint(x)").out == "2\n"
    assert stopped(envd("eval", "-c", "load('lib.star', 'x')"), "lib.star:2:1", "again")


# load.


@pytest.fixture
def library(tmp_path):
    """main.star loads lib/a.star, which loads lib/deep/b.star by a path from its own folder."""
    (tmp_path / "lib" / "deep").mkdir(parents=True)
    (tmp_path / "main.star").write_text('load("lib/a.star", "a")\nprint(a)\n')
    (tmp_path / "lib" / "a.star").write_text('load("deep/b.star", "b")\na = b + 1\n')
    (tmp_path / "lib" / "deep" / "b.star").write_text('b = 41\nitems = [1]\n_private = 1\nprint("b runs")\n')
    return tmp_path


def test_load_starts_from_the_folder_of_the_file_that_loads(envd, library):
    for arguments, folder in (
        (["main.star"], library),
        (["../main.star"], library / "lib"),
        ([str(library / "main.star")], library / "lib" / "deep"),
        (["-c", 'load("lib/a.star", "a")\nprint(a)'], library),
        (["-c", 'load("../lib/a.star", "a")\nprint(a)'], library / "lib"),
        (["-c", f'load("{library}/lib/a.star", "a")\nprint(a)'], library / "lib"),
    ):
        finished = envd("eval", *arguments, cwd=folder)
        assert (finished.status, finished.out, finished.err) == (0, "b runs\n42\n", "")
    finished = envd("eval", "-", stdin=b'load("lib/a.star", "a")\nprint(a)', cwd=library)
    assert finished.out == "b runs\n42\n"


def test_a_file_runs_once_however_often_and_under_whatever_name_it_is_loaded(envd, library):
    (library / "link.star").symlink_to("lib/deep/b.star")
    program = """load("lib/a.star", "a")
load("lib/deep/b.star", "b")
load("lib/../lib/deep/b.star", c = "b")
load("link.star", d = "b")
print(a, b, c, d)
"""
    assert envd("eval", "-c", program, cwd=library).out == "b runs\n42 41 41 41\n"


def test_what_is_loaded_is_frozen(envd, library):
    program = 'load("lib/deep/b.star", "items")\nitems.append(2)'
    assert stopped(envd("eval", "-c", program, cwd=library), "<command>:2:1", "append", "frozen")


@pytest.mark.parametrize(
    "program, words",
    [
        ('load("nowhere.star", "x")', ["nowhere.star", "No such file or directory"]),
        ('load("lib", "x")', ["lib", "Is a directory"]),
        ('load("", "x")', []),
        ('load("lib/deep/b.star", "_private")', ["_private"]),
        ('load("lib/deep/b.star", "bb")', ["bb", "lib/deep/b.star"]),
        ('load("lib/deep/b.star", "print")', ["print"]),
    ],
)
def test_what_cannot_be_loaded_is_an_error_of_the_load(envd, library, program, words):
    finished = envd("eval", "-c", program, cwd=library)
    last = finished.err.splitlines()[-1]
    assert finished.status == 1 and re.match(r"<command>:1:\d+: ", last), finished
    for word in words:
        assert word in last, finished


def test_an_error_in_a_loaded_file_is_shown_where_it_is(envd, tmp_path):
    (tmp_path / "broken.star").write_text("def f():\n    return [][3]\n\nx = f()\n")
    (tmp_path / "syntax.star").write_text("x = (\n")
    finished = envd("eval", "-c", 'load("broken.star", "x")')
    assert [function for _, function in frames(finished)] == ["<toplevel>", "<toplevel>", "f"]
    assert [place.split(":")[:2] for place, _ in frames(finished)] == [
        ["<command>", "1"],
        ["broken.star", "4"],
        ["broken.star", "2"],
    ]
    assert stopped(finished, frames(finished)[-1][0], "range")
    assert stopped(envd("eval", "-c", 'load("syntax.star", "x")'), "syntax.star:1:5", "never closed")


def test_files_that_load_each_other_in_a_circle_are_an_error(envd, tmp_path):
    (tmp_path / "self.star").write_text('load("self.star", "x")\n')
    (tmp_path / "a.star").write_text('load("b.star", "b")\na = 1\n')
    (tmp_path / "b.star").write_text('load("c.star", "c")\nb = 1\n')
    (tmp_path / "c.star").write_text('load("./a.star", "a")\nc = 1\n')
    assert stopped(envd("eval", "self.star"), "self.star:1:1", "self.star", "circle")
    finished = envd("eval", "-c", 'load("a.star", "a")')
    assert stopped(finished, "c.star:1:1", "a.star", "circle")
    assert [place for place, _ in frames(finished)] == ["<command>:1:1", "a.star:1:1", "b.star:1:1", "c.star:1:1"]


def test_a_long_chain_of_loads_is_no_crash(envd, tmp_path):
    count = 400
    for number in range(count):
        (tmp_path / f"{number}.star").write_text(f'load("{number + 1}.star", y = "x")\nx = y + 1\n')
    (tmp_path / f"{count}.star").write_text("x = 0\n")
    finished = envd("eval", "-c", 'load("0.star", "x")\nprint(x)')
    assert (finished.status, finished.out) == (0, f"{count}\n") or finished.status == 2, finished


# Odd inputs.


def test_line_ends_byte_order_marks_and_nul_bytes_are_no_trouble(envd, tmp_path):
    (tmp_path / "crlf.star").write_bytes(b'def f():\r\n    return "a\\\r\nb"\r\n\r\nprint(f())\r\nnowhere\r\n')
    assert stopped(envd("eval", "crlf.star"), "crlf.star:6:1", "nowhere")
    (tmp_path / "bom.star").write_bytes(b"\xef\xbb\xbfprint(1)\n")
    assert envd("eval", "bom.star").out == "1\n"
    (tmp_path / "nul.star").write_bytes(b'print("a\0b")\n')
    assert envd("eval", "nul.star").stdout == b"a\0b\n"
    (tmp_path / "no-end.star").write_bytes(b"print(1)")
    assert envd("eval", "no-end.star").out == "1\n"


def test_bytes_that_are_no_utf8(envd, tmp_path):
    (tmp_path / "comment.star").write_bytes(b"# \xff\xfe\nprint(1) # \x80\n")
    assert envd("eval", "comment.star").out == "1\n"
    (tmp_path / "name.star").write_bytes(b"x = 1\n\xff = 2\n")
    assert stopped(envd("eval", "name.star"), "name.star:2:1", "UTF-8")
    (tmp_path / "string.star").write_bytes(b'x = "a\xffb"\nprint(len(x), x[0], x[2])\n')
    assert envd("eval", "string.star").out == "3 a b\n"
    assert stopped(envd("eval", "-c", b"x = \xff"), "<command>:1:5")


def test_noise_is_an_error_and_no_crash(envd, tmp_path):
    (tmp_path / "binary.star").write_bytes(BINARY.read_bytes()[:200_000])
    finished = envd("eval", "binary.star")
    assert finished.status == 1 and finished.stderr.startswith(b"binary.star:1:")
    (tmp_path / "deep.star").write_bytes(b"x = " + b"[" * 100_000)
    finished = envd("eval", "deep.star")
    assert finished.status == 1 and finished.stderr.startswith(b"deep.star:1:")


# Pipes and terminals.


@pytest.mark.parametrize("ignored", [False, True])
def test_a_reader_that_goes_away_ends_it_silently(tmp_path, ignored):
    """As with `| head`, also under a parent that ignores SIGPIPE."""
    process = subprocess.Popen(
        [BINARY, "eval", "-c", "def f():\n    for i in range(100000):\n        print('0123456789' * 10)\nf()"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        restore_signals=not ignored,
    )
    assert process.stdout.read(10) == b"0123456789"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == -13
    process.stderr.close()


def test_a_full_disk_is_a_failure(tmp_path):
    with open("/dev/full", "wb") as full:
        completed = subprocess.run(
            [BINARY, "eval", "-c", "print(1)"], cwd=tmp_path, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE
        )
    assert completed.returncode == 2
    assert b"cannot write to standard output: No space left on device" in completed.stderr


def test_no_colour_where_none_is_wanted(envd, tmp_path):
    arguments = ["eval", "-c", 'print("shown")\nfail("stop")']
    plain = envd(*arguments)
    assert b"\x1b" not in plain.stdout + plain.stderr
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        seen = on_terminal(arguments, tmp_path, shows_errors=True, **environment).replace(b"\r\n", b"\n")
        assert seen == plain.stdout + plain.stderr


def test_what_a_program_prints_is_never_coloured(tmp_path):
    assert on_terminal(["eval", "-c", 'print({"a": [1, "x"]})'], tmp_path) == b'{"a": [1, "x"]}\r\n'


def test_a_tool_reads_the_output_as_json(command):
    finished = command('print(json.encode({"name": "é\\n\\"", "sizes": [n * n for n in range(5)], "big": 1 << 70}))')
    assert json.loads(finished.out) == {"name": 'é\n"', "sizes": [0, 1, 4, 9, 16], "big": 1 << 70}
