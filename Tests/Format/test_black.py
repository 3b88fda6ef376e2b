"""The formatter gives what black gives, but for the differences that known-differences.txt gives reasons for."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = pathlib.Path(os.environ.get("ENVD", ROOT / ".build" / "release" / "envd")).resolve()
SCRIPT = pathlib.Path(__file__).resolve().parent / "compare_with_black.py"


def test_identical_to_black():
    run = subprocess.run(
        [sys.executable, SCRIPT, "--envd", BINARY, "--count", "500"], capture_output=True, text=True
    )
    print(run.stdout, run.stderr)
    assert run.returncode == 0
