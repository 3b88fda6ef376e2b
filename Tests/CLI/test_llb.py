"""`envd debug llb --decode`: binary definitions, as `envd plan --format pb` and BuildKit's client write them."""

import pytest
from conftest import ROOT

GOLDEN = ROOT / "Tests/LLBTests/Golden/client"
PYTORCH = ["--owner", "1000:1000"]


@pytest.mark.parametrize("definition", sorted(GOLDEN.glob("*.pb")), ids=lambda path: path.stem)
def test_a_definition_prints_as_buildctl_prints_it(envd, definition):
    finished = envd("debug", "llb", "--decode", str(definition))
    assert finished.status == 0
    expected = definition.with_suffix(".jsonl").read_text()
    if definition.stem == "files":
        # buildctl prints nothing of a link.
        before, after = expected.split('"Action":{}')
        assert before in finished.out and after in finished.out
    else:
        assert finished.out == expected
    assert envd("debug", "llb", "--dot", "--decode", str(definition)).out == definition.with_suffix(".dot").read_text()


def test_what_a_plan_writes_prints_as_the_plan(envd):
    binary = envd("plan", "Examples/pytorch", *PYTORCH, "--format", "pb", cwd=ROOT).stdout
    printed = envd("debug", "llb", "--decode", "-", stdin=binary).out
    assert printed == envd("debug", "llb", "--path", "Examples/pytorch", *PYTORCH, cwd=ROOT).out


@pytest.mark.parametrize("content", [b"\xff", b"base()\n", b"\x0a\xff\xff\xff\xff\x0f", bytes(100)])
def test_what_is_no_definition_is_one_line_and_status_2(envd, tmp_path, content):
    (tmp_path / "x.pb").write_bytes(content)
    finished = envd("debug", "llb", "--decode", "x.pb")
    assert finished.status == 2
    assert finished.out == ""
    assert finished.err.startswith("envd: x.pb: not a ") and finished.err.count("\n") == 1


def test_a_definition_that_cannot_be_read(envd):
    finished = envd("debug", "llb", "--decode", "nowhere.pb")
    assert finished.status == 2
    assert "nowhere.pb" in finished.err
