"""`envd eval` on a terminal: a session that reads, evaluates and prints, driven as somebody who types would.

Nothing here waits for a time: the session marks where it begins to read a line (bracketed paste on) and where it stops
(off), and every step waits for such a mark or for a text.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios

import pytest
from conftest import BINARY, ENVIRONMENT

READING = b"\x1b[?2004h"
RUNNING = b"\x1b[?2004l"

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
HOME, END, DELETE, WORD_LEFT = "\x1b[H", "\x1b[F", "\x1b[3~", "\x1b[1;5D"


class Terminal:
    """A session on a terminal of its own. What it prints is collected in `output`; `seen` says how far it was read."""

    def __init__(self, folder, arguments=(), columns=80, **environment):
        self.controller, terminal = pty.openpty()
        self.name = os.ttyname(terminal)
        #: How the terminal was when the session began.
        self.settings = termios.tcgetattr(terminal)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [BINARY, "eval", *arguments],
            cwd=folder,
            env=ENVIRONMENT | {"TERM": "xterm", "HOME": str(folder)} | environment,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)
        self.output = b""
        self.seen = 0

    def type(self, text):
        os.write(self.controller, text.encode())

    def wait_for(self, *texts):
        """Reads until one of the texts comes; returns what came before it."""
        while True:
            found = [(self.output.find(text, self.seen), text) for text in texts]
            places = [(place, text) for place, text in found if place >= 0]
            if places:
                place, text = min(places)
                before = self.output[self.seen : place]
                self.seen = place + len(text)
                return before
            # So long only if the test fails.
            ready, _, _ = select.select([self.controller], [], [], 60)
            try:
                piece = os.read(self.controller, 65536) if ready else b""
            except OSError:
                piece = b""
            assert piece, f"{texts} never came after {self.output[self.seen:]!r}"
            self.output += piece

    def enter(self, *lines):
        """Types lines with Enter behind each, and returns what the last one printed."""
        for line in lines:
            self.type(line + "\r")
            self.wait_for(RUNNING)
            printed = self.wait_for(READING)
        return printed.decode().replace("\r\n", "\n")

    def end(self):
        """Types Ctrl-D and waits for the end; returns the exit status."""
        self.type("\x04")
        while True:
            try:
                piece = os.read(self.controller, 65536)
            except OSError:
                break
            if not piece:
                break
            self.output += piece
        os.close(self.controller)
        return self.process.wait(timeout=60)


@pytest.fixture
def session(tmp_path):
    terminals = []

    def start(*arguments, **options):
        terminal = Terminal(tmp_path, arguments, **options)
        terminals.append(terminal)
        terminal.wait_for(READING)
        return terminal

    yield start
    for terminal in terminals:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()


# What is evaluated


def test_expressions_are_printed_and_statements_are_not(session):
    terminal = session()
    assert terminal.enter("1 + 2") == "3\n"
    assert terminal.enter("'a' + \"b\"") == '"ab"\n'
    assert terminal.enter("x = [1]") == ""
    assert terminal.enter("x.append(2)") == ""
    assert terminal.enter("x") == "[1, 2]\n"
    assert terminal.enter("_") == "[1, 2]\n"
    assert terminal.enter("None") == ""
    assert terminal.enter("print('out')") == "out\n"
    assert terminal.enter("1; 'two'; None; 3") == '1\n"two"\n3\n'
    assert terminal.enter("1, 2  # a comment") == "(1, 2)\n"
    assert terminal.enter("") == terminal.enter("  # nothing") == ""
    assert terminal.enter("struct(a = json.decode('[1]'))") == "struct(a = [1])\n"
    assert terminal.end() == 0


def test_variables_stay_and_can_change(session):
    terminal = session()
    terminal.enter("x = 1", "x = x + 1", "x += 10")
    assert terminal.enter("x") == "12\n"
    terminal.enter("def f():", "    return x", "")
    terminal.enter("def g(): return f() + 1", "")
    assert terminal.enter("g()") == "13\n"
    terminal.enter("x = 100")
    assert terminal.enter("g()") == "101\n"
    terminal.enter("def f(): return -1", "")
    assert terminal.enter("g()") == "0\n"
    terminal.enter("a, [b, c] = 1, (2, 3)", "d = {}", "d[a] = b", "len = 7")
    assert terminal.enter("(d, c, len)") == "({1: 2}, 3, 7)\n"


def test_blocks_go_on_to_a_blank_line_and_brackets_to_their_end(session):
    terminal = session()
    for lines in [
        ["for i in range(3):", "    if i > 0:", "        print(i)", ""],
        ["[", "", "1, 2", "]"],
        ["'''a", "", "b'''"],
        ["1 + \\", "2"],
        ["if True: print('yes')", "else:", "    print('no')", ""],
    ]:
        for line in lines[:-1]:
            terminal.type(line + "\r")
            terminal.wait_for(RUNNING)
            assert terminal.wait_for(READING) == b""
            terminal.wait_for(b"... ")
        terminal.type(lines[-1] + "\r")
        terminal.wait_for(RUNNING)
        terminal.wait_for(READING)
        terminal.wait_for(b">>> ")
    text = terminal.output.replace(b"\r\n", b"\n")
    for result in [b"1\n2\n", b"[1, 2]\n", b'"a\\n\\nb"\n', b"3\n", b"yes\n"]:
        assert RUNNING + result in text


def test_errors_have_tracebacks_and_end_nothing(session):
    terminal = session()
    terminal.enter("x = 5", "def f(n):", "    return n // 0", "")
    assert terminal.enter("x + f(1)") == (
        "Traceback (most recent call last):\n"
        "  <input 3>:1:5: in <toplevel>\n"
        "    x + f(1)\n"
        "        ^^^^\n"
        "  <input 2>:2:12: in f\n"
        "    return n // 0\n"
        "           ^^^^^^\n"
        "<input 2>:2:12: floored division by zero\n"
    )
    assert terminal.enter("y = nowhere") == "<input 4>:1:5: undefined name: nowhere\n"
    assert terminal.enter("1 +").startswith("<input 5>:1:")
    assert terminal.enter("x = 6; x // 0").endswith(": floored division by zero\n")
    assert terminal.enter("x") == "6\n"
    assert terminal.enter("while True: pass", "").startswith("<input")
    assert terminal.end() == 0


def test_options_and_loads_work_as_with_a_file(session, tmp_path):
    (tmp_path / "lib.star").write_text("x = [1]\ndef f(): return x\n")
    terminal = session("--allow", "set,while,recursion")
    assert terminal.enter('load("lib.star", "f", y = "x")') == ""
    assert terminal.enter("f() == y") == "True\n"
    assert "frozen" in terminal.enter("y.append(1)")
    assert terminal.enter("set([1])") == "set([1])\n"
    assert terminal.enter('load("assert.star", "assert")') == ""
    assert "assert.eq: 1 != 2\n" in terminal.enter("assert.eq(1, 2)")
    assert "no such file" in terminal.enter('load("nowhere.star", "z")').lower()
    assert terminal.end() == 0


def test_control_c_ends_what_runs_and_keeps_the_session(session):
    terminal = session()
    terminal.enter("x = 1")
    terminal.type("print('started'); [i for i in range(1 << 60) if i < 0]\r")
    terminal.wait_for(RUNNING)
    terminal.wait_for(b"started")
    terminal.type("\x03")
    assert b"cancelled" in terminal.wait_for(READING)
    assert terminal.enter("x") == "1\n"


def test_what_is_typed_ahead_is_not_lost(session):
    terminal = session()
    terminal.type("print('started'); print('end' if len([0 for i in range(300000)]) else 0)\r'typed ' + 'ahead'\r")
    terminal.wait_for(b'"typed ahead"')


def test_control_c_gives_up_a_line_or_a_block(session):
    terminal = session()
    terminal.type("nonsense(\x03")
    terminal.wait_for(b"^C")
    terminal.wait_for(READING)
    assert terminal.enter("1") == "1\n"
    terminal.enter("def f():")
    terminal.type("    ret\x03")
    terminal.wait_for(READING)
    terminal.wait_for(b">>> ")
    assert terminal.enter("2") == "2\n"


# How a line is edited


@pytest.mark.parametrize(
    "keys, value",
    [
        ("'ac'" + LEFT * 2 + "b", "abc"),
        ("bc'" + HOME + "'a" + END, "abc"),
        ("bc'\x01'a\x05", "abc"),
        ("'abX'\x02\x02" + DELETE + "c", "abc"),
        ("'abcX\x7f'", "abc"),
        ("'abc' + 'x'\x17\x17\x7f\x7f\x7f\x7f'", None),
        ("'abc' xyz\x1b[1;5D\x0b", "abc"),
        ("junk\x15'abc'", "abc"),
        ("'abc'\x15\x19", "abc"),
        ("'日本語'" + LEFT * 2 + "\x7f" + "é", "日é語"),
        ("'e\u0301x'" + LEFT * 2 + "\x7fa", "ax"),
        ("'👩‍👩‍👧b'" + LEFT * 2 + "\x7fa", "ab"),
        ("\x1b[200~'a\tb'\x1b[201~", "a    b"),
        ("'\x1b[15~abc\x1b'", None),
        ("'acb'" + LEFT + "\x14", None),
    ],
)
def test_keys_edit_the_line(session, keys, value):
    terminal = session()
    printed = terminal.enter(keys)
    if value is not None:
        assert printed == f'"{value}"\n'
    assert terminal.enter("'still here'") == '"still here"\n'


def test_long_lines_take_several_rows(session):
    terminal = session(columns=20)
    text = "日本語のテキスト" * 8
    assert terminal.enter(f"len('{text}')" + LEFT * 40 + RIGHT * 40) == f"{len(text.encode())}\n"


def test_a_pasted_program_is_run_line_by_line(session):
    terminal = session()
    terminal.type("\x1b[200~def f(n):\r\treturn n * 2\r\rf(21)\r\x1b[201~")
    terminal.wait_for(RUNNING + b"42\r\n")


def test_the_history_is_walked_searched_and_kept(session, tmp_path):
    terminal = session()
    terminal.enter("'first'", "'second'", "x = 3")
    assert terminal.enter(UP * 3) == '"first"\n'
    assert terminal.enter(UP * 4 + DOWN + UP * 9 + DOWN) == '"second"\n'
    assert terminal.enter("\x12seco") == '"second"\n'
    terminal.type("typed\x12firs\x07")
    assert "undefined name: typed" in terminal.enter("")
    assert terminal.end() == 0
    kept = tmp_path / ".local/state/envd-tools/eval-history"
    assert kept.read_text().splitlines()[:3] == ["'first'", "'second'", "x = 3"]
    assert kept.stat().st_mode & 0o777 == 0o600
    again = session()
    assert again.enter("\x12fir") == '"first"\n'
    assert again.end() == 0
    elsewhere = session(XDG_STATE_HOME=str(tmp_path / "state"))
    elsewhere.enter("1")
    assert elsewhere.end() == 0
    assert (tmp_path / "state/envd-tools/eval-history").read_text() == "1\n"


def test_no_place_for_the_history_is_no_matter(session):
    terminal = session(HOME="/proc/nowhere")
    assert terminal.enter("1") == "1\n"
    assert terminal.end() == 0


def test_tab_completes_names_keywords_and_attributes(session):
    terminal = session()
    terminal.enter("variable = struct(first = 1, fine = struct(deep = 'yes'))", "other = [1]")
    assert terminal.enter("vari\t.fi\tn\t.d\t") == '"yes"\n'
    assert terminal.enter("sor\t([3, 1])") == "[1, 3]\n"
    assert terminal.enter("json.dec\t('[]')") == "[]\n"
    assert terminal.enter("[i fo\t i in oth\t]") == "[1]\n"
    assert terminal.enter("other.app\t(2)") == ""
    assert "no .upp" in terminal.enter("'a'.upp\t")
    terminal.type("variable.fi\t\t")
    listed = terminal.wait_for(b"first")
    assert b"fine" in listed
    assert terminal.enter("rst") == "1\n"


def test_tab_calls_nothing(session):
    terminal = session()
    terminal.enter("def f():", "    print('called')", "    return struct(x = 1)", "")
    terminal.type("f().\t\t\x15")
    assert terminal.enter("'end'") == '"end"\n'
    assert b"called" not in terminal.output.split(b"print('called')")[-1]


def test_control_z_hands_over_to_the_shell(tmp_path):
    terminal = Terminal.__new__(Terminal)
    terminal.output, terminal.seen = b"", 0
    child, terminal.controller = pty.fork()
    if child == 0:
        environment = ENVIRONMENT | {"TERM": "xterm", "PS1": "shell> ", "HOME": str(tmp_path)}
        os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], environment)
    try:
        terminal.wait_for(b"shell> ")
        terminal.type(f"'{BINARY}' eval\n")
        terminal.wait_for(b">>> ")
        terminal.type("x = 41\rx + \x1a")
        terminal.wait_for(b"Stopped")
        terminal.wait_for(b"shell> ")
        terminal.type("fg\n")
        terminal.wait_for(b">>> x + ")
        terminal.type("1\r")
        terminal.wait_for(b"42\r\n")
        terminal.type("\x04")
        terminal.wait_for(b"shell> ")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal.controller)


# Where there is no such terminal


def test_a_dumb_terminal_gets_plain_lines(tmp_path):
    terminal = Terminal(tmp_path, TERM="dumb")
    terminal.wait_for(b">>> ")
    terminal.type("1 + 2\n")
    terminal.wait_for(b"3\r\n>>> ")
    terminal.type("if True:\n")
    terminal.wait_for(b"... ")
    terminal.type("  print('in')\n\n")
    terminal.wait_for(b"in\r\n>>> ")
    terminal.type("nonsense(\x03")
    terminal.wait_for(b">>> ")
    terminal.type("print('started'); [i for i in range(1 << 60) if i < 0]\n")
    terminal.wait_for(b"\nstarted")
    terminal.type("\x03")
    terminal.wait_for(b"cancelled")
    terminal.wait_for(b">>> ")
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.output


def test_without_a_terminal_a_program_has_to_be_named(envd):
    assert envd("eval").fails_with_one_line("--help")
    assert envd("eval", stdin=b"print(1)\n").fails_with_one_line("'-'")
    finished = envd("eval", "-", stdin=b"print(1)\n")
    assert (finished.status, finished.out) == (0, "1\n")


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_the_terminal_is_given_back_as_it_was(tmp_path, term):
    terminal = Terminal(tmp_path, TERM=term)
    with open(terminal.name, "rb", buffering=0) as slave:
        terminal.wait_for(b">>> ")
        terminal.type("1\n")
        terminal.wait_for(b"1\r\n")
        terminal.wait_for(b">>> ")
        assert termios.tcgetattr(slave) != terminal.settings
        terminal.type("\x04")
        assert terminal.process.wait(timeout=60) == 0
        assert termios.tcgetattr(slave) == terminal.settings
