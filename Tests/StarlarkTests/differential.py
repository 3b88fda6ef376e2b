#!/usr/bin/env python3
"""Holds the engine against starlark-go over generated expressions and programs.

    differential.py [--seed N] [--programs N] [--binary PATH]

Every expression is evaluated by starlark-go (PyPI: starlark-go) and by `envd eval`; printed values must be the same, and
an error in one must be an error in the other, on the same line. Wording is not compared. Ends with a line
'N passed, N failed, N skipped'; exit status 1 if anything differed.
"""

import argparse
import concurrent.futures
import itertools
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

VALUES = [
    "None", "True", "False", "0", "1", "-1", "2", "7", "-7", "255", "1 << 31", "1 << 63", "-(1 << 63)", "(1 << 70) + 3",
    "-(1 << 70)", "0.0", "-0.0", "1.0", "-2.5", "1e300", "1e-7", "3.0", 'float("inf")', 'float("-inf")', 'float("nan")',
    '""', '"a"', '"abc"', '"b\\n"', '"é"', '"x,y,z"', '" a b "', '"%s"', '"{}"', '"12"', '"Hello World"',
    'b""', 'b"abc"', 'b"\\xff"', "[]", "[1]", "[1, 2]", '["a", "b"]', "[[1], [2]]", "()", "(1,)", "(1, 2)", '("a", 1)',
    "{}", '{"a": 1}', "{1: 2, 3: 4}", "set([])", "set([1, 2])", "set([2, 3])", "range(0)", "range(3)", "range(5, 0, -2)",
    "len", "[].append", '"".join', '"abc".elems()', '"né".codepoints()',
]

OPERATORS = ["+", "-", "*", "/", "//", "%", "&", "|", "^", "<<", ">>", "==", "!=", "<", "<=", ">", ">=", "in", "not in",
             "and", "or"]

