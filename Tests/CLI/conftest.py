"""What the command-line tests share: the binary under test, and a way to run it.

The binary is named by the environment variable ENVD; scripts/test sets it to the release build.
"""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("ENVD", ROOT / ".build" / "release" / "envd")).resolve()

# The tests do not depend on how the developer's terminal, git or shell is set up.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Finished:
    """How a run ended. Standard output and error are bytes; `out` and `err` are their text."""

    def __init__(self, completed):
        self.status = completed.returncode
        self.stdout = completed.stdout
        self.stderr = completed.stderr

    @property
    def out(self):
        return self.stdout.decode("utf-8")

    @property
    def err(self):
        return self.stderr.decode("utf-8")

    def fails_with_one_line(self, *words):
        """Bad input gives exit status 2 and one clear line on standard error, which contains the words."""
        assert self.status == 2, self
        lines = self.err.splitlines()
        assert len(lines) == 1, self
        assert lines[0].startswith("envd: "), self
        for word in words:
            assert word in lines[0], self
        return True

    def __repr__(self):
        return f"status {self.status}\nstdout {self.stdout!r}\nstderr {self.stderr!r}"


@pytest.fixture
def envd(tmp_path):
    """Runs the binary in a new folder: `envd("lint", "-", stdin=b"...")`."""
    assert BINARY.exists(), f"{BINARY} is not built; see scripts/build"

    def run(*arguments, stdin=b"", cwd=tmp_path, environment=None, **options):
        completed = subprocess.run(
            [BINARY, *arguments],
            input=stdin,
            cwd=cwd,
            env=ENVIRONMENT if environment is None else environment,
            capture_output=True,
            timeout=60,
            **options,
        )
        return Finished(completed)

    return run
