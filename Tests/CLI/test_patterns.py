"""The regular expressions of `assert.fails` and `matches`, held against Python's `re` over random patterns.

Only what both read the same way is generated: Python's `\\d`, `\\s`, `\\w` and `\\b` get ASCII, `$` becomes `\\Z`,
and no text is empty, since in Python an empty text has no `\\B` in it.
"""

import random
import re
import warnings

import pytest

ALPHABET = "aabbcx1_ \n-é日"


def literal(dice):
    return re.escape(dice.choice(ALPHABET)) if dice.random() < 0.9 else dice.choice([r"\t", r"\x61", r"\.", r"\["])


def character_class(dice):
    parts = []
    for _ in range(dice.randint(1, 3)):
        kind = dice.random()
        if kind < 0.3:
            low, high = sorted(dice.choices("abcxyz", k=2))
            parts.append(f"{low}-{high}")
        elif kind < 0.5:
            parts.append(dice.choice([r"\d", r"\w", r"\s", r"\D", r"\W", r"\S"]))
        else:
            parts.append(re.escape(dice.choice(ALPHABET)))
    return "[" + dice.choice(["", "", "^"]) + "".join(parts) + "]"


def pattern(dice, depth=0):
    """A random pattern as a pair: ours, Python's."""
    kind = dice.random()
    if depth >= 4 or kind < 0.3:
        text = literal(dice)
        return text, text
    if kind < 0.4:
        text = character_class(dice)
        return text, text
    if kind < 0.5:
        return dice.choice(
            [(".", "."), (r"\d", r"\d"), (r"\w", r"\w"), (r"\S", r"\S"), ("^", "^"), ("$", r"\Z"), (r"\b", r"\b"),
             (r"\B", r"\B"), (r"\A", r"\A"), (r"\z", r"\Z"), ("", "")]
        )
    if kind < 0.65:
        ours, theirs = pattern(dice, depth + 1)
        low = dice.randint(0, 3)
        operator = dice.choice(
            ["*", "+", "?", f"{{{low}}}", f"{{{low},}}", f"{{{low},{low + dice.randint(0, 3)}}}"]
        ) + dice.choice(["", "?"])
        return f"(?:{ours}){operator}", f"(?:{theirs}){operator}"
    parts = [pattern(dice, depth + 1) for _ in range(dice.randint(2, 3))]
    if kind < 0.85:
        return "".join(ours for ours, _ in parts), "".join(theirs for _, theirs in parts)
    opening = dice.choice(["(", "(?:", "(?i:", "(?s:"])
    return opening + "|".join(ours for ours, _ in parts) + ")", opening + "|".join(theirs for _, theirs in parts) + ")"


def starlark(text):
    """A string literal of Starlark."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_random_patterns_are_found_where_python_finds_them(envd, seed):
    dice = random.Random(seed)
    cases = []
    warnings.simplefilter("ignore")  # Python thinks that "[[" will mean something else one day.
    while len(cases) < 2500:
        ours, theirs = pattern(dice)
        text = "".join(dice.choices(ALPHABET, k=dice.randint(1, 12)))
        if not theirs.isascii() and "(?i:" in theirs or len(theirs) > 120:
            continue
        cases.append((ours, text, re.search(theirs, text, re.ASCII) is not None))
    program = 'load("assert.star", "matches")\n'
    program += "".join(f"print(matches({starlark(ours)}, {starlark(text)}))\n" for ours, text, _ in cases)
    finished = envd("eval", "-", stdin=program.encode())
    assert finished.status == 0, finished.err
    found = [line == "True" for line in finished.out.splitlines()]
    assert len(found) == len(cases)
    wrong = [(ours, text, wanted) for (ours, text, wanted), is_found in zip(cases, found) if is_found != wanted]
    assert not wrong, wrong[:5]
    assert 500 < sum(found) < 2000


def test_random_text_as_a_pattern_is_a_pattern_or_an_error(envd):
    dice = random.Random(5)
    texts = ["".join(dice.choices(r"ab()[]{}*+?|\^$.-:=!<>PiszQEdxp019,&", k=dice.randint(1, 12))) for _ in range(3000)]
    program = 'load("assert.star", "catch", "matches")\n'
    program += "".join(f"print(catch(lambda: matches({starlark(text)}, 'aab')))\n" for text in texts)
    finished = envd("eval", "-", stdin=program.encode())
    assert finished.status == 0, finished.err
    lines = finished.out.splitlines()
    assert len(lines) == len(texts)
    for text, line in zip(texts, lines):
        assert line == "None" or line.startswith("matches: error parsing regexp: "), (text, line)
    assert 500 < lines.count("None") < 2500


@pytest.mark.parametrize("text", ["(a+)+$", "(a|aa)+$", "(.*)*$", "((a?){20}){20}$"])
def test_no_pattern_takes_exponential_time(envd, text):
    program = f'load("assert.star", "matches")\nprint(matches({starlark("^" + text + "!")}, "a" * 5000 + "b"))\n'
    finished = envd("eval", "-", stdin=program.encode())
    assert finished.out == "False\n"
