"""What the rules about the language call an error fails in starlark-go, and what they let pass does not."""

import itertools
import json
import random

import pytest
from starlark_go import EvalError, Starlark

LITERALS = ['"a"', 'b"a"', "1", "2.5", "True", "None", "[1]", "(1, 2)", "()", '{"k": 1}', "{}", "range(3)", "lambda: 1"]


def percent_formats():
    """Up to three pieces, with values in a tuple, in a dict and alone."""
    pieces = ["%s", "%d", "%r", "%f", "%x", "%%", "%(k)s", "%(z)s", "%y", "%5d", "%", "a", "%(k"]
    values = ["()", "(1,)", '("a",)', "(1, 2)", '(1, "a")', '("a", 1, 2.5)', '{"k": 1}', '{"k": "a", "z": 1}']
    values += ['"a"', "1", "2.5", "[1, 2]", "None", "True", "b'a'"]
    for count in (1, 2, 3):
        for chosen in itertools.product(pieces, repeat=count):
            for value in values:
                yield f'"{"".join(chosen)}" % {value}'


def brace_formats():
    pieces = ["{}", "{0}", "{1}", "{k}", "{z}", "{!r}", "{!s:}", "{!x}", "{:}", "{:d}", "{k.a}", "{k[0]}", "{{", "}}", "{", "}", "a"]
    pieces += ["{ }", "{-1}", "{00}", "{k!r}"]
    calls = ["()", "(1)", '(1, "a")', "(k=1)", "(1, k=1)", "(1, 2, k=1, z=2)"]
    for count in (1, 2, 3):
        for chosen in itertools.product(pieces, repeat=count):
            for call in calls:
                yield f'"{"".join(chosen)}".format{call}'


def comparisons():
    for left, right in itertools.product(LITERALS, repeat=2):
        for operator in ("<", ">=", "==", "!="):
            yield f"({left}) {operator} ({right})"


def loops():
    for value in LITERALS + ["len([1])", "str(1)", '"a b".split(" ")', "sorted([1])", "zip([1])", "-1", '"a" + "b"']:
        yield f"[x for x in {value if not value.startswith('lambda') else f'({value})'}]"


def indices():
    for value in ['"abc"', "[1, 2, 3]", "(1, 2, 3)", '""', "[]", "()"]:
        for index in range(-5, 5):
            yield f"{value}[{index}]"
    for value, index in itertools.product(["[1, 2]", "(1, 2)"], ['"a"', "(1, 2)", "None", "[1]", "2.5"]):
        yield f"{value}[{index}]"


def calls():
    yield from ("(lambda x: x)(1)", "str(1)")
    for value in LITERALS[:-2]:
        yield f"{value}(1)" if not value.isidentifier() else f"[{value}](1)"


def divisions():
    for left, right in itertools.product(["1", "0", "2.5", "-1"], ["0", "0.0", "0x0", "1", "2.5", "-0"]):
        for operator in ("/", "//", "%"):
            # A sign is an operator of its own, at which the rule does not look.
            if right != "-0":
                yield f"{left} {operator} {right}"


def keys():
    literals = ['"a"', "'a'", '"b"', "1", "0x1", "2", "True", "None", "(1,)"]
    for first, second in itertools.product(literals, repeat=2):
        if "(" not in first + second:
            yield f"{{{first}: 1, {second}: 2}}"


# How many of them are tried, and whether the rules find all that fails.
FAMILIES = {
    "percent": (percent_formats, 4000),
    "brace": (brace_formats, 4000),
    "comparisons": (comparisons, 1000),
    "loops": (loops, 100),
    "indices": (indices, 100),
    "calls": (calls, 100),
    "divisions": (divisions, 100),
    "keys": (keys, 100),
}


def error_lines(envd, expressions):
    """The lines with an error of the linter's, from 0."""
    source = "".join(f"x{number} = {expression}\n" for number, expression in enumerate(expressions))
    findings = json.loads(envd("lint", "--format", "json", "-", stdin=source.encode()).stdout)["findings"]
    return {finding["range"]["start"]["line"] - 1: finding for finding in findings if finding["severity"] == "error"}


def fails(expression):
    try:
        Starlark().exec(f"x = {expression}\n")
    except EvalError:
        return True
    return False


# starlark-go's latest release refuses what the one in envd 1.3.6 takes: a format without conversions and a dict.
def is_disputed(expression):
    return " % {" in expression and "%(" not in expression.replace("%%", "")


@pytest.mark.parametrize("family", FAMILIES)
def test_errors_are_those_of_starlark_go(envd, family):
    make, limit = FAMILIES[family]
    expressions = list(make())
    if len(expressions) > limit:
        expressions = random.Random(6).sample(expressions, limit)
    expressions = [expression for expression in expressions if not is_disputed(expression)]
    errors = error_lines(envd, expressions)
    failures = {number for number, expression in enumerate(expressions) if fails(expression)}
    assert failures and len(failures) < len(expressions)
    wrong = [f"{expressions[n]}: {errors[n]['message']}" for n in sorted(set(errors) - failures)]
    missed = [expressions[n] for n in sorted(failures - set(errors))]
    assert (wrong[:20], missed[:20]) == ([], [])


CHANGES = {
    "[1, 2]": ["append(1)", "extend([])", "insert(0, 1)", "pop()", "remove(1)", "clear()", "index(1)"],
    '{"a": 1}': ["pop('a')", "popitem()", "clear()", "update({'a': 2})", "update(b=1)", "update({})", "setdefault('a', 1)"],
}


def test_changes_within_loops_fail_as_in_starlark_go(envd):
    """Every method that changes a list or dict, and assignments to elements, in a loop over it and over a copy."""
    counts = {True: 0, False: 0}
    for value, methods in CHANGES.items():
        for change in [f"x.{method}" for method in methods] + ["x[0 if type(x) == 'list' else 'a'] = 5"]:
            for iterable in ("x", "list(x)", "sorted(x)"):
                program = f"def f():\n    x = {value}\n    for y in {iterable}:\n        {change}\n        break\nf()\n"
                report = json.loads(envd("lint", "--format", "json", "-", stdin=program.encode()).stdout)
                codes = {finding["code"] for finding in report["findings"]}
                try:
                    Starlark().exec(program)
                    is_refused = False
                except EvalError as error:
                    is_refused = True
                    assert "during iteration" in str(error)
                assert ("mutation-during-iteration" in codes) == is_refused, program
                counts[is_refused] += 1
    assert min(counts.values()) > 10
