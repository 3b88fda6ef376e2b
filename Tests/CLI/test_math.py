"""The module `math` of `envd eval`, held against Python's, whose functions of these names mean the same."""

import json
import math
import random

import pytest

UNARY = """acos acosh asin asinh atan atanh cos cosh degrees exp fabs gamma radians sin sinh sqrt tan tanh""".split()
BINARY = {"atan2": "atan2", "copysign": "copysign", "hypot": "hypot", "mod": "fmod", "pow": "pow"}
BINARY["remainder"] = "remainder"


def ours(envd, expressions):
    """The values of expressions, all of which are floats."""
    lines = "".join(f"print(repr({expression}))\n" for expression in expressions)
    finished = envd("eval", "-", stdin=lines.encode())
    assert finished.status == 0, finished.err
    return [float(line) for line in finished.out.splitlines()]


def theirs(name, arguments):
    try:
        return float(getattr(math, name)(*arguments))
    except (ValueError, OverflowError):
        # Python raises where the others return what IEEE 754 says.
        return None


def test_functions_agree_with_python(envd):
    dice = random.Random(1)
    numbers = [0.0, 1, -1, 0.5, -0.5, 2, 10, -3.25, 1e-9, 700.5, 1 << 80]
    numbers += [dice.uniform(-1, 1) for _ in range(20)] + [dice.uniform(-50, 50) for _ in range(20)]
    cases = [(name, name, (x,)) for name in UNARY for x in numbers]
    for name, other in BINARY.items():
        cases += [(name, other, (x, y)) for x in numbers for y in dice.choices(numbers, k=6)]
    cases += [("log", "log", (abs(x) or 1,)) for x in numbers] + [("log", "log", (abs(x) or 1, 10)) for x in numbers]
    expected = [theirs(other, arguments) for _, other, arguments in cases]
    kept = [(case, value) for case, value in zip(cases, expected) if value is not None]
    values = ours(envd, [f"math.{name}({', '.join(map(repr, arguments))})" for (name, _, arguments), _ in kept])
    assert len(kept) > 1000
    for (case, value), mine in zip(kept, values):
        assert mine == value or math.isclose(mine, value, rel_tol=1e-13, abs_tol=1e-300), (case, value, mine)


@pytest.mark.parametrize(
    "expression, value",
    [
        ("math.ceil(1.5)", "2"),
        ("math.ceil(-1.5)", "-1"),
        ("math.floor(-1.5)", "-2"),
        ("math.floor(1e30)", str(int(1e30))),
        ("math.ceil(1 << 70)", str(1 << 70)),
        ("math.round(2.5)", "3.0"),
        ("math.round(-2.5)", "-3.0"),
        ("math.round(0.4)", "0.0"),
        ("math.sqrt(-1)", "nan"),
        ("math.log(0)", "-inf"),
        ("math.pow(2, 10000)", "+inf"),
        ("math.log(8, 2)", "3.0"),
        ("(math.e, math.pi)", f"({math.e!r}, {math.pi!r})"),
        ("math.fabs(-2)", "2.0"),
        ("type(math)", '"module"'),
    ],
)
def test_values(envd, expression, value):
    finished = envd("eval", "-c", f"print(repr({expression}))")
    assert finished.out == value + "\n", finished.err


@pytest.mark.parametrize(
    "expression, message",
    [
        ("math.ceil('a')", "ceil: got string, want float or int"),
        ("math.sqrt([])", "sqrt: for parameter 1: got list, want float or int"),
        ("math.pow(1, None)", "pow: for parameter 2: got NoneType, want float or int"),
        ("math.sin()", "sin: got 0 arguments, want 1"),
        ("math.log(2, 1)", "log: division by zero"),
        ("math.floor(math.log(0))", "floor: cannot convert float infinity to integer"),
        ("math.sinn(1)", "(did you mean .sin"),
    ],
)
def test_errors(envd, expression, message):
    finished = envd("eval", "-c", f"print({expression})")
    assert finished.status == 1 and message in finished.err


def test_the_module_can_be_loaded_and_is_what_it_is_in_starlark_go(envd):
    program = 'load("math.star", m = "math")\nprint(json.encode(dir(m)), m == m)\n'
    names = json.loads(envd("eval", "-c", program).out.rsplit(" ", 1)[0])
    assert set(names) == set(UNARY) | set(BINARY) | {"ceil", "floor", "round", "log", "e", "pi"}
