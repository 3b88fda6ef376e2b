"""Holds the graphs that we plan against those that the real envd builds; see compare.py for what counts as equal."""

import json

import pytest
import signatures
from cases import MISSING, VARIANTS, facts, our_envd, programs, programs_with_facts, real_envd
from compare import Comparison

REAL = real_envd()


def compared(table=None):
    if REAL is None:
        pytest.skip(MISSING)
    both = Comparison(str(our_envd()), REAL, table)
    yield both
    both.close()


@pytest.fixture(scope="module")
def comparison():
    yield from compared()


@pytest.fixture(scope="module")
def comparison_with_facts():
    yield from compared(facts())


# Two variants show each builder and each owner once; `run` tries all four.
@pytest.mark.parametrize("builder, owner", VARIANTS[1:3])
@pytest.mark.parametrize("program", programs(), ids=lambda path: path.name)
def test_program(comparison, program, builder, owner):
    result, detail = comparison.judge(program, builder, owner)
    assert result in Comparison.GOOD, f"{result}: {detail}"


@pytest.mark.parametrize("builder, owner", VARIANTS[1:3])
@pytest.mark.parametrize("program", programs_with_facts(), ids=lambda path: path.name)
def test_program_with_facts(comparison_with_facts, program, builder, owner):
    result, detail = comparison_with_facts.judge(program, builder, owner)
    assert result in Comparison.GOOD, f"{result}: {detail}"


def test_there_are_programs():
    assert len(programs()) >= 80
    assert len(programs_with_facts()) >= 10


def test_the_programs_reach_every_function_and_parameter():
    files = [file for program in programs() + programs_with_facts() for file in program.glob("**/*.envd")]
    used = set().union(*[signatures.used_in(file.read_text(encoding="utf-8")) for file in files])
    for function in signatures.api().values():
        assert function.name in used
        for parameter in function.parameters:
            assert parameter.variadic or f"{function.name}.{parameter.name}" in used


def test_a_difference_is_noticed(comparison, tmp_path, monkeypatch):
    """The comparison itself can fail: here the real envd sees one program and ours another."""
    import compare

    for name, package in [("real", "vim"), ("ours", "nano")]:
        (tmp_path / name / "same").mkdir(parents=True)
        (tmp_path / name / "same" / "build.envd").write_text(f"def build():\n    install.apt_packages(['{package}'])\n")
    original = compare.ours
    other = str(tmp_path / "ours" / "same")
    monkeypatch.setattr(compare, "ours", lambda binary, path, *rest: original(binary, other, *rest))
    result, _ = comparison.judge(str(tmp_path / "real" / "same"))
    assert result == "differ"


def test_another_encoding_is_noticed(comparison, tmp_path, monkeypatch):
    """A graph that looks the same, but whose first operation has another digest, is not the same."""
    import compare

    (tmp_path / "build.envd").write_text("def build():\n    install.apt_packages(['vim'])\n")
    original = compare.ours
    other = "sha256:" + "0" * 64

    def tampered(*arguments):
        status, ops, errors = original(*arguments)
        text = json.dumps(ops).replace(ops[0]["Digest"], other)
        return status, json.loads(text), errors

    assert comparison.judge(str(tmp_path))[0] == "exact"
    monkeypatch.setattr(compare, "ours", tampered)
    assert comparison.judge(str(tmp_path))[0] == "inexact"