METHODS = {
    "string": (['""', '"a"', '"abcabc"', '"Hello, World"', '" \\ta b  c\\n"', '"é ÀÉ ß"', '"a\\nb\\r\\nc\\n"', '"x{}y{0}{a!r}"',
                '"{} {}"', '"12"', '"ab"[1:]', '"é"[:1]'],
               ["capitalize", "codepoint_ords", "codepoints", "count", "elem_ords", "elems", "endswith", "find", "format",
                "index", "isalnum", "isalpha", "isdigit", "islower", "isspace", "istitle", "isupper", "join", "lower",
                "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rpartition",
                "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper"]),
    "list": (["[]", "[1]", "[1, 2, 1]", '["a", None]'],
             ["append", "clear", "extend", "index", "insert", "pop", "remove"]),
    "dict": (["{}", '{"a": 1}', '{1: "x", 2: "y"}'],
             ["clear", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"]),
    "set": (["set([])", "set([1, 2])", 'set(["a"])'],
            # The package's starlark-go, of March 2023, had no other method of sets yet, nor "set - set" and "set < set".
            ["union"]),
    "bytes": (['b""', 'b"abc"'], ["elems"]),
}

ARGUMENTS = ["0", "1", "-1", "2", "100", "None", "True", '""', '"a"', '"b"', '"bc"', '" "', '"l"', '", "', '("a", "H")', "[]",
             "[1]", '["a", "b"]', "(1, 2)", "{}", '{"a": 2}', "[[1, 2]]", "1.5", "set([1, 5])", '"é"', "range(2)"]

FUNCTIONS = ["abs", "all", "any", "bool", "bytes", "chr", "dict", "dir", "enumerate", "float", "getattr", "hasattr", "hash",
             "int", "len", "list", "max", "min", "ord", "range", "repr", "reversed", "set", "sorted", "str", "tuple",
             "type", "zip"]

# Expressions that are meant to differ, each with the reason.
KNOWN = [
    # Operators and methods that sets have had since 2023; see METHODS.
    r"^\((set\(.*|\{.*)\) (-|<|<=|>|>=) \(set\(",
    r"^(dir|getattr|hasattr)\(set\(",
    r"\.union\(.*, ",
    # Since then, a format that uses no key of its dict is no error any more.
    r'^\(?"([^%"]|%%)*"\)? % \(?\{',
    # The bounds of a slice may be any integers here and must fit 32 bits there.
    r"\[.*1 << 40.*\]$",
    # On a dict that never had an entry, starlark-go does not notice that the key cannot be one.
    r"\.pop\(.*[\[{(].* for x in \[\{\}\]\]$",
]


class Generator:
    def __init__(self, random):
        self.random = random

    def pick(self, values):
        return self.random.choice(values)

    # Expressions ---------------------------------------------------------------------------------------------------

    def operators(self):
        for left, right in itertools.product(VALUES, VALUES):
            yield f"({left}) {self.pick(OPERATORS)} ({right})"
        for value in VALUES:
            for operator in ["-", "+", "~", "not "]:
                yield f"{operator}({value})"

    def parts(self):
        bounds = ["", "0", "1", "-1", "5", "-5", "None", "1 << 40"]
        for value in VALUES:
            for index in ["0", "-1", "1", "2", "-3", '"a"', "1.0", "None"]:
                yield f"({value})[{index}]"
            for _ in range(6):
                step = self.pick(["", ":", ":1", ":2", ":-1", ":-2", ":0"])
                yield f"({value})[{self.pick(bounds)}:{self.pick(bounds)}{step}]"

    def methods(self, count):
        for _ in range(count):
            receivers, names = self.pick(list(METHODS.values()))
            arguments = [self.pick(ARGUMENTS) for _ in range(self.pick([0, 0, 1, 1, 1, 2, 2, 3]))]
            if self.random.random() < 0.1:
                arguments.append(f"a = {self.pick(ARGUMENTS)}")
            receiver = self.pick(receivers)
            if receiver.startswith("set") and not arguments:
                # This release of starlark-go dies on set methods without arguments, and the process with it.
                continue
            # The receiver is printed too, for what the method did to it.
            yield f"[(x, x.{self.pick(names)}({', '.join(arguments)})) for x in [{receiver}]]"

    def calls(self, count):
        for _ in range(count):
            arguments = [self.pick(VALUES + ARGUMENTS) for _ in range(self.pick([0, 1, 1, 1, 1, 2, 2, 3]))]
            yield f"{self.pick(FUNCTIONS)}({', '.join(arguments)})"

    def numbers(self, count):
        for _ in range(count):
            bits = self.random.getrandbits(64)
            number = struct.unpack("<d", struct.pack("<Q", bits))[0]
            if number == number and abs(number) != float("inf"):
                yield f'float("{number!r}")'
                yield f'"%e %g" % (float("{number!r}"), float("{number!r}"))'
            short = round(self.random.uniform(-1e7, 1e7), self.random.randrange(6))
            yield f'[{short!r}, int({short!r}), {short!r} // 3, {short!r} % 7, "%f" % {short!r}, {short!r} == int({short!r})]'
            a = self.random.getrandbits(self.pick([8, 62, 64, 130, 400])) * self.pick([1, -1])
            b = self.random.getrandbits(self.pick([8, 31, 64, 65, 128, 260])) * self.pick([1, -1])
            yield (f"[f({a}, {b}) for f in [lambda a, b: [a + b, a - b, a * b, a & b, a | b, a ^ b, ~a, a < b, a == b, "
                   f"a // b if b else 0, a % b if b else 0, '%x %o %d' % (a, b, a), a >> 70, a << 70, float(a), float(a) < b]]]")
            base = self.random.randrange(2, 37)
            digits = "".join(self.pick("0123456789abcdefghijklmnopqrstuvwxyz"[:base]) for _ in range(self.pick([1, 9, 30])))
            yield f'int("{self.pick(["", "-", "+"])}{digits}", {base})'

    def formats(self, count):
        pieces = ["%s", "%r", "%d", "%i", "%x", "%X", "%o", "%e", "%f", "%g", "%G", "%c", "%%", "%(a)s", "text ", "%", "é"]
        fields = ["{}", "{0}", "{1}", "{a}", "{!r}", "{0!s}", "{{", "}}", "text", "{", "}", "{a.b}", "{0[1]}", "{:x}", "{!z}"]
        for _ in range(count):
            text = "".join(self.pick(pieces) for _ in range(self.random.randrange(1, 4)))
            operand = self.pick(["(%s,)", "(%s, %s)", "%s", '{"a": %s}'])
            operand = operand.replace("%s", "\0")
            while "\0" in operand:
                operand = operand.replace("\0", self.pick(VALUES), 1)
            yield f'"{text}" % {operand}'
            text = "".join(self.pick(fields) for _ in range(self.random.randrange(1, 4)))
            yield f'"{text}".format({self.pick(VALUES)}, {self.pick(VALUES)}, a = {self.pick(VALUES)})'

    # Programs ------------------------------------------------------------------------------------------------------

    def program(self):
        lines = ["a, b, c = 1, [1, 2, 3], {'k': 1}"]
        for _ in range(self.random.randrange(3, 10)):
            self.statement(lines, "", 0)
        lines.append("print(a, b, c)")
        return "\n".join(lines) + "\n"

    def simple(self):
        atom = self.pick(["a", "b", "c", "0", "2", "'s'", "[4]", "{'z': 1}", "(1, 2)", "None", "range(3)"])
        other = self.pick(["a", "b", "1", "'k'", "[5, 6]", "b[0]", "len(b)"])
        return self.pick([
            atom, other, f"{atom} {self.pick(OPERATORS)} {other}", f"[x for x in {atom}]", f"{atom} if {other} else {other}",
            f"{{x: {other} for x in {atom}}}", f"str({atom})", f"sorted({atom}, key = lambda x: -x)", f"{atom}[{other}]",
            f"[(x, y) for x in {atom} for y in b if x != y]", f"'%s-%s' % ({atom}, {other})", "undefined_at_run(1)",
        ]) if self.random.random() < 0.97 else "fail('stop', 1)"

    def statement(self, lines, indent, depth):
        kind = self.random.randrange(12)
        name = self.pick(["a", "b", "c"])
        if kind < 3:
            lines.append(f"{indent}{name} = {self.simple()}")
        elif kind == 3:
            lines.append(f"{indent}{name} {self.pick(['+=', '-=', '*=', '|=', '//=', '%='])} {self.simple()}")
        elif kind == 4:
            lines.append(f"{indent}print({self.simple()}, {self.simple()})")
        elif kind == 5:
            target = self.pick(["b[0]", "c['k']", "b[-1]", "c['n']", "a, b", "[a, c]"])
            lines.append(f"{indent}{target} = {self.simple()}")
        elif kind == 6:
            lines.append(f"{indent}" + self.pick([
                "b.append(a)", "c.update(k = a)", "b.pop()", "b.extend(b)", "c.setdefault('x', b)", "b.insert(0, c)",
                "c.pop('k')", "b.remove(a)", "b.clear()"]))
        elif depth < 3 and kind in (7, 8):
            lines.append(f"{indent}for {self.pick(['i', 'a', 'x, y'])} in {self.pick(['b', 'c', 'range(3)', '[(1, 2)]', 'c.items()'])}:")
            self.block(lines, indent, depth, loop=True)
        elif depth < 3 and kind == 9:
            lines.append(f"{indent}if {self.simple()}:")
            self.block(lines, indent, depth)
            if self.random.random() < 0.5:
                lines.append(f"{indent}else:")
                self.block(lines, indent, depth)
        elif depth < 2:
            parameters = self.pick(["", "a", "a, b = 5", "*args", "a, *, k = 1", "a = 1, **kw", "a, b, *c"])
            lines.append(f"{indent}def f({parameters}):")
            self.block(lines, indent, depth)
            lines.append(f"{indent}    return {self.simple()}")
            arguments = self.pick(["", "1", "1, 2", "a = 3", "1, k = 2", "*b", "**c", "1, 2, 3", "b = 1, a = 2"])
            lines.append(f"{indent}print(f({arguments}))")
        else:
            lines.append(f"{indent}pass")

    def block(self, lines, indent, depth, loop=False):
        for _ in range(self.random.randrange(1, 3)):
            self.statement(lines, indent + "    ", depth + 1)
        if loop and self.random.random() < 0.3:
            lines.append(f"{indent}    {self.pick(['break', 'continue'])}")


class Reference:
    """starlark-go, within this process."""

    def __init__(self):
        import starlark_go

        starlark_go.configure_starlark(allow_set=True, allow_global_reassign=True, allow_recursion=True)
        self.module = starlark_go

    def run(self, program):
        """What a program printed, and the line of its error, or None if there was none."""
        output = []
        try:
            self.module.Starlark(print=output.append).exec(program, filename="program.star")
        except self.module.ResolveError as error:
            return output, error.errors[0].line
        except self.module.EvalError as error:
            lines = [int(line) for line in re.findall(r"^  program\.star:(\d+):", error.backtrace, re.MULTILINE)]
            # Arguments that do not fit are an error at the head of the function there, and at the call here.
            if re.search(r"^Error: function \S+ (accepts|missing|got)", error.backtrace, re.MULTILINE):
                lines.pop()
            return output, lines[-1]
        except self.module.SyntaxError as error:
            return output, error.line
        return output, None


class Engine:
    """The binary under test."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        self.count = itertools.count()

    def run(self, program):
        path = self.folder / f"{next(self.count)}.star"
        path.write_text(program)
        result = subprocess.run([self.binary, "eval", "--allow", "all", path], capture_output=True, timeout=120)
        path.unlink()
        output = result.stdout.decode().split("\n")[:-1]
        if result.returncode == 0:
            return output, None
        last = result.stderr.decode(errors="replace").strip().split("\n")[-1]
        prefix = f"{path}:"
        if not last.startswith(prefix) or result.returncode not in (1, 2):
            return output, -1
        return output, int(last[len(prefix):].split(":")[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", type=int, default=400, help="how many programs, and failing expressions, to run")
    parser.add_argument("--binary", default=ROOT / ".build/release/envd")
    options = parser.parse_args()
    try:
        reference = Reference()
    except ImportError:
        print("the Python package starlark-go is not there: nothing to compare with")
        print("0 passed, 0 failed, 1 skipped")
        return 0

    generator = Generator(random.Random(options.seed))
    expressions = list(dict.fromkeys(itertools.chain(
        generator.operators(), generator.parts(), generator.methods(6000), generator.calls(5000), generator.numbers(400),
        generator.formats(1500))))
    expressions = [text for text in expressions if not any(re.search(known, text) for known in KNOWN)]
    passed = 0
    failures = []

    def differs(program, expected, actual):
        failures.append(f"{program.rstrip()}\n    starlark-go: {expected}\n    envd:        {actual}")

    succeeding, failing = [], []
    for expression in expressions:
        output, line = reference.run(f"print(repr({expression}))\n")
        if line is None:
            # What a program prints may hold line breaks; its representation holds none.
            succeeding.append((expression, output[0]))
        else:
            failing.append(expression)
    generator.random.shuffle(failing)

    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        engine = Engine(options.binary, pathlib.Path(folder))

        def check(batch):
            """Evaluates many expressions in one run, and goes on after one that fails."""
            good, bad = 0, []
            while batch:
                output, line = engine.run("".join(f"print(repr({text}))\n" for text, _ in batch))
                for (text, expected), actual in zip(batch, output):
                    if expected == actual:
                        good += 1
                    else:
                        bad.append((text, expected, actual))
                if line is None and len(output) == len(batch):
                    break
                if len(output) < len(batch):
                    bad.append((*batch[len(output)], f"error on line {line}"))
                batch = batch[len(output) + 1:]
            return good, bad

        batches = [succeeding[i:i + 300] for i in range(0, len(succeeding), 300)]
        for good, bad in pool.map(check, batches):
            passed += good
            for item in bad:
                differs(*item)

        for text, (_, line) in zip(failing, pool.map(
                lambda text: engine.run(f"print(repr({text}))\n"), failing[:options.programs])):
            if line == 1:
                passed += 1
            else:
                differs(text, "error on line 1", "no error" if line is None else f"error on line {line}")

        programs = [generator.program() for _ in range(options.programs)]
        programs = [p.replace("undefined_at_run(1)", "a.undefined_at_run(1)") for p in programs]
        for program, actual in zip(programs, pool.map(engine.run, programs)):
            output, line = reference.run(program)
            lines = "\n".join(output).split("\n") if output else []
            if (lines, line) == actual:
                passed += 1
            else:
                differs(program, (lines, line), actual)

    for failure in failures[:50]:
        print(failure)
    if len(failures) > 50:
        print(f"… and {len(failures) - 50} more")
    print(f"{passed} passed, {len(failures)} failed, 0 skipped")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
