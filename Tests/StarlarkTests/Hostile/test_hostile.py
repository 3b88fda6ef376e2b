"""Every hostile program ends as its head says, with one error that names a line, within hard limits of time and memory."""

import concurrent.futures
import functools
import os
import pathlib
import tempfile

import pytest

import ending
import programs

PROGRAMS = programs.load()
BINARY = pathlib.Path(os.environ.get("ENVD", pathlib.Path(__file__).resolve().parents[3] / ".build/release/envd"))


def attempt(hostile: programs.Hostile) -> ending.Ending:
    with tempfile.TemporaryDirectory() as folder:
        return ending.run(BINARY, hostile.program(), pathlib.Path(folder))


@functools.cache
def pool() -> concurrent.futures.ThreadPoolExecutor:
    return concurrent.futures.ThreadPoolExecutor(os.cpu_count())


@pytest.fixture(scope="module")
def endings(request) -> dict[str, concurrent.futures.Future]:
    """The endings of all programs that were asked for, which run side by side."""
    wanted = [item.callspec.params["hostile"] for item in request.session.items if "hostile" in item.fixturenames]
    return {str(hostile): pool().submit(attempt, hostile) for hostile in wanted}


@pytest.mark.parametrize("hostile", PROGRAMS, ids=str)
def test_ends_well(hostile: programs.Hostile, endings):
    result = endings[str(hostile)].result()
    assert str(result) == hostile.ending, result.message
    assert result.resident < ending.RESIDENT


def test_every_program_says_how_it_ends():
    titles = [str(hostile) for hostile in PROGRAMS]
    assert len(set(titles)) == len(titles)
    assert all(hostile.ending.split(" ")[0] in ("ok", "failure", "limit") for hostile in PROGRAMS)
