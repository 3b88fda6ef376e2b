"""The reference is the docstrings of the prelude: every function has an example that works, and explains its parameters."""

import re
import subprocess

import pytest
import signatures
from cases import MISSING, facts, our_envd, real_envd
from compare import Comparison

REAL = real_envd()
API = signatures.api()
#: Those of the build graph, which the real envd does not have.
GRAPH = {
    f.name: f
    for stem in ("llb", "state")
    for f in signatures.read_functions(signatures.PRELUDE / f"{stem}.envd", f"{stem}.")
}
#: What they depend on besides the facts of the other programs.
LIBRARY = "https://github.com/tensorchord/envdlib"
FILES = [
    "requirements.txt",
    "dist/features-1.0-py3-none-any.whl",
    "src/train.py",
    "data/a.csv",
    "app.py",
    "models/small.bin",
    "kernels/Makefile",
]


def examples(function):
    return re.findall(r"^```python\n(.*?)^```", function.docstring, re.MULTILINE | re.DOTALL)


def explained(function):
    """The parameters that list items such as "- `name`, `email`: who makes the commits." explain."""
    items = re.findall(r"^- ((?:`\w+`(?:, )?)+): ", function.docstring, re.MULTILINE)
    return [name for item in items for name in re.findall(r"\w+", item)]


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    if REAL is None:
        pytest.skip(MISSING)
    library = tmp_path_factory.mktemp("library")
    (library / "tensorboard.envd").write_text("def tensorboard(host_port):\n    runtime.expose(6006, host_port)\n")
    table = facts()
    table["git"][LIBRARY] = str(library)
    both = Comparison(str(our_envd()), REAL, table)
    yield both
    both.close()


@pytest.fixture
def project(tmp_path):
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("numpy\n")
    return tmp_path


@pytest.mark.parametrize("name", API)
def test_examples_are_planned_alike(name, comparison, project):
    for example in examples(API[name]):
        (project / "build.envd").write_text(example)
        result, detail = comparison.judge(project)
        assert result in ("exact", "equal"), f"{result}: {detail}\n{example}"


@pytest.mark.parametrize("name", API)
def test_examples_are_planned_without_findings(name, comparison, project):
    for example in examples(API[name]):
        (project / "build.envd").write_text(example)
        assert_planned(project, "--lock", comparison.lock)


def assert_planned(project, *options):
    planned = subprocess.run(
        [our_envd(), "plan", *options, project], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    assert planned.returncode == 0, planned.stdout + planned.stderr


@pytest.mark.parametrize("name", API)
def test_there_is_an_example_that_calls_the_function(name):
    assert any(re.search(rf"(?<![\w.]){re.escape(name)}\(", example) for example in examples(API[name]))


@pytest.mark.parametrize("name", [name for name in GRAPH if examples(GRAPH[name])])
def test_examples_of_the_graph_are_planned(name, project):
    for example in examples(GRAPH[name]):
        (project / "build.envd").write_text(example)
        assert_planned(project)


@pytest.mark.parametrize("name", [*API, *GRAPH])
def test_examples_are_formatted(name):
    for example in examples({**API, **GRAPH}[name]):
        checked = subprocess.run([our_envd(), "fmt", "-"], input=example, capture_output=True, text=True, timeout=60)
        assert checked.stdout == example


def test_the_graph_has_examples():
    assert sum(bool(examples(function)) for function in GRAPH.values()) >= 4


@pytest.mark.parametrize("name", API)
def test_every_parameter_is_explained(name):
    assert explained(API[name]) == [given.name for given in API[name].parameters]


def common(name):
    """Parameters that the docstring of `llb.envd` explains for all functions, or a method's own state."""
    return {"name", "constraints"} | ({"state"} if name.startswith("state.") else set())


@pytest.mark.parametrize("name", GRAPH)
def test_every_parameter_of_the_graph_is_explained(name):
    same = re.search(r": `(llb\.\w+)` says what the parameters mean", GRAPH[name].docstring)
    known = explained(GRAPH[name]) + (explained(GRAPH[same[1]]) if same else [])
    missing = {given.name for given in GRAPH[name].parameters} - set(known) - common(name)
    # A method has its source besides what the change has.
    assert missing <= ({"source"} if same else set())


def test_a_missing_explanation_is_noticed():
    parameters = (signatures.Parameter("a", "str", True, False), signatures.Parameter("b", "str", False, False))
    assert explained(signatures.Function("f", parameters, "It works.\n\n- `a`: the first, see `b`.")) == ["a"]
    assert examples(signatures.Function("f", (), "```\nno\n```")) == []
