"""Names mean what they mean to starlark-go: random programs, held against its resolver and its evaluator."""

import json
import random
import re

import pytest
import starlark_go

NAMES = ["a", "b", "c", "d", "len", "base"]
UNIVERSAL = {"len"}


class Program:
    """A random program of names. It terminates: what is called is nothing, what is iterated is finite."""

    def __init__(self, seed, is_straight=False):
        self.dice = random.Random(seed)
        self.is_straight = is_straight
        self.text = "".join(self.statement("", False) for _ in range(self.dice.randint(2, 7)))

    def name(self):
        return self.dice.choice(NAMES)

    def expression(self, depth=0):
        kinds = ["name"] * 4 + ["list", "literal"]
        if depth < 3 and not self.is_straight:
            kinds += ["comprehension", "lambda", "conditional", "dict", "dot", "keyword"]
        inner = lambda: self.expression(depth + 1)  # noqa: E731
        match self.dice.choice(kinds):
            case "name":
                return self.name()
            case "literal":
                return "[]"
            case "list":
                return f"[{inner() if depth < 3 else self.name()}, {self.name()}]"
            case "comprehension":
                clauses = "".join(
                    self.dice.choice([f" for {self.target()} in {inner()}", f" if {inner()}"])
                    for _ in range(self.dice.randint(0, 2))
                )
                return f"[{inner()} for {self.target()} in {inner()}{clauses}]"
            case "lambda":
                return f"(lambda {self.parameters()}: {inner()})"
            case "conditional":
                return f"({inner()} if {inner()} else {inner()})"
            case "dict":
                return "{" + f"{inner()}: {inner()}" + "}"
            case "dot":
                return f"{inner()}.{self.name()}"
            case "keyword":
                return f"{self.name()}({self.name()}={inner()})"

    def target(self):
        if self.is_straight:
            return self.name()
        return self.dice.choice(
            [self.name, self.name, lambda: f"({self.name()}, {self.name()})", lambda: f"{self.name()}[0]"]
        )()

    def parameters(self):
        names = self.dice.sample(NAMES, self.dice.randint(0, 3))
        required = self.dice.randint(0, len(names))
        return ", ".join(name if i < required else f"{name}={self.expression(2)}" for i, name in enumerate(names))

    def statement(self, indent, in_function):
        kinds = ["assignment"] * 3 + ["expression"]
        if not self.is_straight:
            kinds += ["augmented"]
            if len(indent) < 12:
                kinds += ["def"]
                if in_function:
                    kinds += ["for", "if"]
        match self.dice.choice(kinds):
            case "assignment":
                return f"{indent}{self.target()} = {self.expression()}\n"
            case "augmented":
                return f"{indent}{self.name()} += {self.expression()}\n"
            case "expression":
                return f"{indent}{self.expression()}\n"
            case "def":
                return f"{indent}def {self.name()}({self.parameters()}):\n{self.block(indent, True)}"
            case "for":
                return f"{indent}for {self.target()} in {self.expression()}:\n{self.block(indent, in_function)}"
            case "if":
                return f"{indent}if {self.expression()}:\n{self.block(indent, in_function)}"

    def block(self, indent, in_function):
        return "".join(self.statement(indent + "    ", in_function) for _ in range(self.dice.randint(1, 3)))


def starlark_go_verdict(text):
    """The places of undefined names and reassigned globals, and that of the first name read too early, if it gets so far."""
    try:
        starlark_go.Starlark(globals={"base": 1}).exec(text)
    except starlark_go.ResolveError as error:
        undefined = {(item.line, item.column) for item in error.errors if item.msg.startswith("undefined:")}
        reassigned = {(item.line, item.column) for item in error.errors if item.msg.startswith("cannot reassign")}
        assert len(undefined) + len(reassigned) == len({(item.line, item.column) for item in error.errors}), text
        return undefined, reassigned, None
    except starlark_go.EvalError as error:
        early = "referenced before assignment" in error.error and error.function_name == "<toplevel>"
        return set(), set(), (error.line, error.column) if early else None
    return set(), set(), None


def names_at(places, text):
    lines = text.splitlines()
    return {re.match(r"\w+", lines[line - 1][column - 1 :]).group() for line, column in places}


def our_verdicts(envd, tmp_path, texts):
    for index, text in enumerate(texts):
        (tmp_path / f"{index:04}.envd").write_text(text)
    report = json.loads(envd("lint", "--select", "names", "--format", "json").stdout)
    verdicts = [{"undefined-name": set(), "reassigned-global": set(), "used-before-definition": set()} for _ in texts]
    for finding in report["findings"]:
        start = finding["range"]["start"]
        place = (start["line"], start["column"])
        assert finding["code"] in verdicts[0], (finding, texts[int(finding["file"][:4])])
        verdicts[int(finding["file"][:4])][finding["code"]].add(place)
    return verdicts


@pytest.fixture(autouse=True)
def dialect():
    starlark_go.configure_starlark(allow_global_reassign=False, allow_set=False, allow_recursion=False)


def test_undefined_and_reassigned_names_are_starlark_gos(envd, tmp_path):
    texts = [Program(seed).text for seed in range(1500)]
    counts = [0, 0]
    for text, ours in zip(texts, our_verdicts(envd, tmp_path, texts)):
        undefined, reassigned, early = starlark_go_verdict(text)
        # starlark-go names each undefined name once a function; we, at every use.
        assert undefined <= ours["undefined-name"], text
        assert names_at(undefined, text) == names_at(ours["undefined-name"], text), text
        assert ours["reassigned-global"] == reassigned, text
        assert early is None or early in ours["used-before-definition"], text
        counts[0] += len(undefined)
        counts[1] += len(reassigned)
    # The programs do hold what they are to test.
    assert min(counts) > 1000


def test_what_is_used_too_early_fails_when_it_runs(envd, tmp_path):
    texts = [Program(seed, is_straight=True).text for seed in range(1500)]
    texts = [text for text in texts if starlark_go_verdict(text)[:2] == (set(), set())]
    found = 0
    for text, ours in zip(texts, our_verdicts(envd, tmp_path, texts)):
        _, _, early = starlark_go_verdict(text)
        assert (min(ours["used-before-definition"]) if ours["used-before-definition"] else None) == early, text
        found += early is not None
    assert found > 50
