"""What `load` takes and refuses: the real envd, the plan and the linter agree, over paths of every form and random projects."""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

import oracle
import pytest
from cases import MISSING, our_envd, real_envd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "CLI"))
from load_projects import LoadProject  # noqa: E402

REAL = real_envd()
PROJECTS = int(os.environ.get("LOAD_PROJECTS", "40"))
SEED = int(os.environ.get("LOAD_SEED", "1000"))
URL = "https://github.com/example/library"
LIBRARY = {"lib.envd": "x = 7\n", "deep/more.envd": "y = 8\n_z = 9\n"}
LOAD_RULES = "missing-load-file,load-cycle,undefined-load,invalid-load-path,private-load,reassigned-global"
USES = "\n\ndef build():\n    base()\n    run(['echo ' + str(x)])\n"

# Programs that load `x`, and files beside them. Whether they work is for the real envd to say.
PATHS = {
    path: ({"build.envd": f"load({path!r}, 'x'){USES}", **files})
    for path, files in {
        "lib.envd": {"lib.envd": "x = 1\n"},
        "./lib.envd": {"lib.envd": "x = 1\n"},
        "d/../lib.envd": {"lib.envd": "x = 1\n", "d/z": ""},
        "none/../lib.envd": {"lib.envd": "x = 1\n"},
        "lib.envd/": {"lib.envd": "x = 1\n"},
        "lib": {"lib.envd": "x = 1\n"},
        "lib.py": {"lib.py": "x = 1\n"},
        "d": {"d/lib.envd": "x = 1\n"},
        "": {"lib.envd": "x = 1\n"},
        ".": {"lib.envd": "x = 1\n"},
        "//lib.envd": {"lib.envd": "x = 1\n"},
        ":lib.envd": {"lib.envd": "x = 1\n"},
        "@o/lib.envd": {"lib.envd": "x = 1\n"},
        "@p/lib.envd": {"@p/lib.envd": "x = 1\n"},
        "d\\lib.envd": {"d/lib.envd": "x = 1\n"},
        URL: {},
        "git@" + URL: {},
        "git@" + URL + ".git": {},
    }.items()
}
STATEMENTS = {
    "relative to the file": {
        "build.envd": f"load('d/a.envd', 'x'){USES}", "d/a.envd": "load('b.envd', 'y')\nx = y\n", "d/b.envd": "y = 1\n",
    },
    "relative to the project": {
        "build.envd": f"load('d/a.envd', 'x'){USES}", "d/a.envd": "load('d/b.envd', 'y')\nx = y\n", "d/b.envd": "y = 1\n",
    },
    "a loaded name is not passed on": {
        "build.envd": f"load('a.envd', 'x'){USES}", "a.envd": "load('b.envd', 'x')\n", "b.envd": "x = 1\n",
    },
    "but a copy is": {
        "build.envd": f"load('a.envd', 'x'){USES}", "a.envd": "load('b.envd', y='x')\nx = y\n", "b.envd": "x = 1\n",
    },
    "one file by two names": {
        "build.envd": f"load('a.envd', 'x')\nload('./a.envd', y='x'){USES}", "a.envd": "x = 1\n",
    },
    "the same name twice": {
        "build.envd": f"load('a.envd', 'x')\nload('b.envd', 'x'){USES}", "a.envd": "x = 1\n", "b.envd": "x = 1\n",
    },
    "defined above the load": {"build.envd": f"x = 2\nload('a.envd', 'x'){USES}", "a.envd": "x = 1\n"},
    "defined below the load": {"build.envd": f"load('a.envd', 'x')\nx = 2{USES}", "a.envd": "x = 1\n"},
    "a function below the load": {
        "build.envd": f"load('a.envd', 'x')\n\ndef x():\n    pass{USES}", "a.envd": "x = 1\n",
    },
    "the program loads itself": {"build.envd": f"load('build.envd', x='build'){USES}"},
    "through another file": {"build.envd": f"load('a.envd', 'x'){USES}", "a.envd": "load('build.envd', 'build')\nx = 1\n"},
    "a name of the API": {"build.envd": f"load('a.envd', x='base'){USES}", "a.envd": "y = 1\n"},
    "a private name": {"build.envd": f"load('a.envd', x='_x'){USES}", "a.envd": "_x = 1\n"},
    "a private name of a library": {"build.envd": f"load('git@{URL}', x='_z'){USES}"},
    "what a library does not have": {"build.envd": f"load('git@{URL}', x='none'){USES}"},
}  # fmt: skip


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    if REAL is None:
        pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("library")
    write(folder, LIBRARY)
    both = oracle.Oracle(
        REAL, {"images": {"*": {"Env": ["PATH=/bin"]}}, "git": {URL: str(folder)}, "releases": {}, "vsx": {}}
    )
    both.home("moby-worker")
    yield both
    both.close()


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    write(folder, LIBRARY)
    return folder


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def verdicts(real, folder, library):
    """Whether the real envd, the plan and the linter have nothing against the loads of a project."""
    (folder / "envd.lock").write_text(json.dumps({"git": {URL: str(library)}}))
    plan = subprocess.run([our_envd(), "debug", "llb", "--path", "."], cwd=folder, capture_output=True, text=True)
    lint = subprocess.run(
        [our_envd(), "lint", "--format", "json", "--select", LOAD_RULES, "."],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    found = json.loads(lint.stdout)["findings"]
    theirs = real.run(str(folder))
    why = f"\nreal: {theirs['stderr'][-300:]}\nplan: {plan.stderr}\nlint: {[each['message'] for each in found]}"
    return theirs["rc"] == 0, plan.returncode == 0, not found, why


@pytest.mark.parametrize("name", [*PATHS, *STATEMENTS])
def test_forms_of_loads(real, library, tmp_path, name):
    # The folder's name becomes that of an image.
    folder = tmp_path / "project"
    write(folder, (PATHS | STATEMENTS)[name])
    theirs, plan, lint, why = verdicts(real, folder, library)
    assert theirs == plan == lint, why


def test_random_projects(real, library, tmp_path):
    def judge(seed):
        project = LoadProject(seed)
        folder = tmp_path / str(seed)
        project.write(folder)
        return seed, project, *verdicts(real, folder, library)

    with concurrent.futures.ThreadPoolExecutor(4 * (os.cpu_count() or 1)) as pool:
        results = list(pool.map(judge, range(SEED, SEED + PROJECTS)))
    for seed, project, theirs, plan, lint, why in results:
        assert theirs == plan, (seed, why, project.files)
        # A mistake in a file that the program does not load is found by the linter alone.
        assert theirs or not lint, (seed, why, project.files)
    assert {theirs for _, _, theirs, *_ in results} == {True, False}
