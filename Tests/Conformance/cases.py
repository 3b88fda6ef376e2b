"""What is compared with the real envd, and how it is found."""

import json
import os
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# With and without merge operations, and owned by root and by somebody else: each changes the graph by itself.
VARIANTS = [
    ("moby-worker", "0:0"),
    ("moby-worker", "1000:1001"),
    ("docker-container", "0:0"),
    ("docker-container", "1000:1001"),
]


# One is full of mistakes, which ours finds before the real one does; the other loads what the real envd does not have.
NOT_FOR_UPSTREAM = {"mistakes", "llb"}


def programs():
    """The directories of all programs: those made for this, and the examples that are meant for the real envd too."""
    examples = [path.parent for path in sorted((ROOT / "Examples").glob("*/build.envd"))]
    mine = sorted(path.parent for path in (HERE / "programs").glob("*/build.envd"))
    return mine + [path for path in examples if path.name not in NOT_FOR_UPSTREAM]


def programs_with_facts():
    """Programs that depend on what `facts/table.json` says of images, releases, extensions and repositories."""
    return sorted(path.parent for path in (HERE / "facts" / "programs").glob("*/build.envd"))


def facts():
    """The table with its folders made absolute, as the oracle wants it."""
    table = json.loads((HERE / "facts" / "table.json").read_text())
    table["git"] = {url: str(HERE / "facts" / folder) for url, folder in table["git"].items()}
    return table


def our_envd():
    return pathlib.Path(os.environ.get("ENVD", ROOT / ".build" / "release" / "envd")).resolve()


def real_envd():
    """The real envd: REAL_ENVD, else beside this Python, else of the project's Python environment; None if missing.

    It is not looked for on the PATH, where our own binary may have its name.
    """
    named = os.environ.get("REAL_ENVD")
    candidates = [named] if named else [
        pathlib.Path(sys.executable).parent / "envd",
        ROOT / ".build" / "python" / "bin" / "envd",
    ]
    for candidate in candidates:
        if shutil.which(str(candidate)):
            return os.path.realpath(candidate)
    return None


MISSING = "the real envd is not installed: run scripts/bootstrap, or `pip install envd==1.3.6` and set REAL_ENVD"
