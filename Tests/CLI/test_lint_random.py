"""`envd lint --fix` and Markdown over random programs and documents."""

import json
import random
import re
import subprocess

import pytest
from conftest import BINARY, ENVIRONMENT

LINES = [
    "x{n} = nowhere{n}",
    "x{n} = bse",
    "x{n} = set()  # envd: ignore[set-function]",
    "x{n} = 1  # envd: ignore[undefined-name]",
    "x{n} = nowhere{n}  # envd: ignore[set-function, undefined-name] why",
    "# envd: ignore[undefind-name]",
    "# envd: ignore[undefined-name]  # noqa",
    "# envd: ignore-file[undefined-name]",
    "x{n} = [",
    "    1,  # envd: ignore[undefined-name, set-function, qqq]",
    "]",
    "def f{n}(a):  # envd: ignore",
    "    return nowhere{n} + a",
    '"""text',
    "",
]


def run(*arguments, stdin):
    completed = subprocess.run([BINARY, *arguments], input=stdin, env=ENVIRONMENT, capture_output=True, timeout=60)
    assert completed.returncode in (0, 1), (arguments, stdin, completed)
    return completed.stdout


def errors(program):
    report = json.loads(run("lint", "--ignore", "all", "--format", "json", "-", stdin=program))
    return len(report["findings"])


def unused(program, *arguments):
    report = json.loads(run("lint", "--select", "unused-suppression", "--format", "json", "-", stdin=program))
    return [finding for finding in report["findings"] if any(fix["safe"] for fix in finding["fixes"])]


def program(generator):
    lines = [generator.choice(LINES).format(n=n) for n in range(generator.randrange(1, 12))]
    return generator.choice(["\n", "\r\n"]).join([*lines, ""]).encode()


@pytest.mark.parametrize("seed", range(40))
def test_fixes_end_and_break_nothing(seed):
    generator = random.Random(seed)
    source = program(generator)
    fixed = run("lint", "--fix", "-", stdin=source)
    # Nothing that a safe fix would mend is left, no statement has changed, and there are no more syntax errors.
    assert run("lint", "--fix", "-", stdin=fixed) == fixed
    assert unused(fixed) == []
    assert errors(fixed) <= errors(source)
    assert statements(fixed) == statements(source)
    everything = run("lint", "--unsafe-fixes", "-", stdin=source)
    assert errors(everything) <= errors(source)


def statements(text):
    """What is no comment of ours, and no blank."""
    without = re.sub(rb"[ \t]*#\s*envd:[^#\r\n]*", b"", text)
    return [line for line in re.split(rb"\r\n|\n", without) if line.strip()]


# MARK: Markdown

UGLY = ["def f(a):", "    x = [a,1]", "", "    y = 'é' + nowhere", "    return x+y", "", "", "z = 1"]


def wrapped(generator, lines, containers):
    """The lines as a fenced block within lists and quotations, by the rules of CommonMark."""
    fence = generator.choice(["```", "~~~~", "````"])
    indent = " " * generator.randrange(4) if not containers else ""
    text = [indent + fence + "envd", *[indent + line if line else line for line in lines], indent + fence]
    for container in containers:
        if container == ">":
            text = [("> " + line).rstrip() for line in text]
        else:
            blank = " " * len(container)
            text = [(container if index == 0 else blank) + line if line else line for index, line in enumerate(text)]
    return "\n".join(text) + "\n"


@pytest.mark.parametrize("seed", range(40))
def test_blocks_in_any_nesting(seed):
    generator = random.Random(seed)
    containers = [generator.choice([">", "- ", "1. ", "10)  "]) for _ in range(generator.randrange(4))]
    before = generator.choice(["", "Text.\n\n", "\ufeff", "# T\n\n- a\n- b\n\n***\n\n"])
    nice = run("fmt", "-", stdin="\n".join([*UGLY, ""]).encode()).decode().splitlines()
    state = generator.getstate()
    document = before + wrapped(generator, UGLY, containers) + "\nEnd."
    generator.setstate(state)
    expected = before + wrapped(generator, nice, containers) + "\nEnd."

    arguments = ["lint", "--select", "undefined-name", "--format", "json", "--stdin-filename", "a.md", "-"]
    (finding,) = json.loads(run(*arguments, stdin=document.encode()))["findings"]
    start, end = (finding["range"][key] for key in ("start", "end"))
    assert document.encode()[start["offset"] : end["offset"]] == b"nowhere"
    assert document.split("\n")[start["line"] - 1].lstrip("\ufeff")[start["column"] - 1 :].startswith("nowhere")
    assert run("fmt", "--stdin-filename", "a.md", "-", stdin=document.encode()).decode() == expected


# MARK: Size


@pytest.mark.parametrize(
    "text",
    [
        "x = nowhere  # envd: ignore[undefined-name]\n",
        "x = 1  # envd: ignore[undefined-name]\n",
        "# envd: ignore[undefined-name, set-function]\nx = nowhere\n",
        "y = [\n    # envd: ignore[undefined-name]\n    nowhere,\n    elsewhere,  # envd: ignore[undefined-name]\n]\n",
    ],
)
def test_many_comments_and_findings_do_not_cost_their_product(text):
    """Ten times as much takes about ten times as long; its square would take minutes."""
    source = text.encode() * 20_000
    run("lint", "--select", "undefined-name,unused-suppression", "--format", "github", "-", stdin=source)
    inside = b"y = [\n" + b"    nowhere,  # envd: ignore[undefined-name]\n" * 20_000 + b"]\n"
    run("lint", "--select", "undefined-name,unused-suppression", "--format", "github", "-", stdin=inside)
