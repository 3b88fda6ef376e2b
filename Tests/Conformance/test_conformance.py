"""Holds the graphs that we plan against those that the real envd builds; see compare.py for what counts as equal."""

import pytest

from cases import MISSING, VARIANTS, our_envd, programs, real_envd
from compare import Comparison

REAL = real_envd()


@pytest.fixture(scope="module")
def comparison():
    if REAL is None:
        pytest.skip(MISSING)
    both = Comparison(str(our_envd()), REAL)
    yield both
    both.close()


@pytest.mark.parametrize("builder, owner", VARIANTS, ids=[f"{builder}-{owner}" for builder, owner in VARIANTS])
@pytest.mark.parametrize("program", programs(), ids=lambda path: path.name)
def test_program(comparison, program, builder, owner):
    result, detail = comparison.judge(program, builder, owner)
    assert result in Comparison.GOOD, f"{result}: {detail}"


def test_there_are_programs():
    assert len(programs()) >= 40


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
