"""`load("assert.star", …)` in `envd eval`: what starlark-go's starlarktest offers, and when it says something."""

HOLDING = """
load("assert.star", "assert", "freeze")
load("json.star", "json")
assert.eq(json.decode("[1]"), [1])
assert.eq(0.1 + 0.2, 0.3)
assert.ne(1, 2)
assert.true(dir(assert) == ["contains", "eq", "fail", "fails", "lt", "ne", "true"], dir(assert))
assert.lt(1, 2)
assert.contains("abc", "b")
assert.fails(lambda: 1 // 0, "divis.on by zero")
values = freeze([1])
assert.fails(lambda: values.append(2), "frozen list")
print("end")
"""


def test_assertions_that_hold_say_nothing(envd):
    finished = envd("eval", "-c", HOLDING)
    assert (finished.status, finished.out, finished.err) == (0, "end\n", "")


def test_an_assertion_that_does_not_hold_is_told_and_the_program_goes_on(envd, tmp_path):
    (tmp_path / "a.star").write_text(
        'load("assert.star", "assert")\n'
        "def check(x):\n"
        "    assert.eq(x, 2)\n"
        "check(1)\n"
        'print("between")\n'
        "assert.true(False)\n"
        'print("end")\n'
    )
    finished = envd("eval", "a.star")
    assert finished.status == 1
    assert finished.out == "between\nend\n"
    assert finished.err == (
        "Traceback (most recent call last):\n"
        "  a.star:4:1: in <toplevel>\n"
        "    check(1)\n"
        "  a.star:3:5: in check\n"
        "    assert.eq(x, 2)\n"
        "a.star:3:5: assert.eq: 1 != 2\n"
        "Traceback (most recent call last):\n"
        "  a.star:6:1: in <toplevel>\n"
        "    assert.true(False)\n"
        "a.star:6:1: assert.true: assertion failed\n"
    )


def test_all_files_of_a_program_share_its_assertions(envd, tmp_path):
    (tmp_path / "lib.star").write_text('load("assert.star", "assert")\ndef check(x):\n    assert.true(x)\n')
    (tmp_path / "main.star").write_text('load("lib.star", "check")\ncheck(0)\ncheck(1)\n')
    finished = envd("eval", "main.star")
    assert finished.status == 1
    assert finished.err.count("assertion failed") == 1
    assert "  lib.star:3:5: in check\n" in finished.err


def test_what_runs_out_of_its_limits_is_no_failure_that_can_be_asserted(envd):
    program = """
load("assert.star", "assert")
assert.fails(lambda: [i for i in range(1 << 60) if i < 0], "")
print("end")
"""
    finished = envd("eval", "-c", program)
    assert finished.status == 2
    assert finished.out == ""
    assert "too many steps" in finished.err or "longer than" in finished.err


def test_recursion_without_end_can_be_asserted(envd):
    program = 'load("assert.star", "assert")\ndef f():\n    f()\nassert.fails(f, ".")\nprint("end")\n'
    assert envd("eval", "--allow", "recursion", "-c", program).out == "end\n"
