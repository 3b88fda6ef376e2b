"""Makes a program smaller while it shows the same difference."""

import re
import time
from collections.abc import Callable, Iterator

#: A bracketed part without brackets within, a string, a number, or a name.
PIECES = re.compile(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}|\"[^\"\n]*\"|\b\d[\w.]*|\w+")

#: An operand with the operator or the comma after it.
OPERANDS = re.compile(
    r",? *(?:[\w.]+|\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\")"
    r"(?: [-+*/%|&^<>=]+ | (?:and|or|in|not in) |, *| if .*? else | for .*? in )?"
)


def shrink(program: str, holds: Callable[[str], bool], seconds: float = 10) -> str:
    """The smallest program found within the time of which `holds` is true, as it is of `program`."""
    deadline = time.monotonic() + seconds
    progress = True
    while progress and time.monotonic() < deadline:
        progress = False
        for candidates in (_without_lines, _with_smaller_parts):
            found = True
            while found and time.monotonic() < deadline:
                found = False
                for smaller in candidates(program):
                    if time.monotonic() > deadline:
                        break
                    if len(smaller) < len(program) and holds(smaller):
                        program, found, progress = smaller, True, True
                        break
    return program


def _without_lines(program: str) -> Iterator[str]:
    lines = program.splitlines(keepends=True)
    size = max(1, len(lines) // 2)
    while size:
        for start in range(0, len(lines), size):
            yield "".join(lines[:start] + lines[start + size :])
        size //= 2
    for number, line in enumerate(lines):
        # A block in place of its header and itself.
        indent = len(line) - len(line.lstrip())
        end = number + 1
        while end < len(lines) and (len(lines[end]) - len(lines[end].lstrip()) > indent or not lines[end].strip()):
            end += 1
        if end > number + 1:
            yield "".join(lines[:number] + lines[end:])
            body = lines[number + 1 : end]
            step = len(body[0]) - len(body[0].lstrip()) - indent
            if step > 0:
                yield "".join(lines[:number] + [text[step:] if text.strip() else text for text in body] + lines[end:])


def _with_smaller_parts(program: str) -> Iterator[str]:
    spans = list(_brackets(program)) + [match.span() for match in PIECES.finditer(program)]
    for start, end in sorted(set(spans), key=lambda span: span[0] - span[1]):
        text = program[start:end]
        yield program[:start] + text[1:-1] + program[end:]
        for other in ("", "0", "1", '""', "[]", "()", "None", "x"):
            if len(other) < len(text):
                yield program[:start] + other + program[end:]
    for match in OPERANDS.finditer(program):
        yield program[: match.start()] + program[match.end() :]


def _brackets(program: str) -> Iterator[tuple[int, int]]:
    """The spans of everything in brackets, with the name before it as well and without."""
    opened = []
    for position, character in enumerate(program):
        if character in "([{":
            opened.append(position)
        elif character in ")]}" and opened:
            start = opened.pop()
            yield start, position + 1
            name = re.search(r"[\w.]+$", program[:start])
            if name:
                yield name.start(), position + 1
