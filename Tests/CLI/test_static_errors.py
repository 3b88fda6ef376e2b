"""What starlark-go refuses before it runs anything, beyond names: random programs of one kind each."""

import random

import pytest
import starlark_go
from test_lint import lint_json

WORDS = {
    "argument-order": ["may not follow", "not allowed", "is repeated", "limit is 255"],
    "parameter-order": ["may not follow", "not allowed", "duplicate parameter", "bare * must be followed"],
    "misplaced-statement": ["not within a function", "not in a loop", "load statement within"],
}


def refused_lines(text):
    """The lines on which starlark-go's resolver finds something, with its messages."""
    try:
        starlark_go.Starlark().exec(text)
    except starlark_go.ResolveError as error:
        return {(item.line, item.msg) for item in error.errors}
    except starlark_go.EvalError:
        pass
    return set()


def hold_against_starlark_go(envd, code, text):
    theirs = refused_lines(text)
    assert all(any(word in message for word in WORDS[code]) for _, message in theirs), (theirs, text)
    # What such programs do is a matter of other rules.
    findings = lint_json(envd, text.encode(), "--select", "names")["findings"]
    ours = [finding for finding in findings if finding["code"] != "undefined-name"]
    assert {finding["code"] for finding in ours} <= {code}, text
    assert {finding["range"]["start"]["line"] for finding in ours} == {line for line, _ in theirs}, (theirs, text)
    return len(theirs)


@pytest.fixture(autouse=True)
def dialect():
    starlark_go.configure_starlark(allow_global_reassign=False, allow_set=False, allow_recursion=False)


def test_argument_order(envd):
    dice = random.Random(1)
    kinds = ["1", "2", "a=1", "b=2", "c=3", "*[]", "**{}"]
    calls = ["print(" + ", ".join(dice.choices(kinds, k=dice.randint(0, 5))) + ")" for _ in range(800)]
    calls.append("print(" + "1, " * 255 + ")")
    calls.append("print(" + "1, " * 256 + ")")
    calls.append("print(" + ", ".join(f"a{i}=1" for i in range(256)) + ")")
    assert (
        hold_against_starlark_go(envd, "argument-order", "def f():\n" + "".join(f"    {call}\n" for call in calls))
        > 200
    )


def test_parameter_order(envd):
    dice = random.Random(2)
    kinds = ["a", "b", "c=1", "d=2", "a=3", "*", "*e", "*f", "**g", "**h"]
    lines = []
    for index in range(800):
        parameters = ", ".join(dice.choices(kinds, k=dice.randint(0, 5)))
        lines.append(f"def f{index}({parameters}): pass" if index % 2 else f"lambda {parameters}: None")
    assert hold_against_starlark_go(envd, "parameter-order", "\n".join(lines) + "\n") > 200


def test_misplaced_statement(envd):
    dice = random.Random(3)
    count = 0

    # No function inside a loop: the starlark-go of that package still takes its `break` for the outer loop's.
    def block(indent, depth, in_loop=False):
        text = ""
        for _ in range(dice.randint(1, 3)):
            statement = dice.choice(
                ["return", "break", "continue", "load('m', x%d='y')" % dice.getrandbits(40), "pass"]
            )
            kind = dice.choice(["simple", "simple", "if" if in_loop else "def", "if", "for"])
            if kind == "simple" or depth == 4 or (depth == 0 and kind != "def"):
                text += f"{indent}{statement}\n"
            else:
                header = {"def": f"def f{dice.getrandbits(40)}():", "if": "if True:", "for": "for i in []:"}[kind]
                text += f"{indent}{header}\n" + block(indent + "    ", depth + 1, in_loop or kind == "for")
        return text

    for _ in range(60):
        count += hold_against_starlark_go(envd, "misplaced-statement", block("", 0))
    assert count > 60
