"""The methods of strings that look at letters treat every code point as starlark-go does.

Both sides run one program for each plane of Unicode, which prints a row for every code point that is a letter, digit or
space, or that has a case. Unicode's versions differ: rows that involve a code point which one side does not know are
left out, and counted against a bound of their own.
"""

import os
import subprocess
import unicodedata

import pytest

starlark_go = pytest.importorskip("starlark_go", reason="starlark-go is not installed: run scripts/bootstrap")

ENVD = os.environ.get("ENVD", ".build/release/envd")

PROGRAM = """
def row(i):
    c = chr(i)
    mapped = [ord(c.lower()), ord(c.upper()), ord(c.title()), ord(c.capitalize())]
    # Whether a letter behind it counts as the first of a word tells whether it has a case.
    classes = [
        c.islower(), c.isupper(), c.istitle(), c.isalpha(), c.isdigit(), c.isspace(), c.isalnum(),
        (c + "a").title()[-1] == "a", (c + "a").istitle(), ("A" + c).istitle(),
    ]
    return mapped, [int(x) for x in classes]

plain = [0] * 10
# A surrogate is no code point of its own: chr makes U+FFFD of it.
for i in [i for i in range(%d, %d) if i == 0xFFFD or chr(i) != "\\uFFFD"]:
    mapped, classes = row(i)
    if mapped != [i] * 4 or classes != plain:
        print(i, *(mapped + classes))
"""


def rows(lines):
    numbers = ([int(number) for number in line.split()] for line in lines)
    return {row[0]: row[1:] for row in numbers}


def of_starlark_go(program):
    lines = []
    starlark_go.configure_starlark(allow_set=True, allow_global_reassign=True, allow_recursion=True)
    starlark_go.Starlark(print=lines.append).exec(program)
    return rows(lines)


def of_envd(program, path):
    path.write_text(program)
    command = [ENVD, "eval", "--allow", "all", path]
    return rows(subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout.splitlines())


@pytest.mark.parametrize("plane", range(17))
def test_plane(plane, tmp_path):
    program = PROGRAM % (plane << 16, (plane + 1) << 16)
    theirs, ours = of_starlark_go(program), of_envd(program, tmp_path / "plane.star")

    def is_new(i):
        """Whether a code point has been assigned since the Unicode of Python here, or since that of starlark-go."""
        category = unicodedata.category(chr(i))
        return category == "Cn" or (category[0] == "L" or category == "Nd") and i in ours and i not in theirs

    differing = [i for i in theirs.keys() | ours.keys() if theirs.get(i) != ours.get(i)]
    partners = {i: {i, *theirs.get(i, [])[:4], *ours.get(i, [])[:4]} for i in differing}
    wrong = [i for i in differing if not any(map(is_new, partners[i]))]
    assert wrong == [], {hex(i): (theirs.get(i), ours.get(i)) for i in wrong[:5]}
    # The planes without characters have no rows; those with letters are known in the main to both.
    assert len(differing) <= max(len(theirs), len(ours)) // 4
