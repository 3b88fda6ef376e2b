"""Holds the graphs that we plan against those that the real envd builds; see compare.py for what counts as equal."""

import concurrent.futures
import json
import os

import pytest
import signatures
from cases import MISSING, VARIANTS, facts, our_envd, programs, programs_with_facts, real_envd
from compare import Comparison

REAL = real_envd()


@pytest.fixture(scope="module")
def comparison():
    if REAL is None:
        pytest.skip(MISSING)
    both = Comparison(str(our_envd()), REAL)
    yield both
    both.close()


def judgements(request, test, table=None):
    """What comes out for each of the tests of this name that were chosen, all of them begun at once.

    The real envd waits most of its time, so there are more at work than processors.
    """
    if REAL is None:
        pytest.skip(MISSING)
    chosen = [item.callspec.params for item in request.session.items if getattr(item, "originalname", None) == test]
    both = Comparison(str(our_envd()), REAL, table)
    for builder in ("moby-worker", "unix"):
        both.oracle.home(builder)
    with concurrent.futures.ThreadPoolExecutor(4 * (os.cpu_count() or 1)) as pool:
        yield {
            (each["program"], each["builder"], each["owner"]): pool.submit(
                both.judge, each["program"], each["builder"], each["owner"]
            )
            for each in chosen
        }
    both.close()


@pytest.fixture(scope="module")
def results(request):
    yield from judgements(request, "test_program")


@pytest.fixture(scope="module")
def results_with_facts(request):
    yield from judgements(request, "test_program_with_facts", facts())


# Two variants show each builder and each owner once; `run` tries all four.
@pytest.mark.parametrize("builder, owner", VARIANTS[1:3])
@pytest.mark.parametrize("program", programs(), ids=lambda path: path.name)
def test_program(results, program, builder, owner):
    result, detail = results[program, builder, owner].result()
    assert result in Comparison.GOOD, f"{result}: {detail}"


@pytest.mark.parametrize("builder, owner", VARIANTS[1:3])
@pytest.mark.parametrize("program", programs_with_facts(), ids=lambda path: path.name)
def test_program_with_facts(results_with_facts, program, builder, owner):
    result, detail = results_with_facts[program, builder, owner].result()
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
