"""The parser accepts what starlark-go accepts, and refuses what it refuses.

Random programs, well formed and broken, are given to both. A program never runs: it ends in a name that does not exist,
which starlark-go finds before it runs anything. `ACCEPTANCE_PROGRAMS` and `ACCEPTANCE_SEED` make a longer or another run.
"""

import concurrent.futures
import os
import random
import subprocess

import pytest

starlark_go = pytest.importorskip("starlark_go", reason="starlark-go is not installed: run scripts/bootstrap")

ENVD = os.environ.get("ENVD", ".build/release/envd")
PROGRAMS = int(os.environ.get("ACCEPTANCE_PROGRAMS", "3000"))
SEED = int(os.environ.get("ACCEPTANCE_SEED", "20261123"))

# What starlark-go finds only when it resolves names, after parsing, and the parser here finds itself.
FOUND_LATER_THERE = {"invalid-target", "invalid-augmented-target"}

NAMES = ["a", "b", "cde", "größe", "x1", "_", "print", "match", "case", "assert", "r", "b", "rb"]
LITERALS = [
    "0", "1", "12", "0x1f", "0o17", "0b11", "1.5", ".5", "1.", "1e3", "1.e-3", "00", "012", "08", "1_0", "0xg", "1e",
    "''", '"a"', "'a\\n'", '"\\x41"', '"\\xff"', 'b"\\xff"', 'r"\\d"', 'rb"\\d"', 'br"x"', '"\\d"', '"""a\nb"""', "'''x'''",
    '"\\u0041"', '"\\ud800"', '"\\101"', '"\\777"', 'u"x"', 'f"x"', '"a" "b"', "R'x'", "'\\\n'", "'a\\'b'", "10L",
]
OPERATORS = [
    "+", "-", "*", "/", "//", "%", "|", "&", "^", "<<", ">>", "==", "!=", "<", ">", "<=", ">=", "in", "not in", "and", "or",
]
RARE_OPERATORS = ["**", "is", "is not", "&&", "<>", "@", ":=", "not", "=", "->", "!"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def pick(self, choices):
        return self.random.choice(choices)

    def name(self):
        return self.pick(NAMES)

    def expression(self, depth):
        if depth <= 0:
            return self.name() if self.chance(60) else self.pick(LITERALS[:12] if self.chance(85) else LITERALS)
        inner = depth - 1
        form = self.random.randrange(16)
        if form == 0:
            operator = self.pick(OPERATORS) if self.chance(97) else self.pick(RARE_OPERATORS)
            return f"{self.expression(inner)} {operator} {self.expression(inner)}"
        if form == 1:
            return f"({self.expression(inner)})"
        if form == 2:
            return f"{self.open('(')}{', '.join(self.expression(inner) for _ in range(self.random.randrange(4)))}{self.pick(['', ','])})"
        if form == 3:
            return f"[{', '.join(self.expression(inner) for _ in range(self.random.randrange(4)))}{self.pick(['', ','])}]"
        if form == 4:
            entries = [f"{self.expression(inner)}: {self.expression(inner)}" for _ in range(self.random.randrange(3))]
            return "{" + ", ".join(entries) + self.pick(["", ","]) + "}"
        if form == 5:
            return f"{self.expression(inner)}.{self.name()}"
        if form == 6:
            return f"{self.expression(inner)}({self.arguments(inner)})"
        if form == 7:
            bounds = [self.expression(inner) if self.chance(50) else "" for _ in range(self.pick([1, 2, 2, 3, 4]))]
            return f"{self.name()}[{':'.join(bounds)}]"
        if form == 8:
            return f"lambda {self.parameters()}: {self.expression(inner)}"
        if form == 9:
            return f"{self.expression(inner)} if {self.expression(inner)} else {self.expression(inner)}"
        if form == 10:
            return f"{self.pick(['-', '+', '~', 'not ', '- -', 'not not '])}{self.expression(inner)}"
        if form == 11:
            clauses = "".join(
                f" for {self.targets()} in {self.expression(inner)}" + (f" if {self.expression(inner)}" if self.chance(50) else "")
                for _ in range(self.pick([1, 1, 2]))
            )
            return f"[{self.expression(inner)}{clauses}]"
        if form == 12:
            return "{" + f"{self.expression(inner)}: {self.expression(inner)} for {self.targets()} in {self.expression(inner)}" + "}"
        return self.expression(0)

    def open(self, bracket):
        return bracket + self.pick(["", "", "\n  ", " # c\n"])

    def targets(self):
        return ", ".join(self.pick(["a", "b", "(c, d)", "[e]", "f.g", "h[0]"]) for _ in range(self.pick([1, 1, 2]))) + (
            "," if self.chance(5) else ""
        )

    def arguments(self, depth):
        forms = [
            lambda: self.expression(depth), lambda: f"{self.name()} = {self.expression(depth)}",
            lambda: f"*{self.expression(depth)}", lambda: f"**{self.expression(depth)}",
        ]
        return ", ".join(self.pick(forms)() for _ in range(self.random.randrange(4))) + self.pick(["", "", ","])

    def parameters(self):
        forms = ["a", "b = 1", "*", "*args", "**kwargs", "c", "d = x or y"]
        return ", ".join(self.pick(forms) for _ in range(self.random.randrange(4))) + ("," if self.chance(5) else "")

    def small(self):
        form = self.random.randrange(12)
        if form < 3:
            return self.expression(2)
        if form < 6:
            return f"{self.targets()} = {self.tuple()}"
        if form == 6:
            return f"{self.pick(['a', 'b.c', 'd[0]'])} {self.pick(['+=', '-=', '//=', '<<=', '|=', '^='])} {self.tuple()}"
        if form == 7:
            return f"return {self.tuple()}"
        if form == 8:
            return self.pick(["pass", "break", "continue", "return", "load('m', 'n')", "load('m', n = 'o',)", "load('m')"])
        if form == 9 and self.chance(30):
            return self.pick(["import x", "del a", "raise x", "assert a, b", "global a", "print 'x'", "x++", "yield", "a: int = 1", "a = b = c"])
        return f"{self.name()}({self.arguments(1)})"

    def tuple(self):
        return ", ".join(self.expression(2) for _ in range(self.pick([1, 1, 1, 2]))) + ("," if self.chance(4) else "")

    def simple(self):
        return "; ".join(self.small() for _ in range(self.pick([1, 1, 1, 2]))) + self.pick(["", "", "", ";"])

    def statement(self, indent, depth):
        comment = self.pick(["", "", "  # note"])
        if depth == 0 or self.chance(55):
            return f"{indent}{self.simple()}{comment}\n"
        header = self.pick(
            [
                f"def {self.name()}({self.parameters()})", f"if {self.expression(1)}", f"for {self.targets()} in {self.tuple()}",
                f"while {self.expression(1)}",
            ]
        )
        text = f"{indent}{header}:" + self.suite(indent, depth)
        if header.startswith("if"):
            if self.chance(30):
                text += f"{indent}elif {self.expression(1)}:" + self.suite(indent, depth)
            if self.chance(30):
                text += f"{indent}else:" + self.suite(indent, depth)
        return text

    def suite(self, indent, depth):
        if self.chance(15):
            return f" {self.simple()}\n"
        inner = indent + self.pick(["  ", "    ", "\t"])
        lines = [self.statement(inner, depth - 1) for _ in range(self.pick([1, 2, 3]))]
        gaps = [self.pick(["", "", "\n", f"{inner}# c\n", "# c\n"]) for _ in lines]
        return self.pick(["", "  # c"]) + "\n" + "".join(gap + line for gap, line in zip(gaps, lines))

    def program(self):
        text = "".join(self.statement("", 3) for _ in range(self.pick([1, 1, 2, 3])))
        if self.chance(35):
            text = self.damage(text)
        if self.chance(5):
            text = text.replace("\n", self.pick(["\r\n", "\r"]))
        return text + "\nname_that_does_not_exist\n"

    def damage(self, text):
        at = self.random.randrange(len(text) + 1)
        form = self.random.randrange(5)
        if form == 0:
            return text[:at] + text[at + 1 :]
        if form == 1:
            return text[:at] + self.pick(list("()[]{}\"',:=.#\\ \n\t;+-*/@!$?0a")) + text[at:]
        if form == 2:
            return text[:at] + self.pick(["if", " for ", "\n  ", "\n", " not ", "'''", " = ", "lambda ", "**", "0x", "\\\n", "é", "“"]) + text[at:]
        if form == 3:
            return text[:at] + text[at + self.random.randrange(1, 8) :]
        return text[:at] + text[self.random.randrange(len(text) + 1) :]


def accepted_there(program):
    """Whether starlark-go parses it, and what it says if it does not."""
    try:
        starlark_go.Starlark().exec(program)
    except starlark_go.SyntaxError as error:
        return False, str(error)
    except starlark_go.StarlarkError as error:
        return True, str(error)
    raise AssertionError("the program ran")


def accepted_here(program):
    finished = subprocess.run(
        [ENVD, "debug", "syntax", "--verify", "--dialect", "starlark", "-"], input=program.encode(), capture_output=True, timeout=20
    )
    assert finished.returncode in (0, 1), finished.stderr.decode()
    findings = finished.stdout.decode().splitlines()
    codes = {line.rsplit("[", 1)[-1].rstrip("]") for line in findings}
    assert bool(findings) == (finished.returncode == 1)
    return not (codes - FOUND_LATER_THERE), "\n".join(findings)


def test_random_programs():
    starlark_go.configure_starlark(allow_set=True, allow_global_reassign=True, allow_recursion=True)
    generator = Generator(SEED)
    programs = [generator.program() for _ in range(PROGRAMS)]
    differences = []
    good = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for program, (here, findings) in zip(programs, pool.map(accepted_here, programs)):
            there, message = accepted_there(program)
            good += there
            if here != there:
                differences.append(f"{program!r}\n  there: {there} {message}\n  here: {here} {findings}")
    assert not differences, f"{len(differences)} of {PROGRAMS}:\n" + "\n".join(differences[:10])
    # Both sides of the coin must be tried for the test to mean anything.
    assert PROGRAMS * 0.2 < good < PROGRAMS * 0.95
