"""What the command-line tests share: the binary under test, and a way to run it.

The binary is named by the environment variable ENVD; scripts/test sets it to the release build.
"""

import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import termios

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


def on_terminal(arguments, cwd, shows_errors=False, columns=None, **environment):
    """What a terminal gets to see that is standard output, and standard error too if it shows errors."""
    controller, terminal = pty.openpty()
    if columns:
        termios.tcsetwinsize(terminal, (24, columns))
    process = subprocess.Popen(
        [BINARY, *arguments],
        cwd=cwd,
        env=ENVIRONMENT | {"TERM": "xterm"} | environment,
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal if shows_errors else subprocess.DEVNULL,
    )
    os.close(terminal)
    seen = b""
    while True:
        try:
            piece = os.read(controller, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not piece:
            break
        seen += piece
    os.close(controller)
    process.wait(timeout=60)
    return seen


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


@pytest.fixture
def unprivileged():
    """A folder, and a way to run the binary in it as a user who may not read everything, even if the tests run as root."""
    folder = pathlib.Path(tempfile.mkdtemp())
    binary = shutil.copy(BINARY, folder / "envd")
    folder.chmod(0o755)
    options = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}

    def run(*arguments):
        completed = subprocess.run(
            [binary, *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, timeout=60, **options
        )
        return Finished(completed)

    yield folder, run
    for locked in folder.iterdir():
        locked.chmod(0o755)
    shutil.rmtree(folder)
