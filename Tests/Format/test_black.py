"""The formatter gives what black gives, but for the differences that known-differences.txt gives reasons for."""

import os
import pathlib
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = pathlib.Path(os.environ.get("ENVD", ROOT / ".build" / "release" / "envd")).resolve()
SCRIPT = pathlib.Path(__file__).resolve().parent / "compare_with_black.py"


# Most of the programs are the same each time, the others are new; a fresh seed is printed if it fails. `make fuzz` tries more of them.
COUNTS = {"fixed": 4000, "fresh": 1000}
#: Programs with directives anywhere, the same each time: one in thousands may still differ.
DIRECTIVE_COUNT = 1000
FRESH = int(os.environ.get("FORMAT_SEED", time.time_ns() % 1_000_000_000))


@pytest.mark.parametrize(
    "arguments",
    [["--seed", "1", "--count", COUNTS["fixed"]], ["--seed", FRESH, "--count", COUNTS["fresh"], "--no-corpus"]],
    ids=COUNTS,
)
def test_identical_to_black(arguments):
    compare(arguments)


def test_identical_to_black_with_directives():
    compare(["--directives", "--no-corpus", "--seed", "1", "--count", DIRECTIVE_COUNT])


def compare(arguments):
    run = subprocess.run(
        [sys.executable, SCRIPT, "--envd", BINARY, *map(str, arguments)], capture_output=True, text=True
    )
    print(arguments, run.stdout, run.stderr)
    assert run.returncode == 0
