"""What the tests of editors share: where things are, and how long an answer may take.

The binary is named by the environment variable ENVD; scripts/test sets it to the release build.
"""

import os
import pathlib

import pytest

import server

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("ENVD", ROOT / ".build" / "release" / "envd")).resolve()
GRAMMAR = ROOT / "Grammar" / "envd.tmLanguage.json"
EDITORS = ROOT / "editors"


@pytest.fixture(scope="session")
def binary():
    assert BINARY.exists(), f"{BINARY} is not built; see scripts/build"
    return BINARY


@pytest.fixture(scope="session")
def announced(binary):
    """What the server announces to a client that knows all."""
    return server.capabilities(binary)


@pytest.fixture(scope="session")
def programs(binary, tmp_path_factory):
    """A folder for the PATH of an editor: the binary under test is the `envd` there."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "envd").symlink_to(binary)
    return folder


@pytest.fixture(scope="session")
def new_environment(programs, tmp_path_factory):
    """Makes what an editor sees of the machine: nothing of the settings of who runs the tests."""

    def make():
        home = tmp_path_factory.mktemp("home")
        folders = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        return {
            "PATH": f"{programs}:/usr/bin:/bin",
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
            **{name: str(home / name) for name in folders},
        }

    return make
