"""`envd debug llb --decode`: binary definitions, as `envd plan --format pb` and BuildKit's client write them; and
programs that load `@envd/v1/llb.envd`. What the graphs are, Tests/LLBTests says."""

import json
import re

import pytest
from conftest import ROOT

GOLDEN = ROOT / "Tests/LLBTests/Golden/client"
PYTORCH = ["--owner", "1000:1000"]


@pytest.mark.parametrize("definition", sorted(GOLDEN.glob("*.pb")), ids=lambda path: path.stem)
def test_a_definition_prints_as_buildctl_prints_it(envd, definition):
    finished = envd("debug", "llb", "--decode", str(definition))
    assert finished.status == 0
    expected = definition.with_suffix(".jsonl").read_text()
    if definition.stem == "files":
        # buildctl prints nothing of a link.
        before, after = expected.split('"Action":{}')
        assert before in finished.out and after in finished.out
    else:
        assert finished.out == expected
    assert envd("debug", "llb", "--dot", "--decode", str(definition)).out == definition.with_suffix(".dot").read_text()


def test_what_a_plan_writes_prints_as_the_plan(envd):
    binary = envd("plan", "Examples/pytorch", *PYTORCH, "--format", "pb", cwd=ROOT).stdout
    printed = envd("debug", "llb", "--decode", "-", stdin=binary).out
    assert printed == envd("debug", "llb", "--path", "Examples/pytorch", *PYTORCH, cwd=ROOT).out


@pytest.mark.parametrize("content", [b"\xff", b"base()\n", b"\x0a\xff\xff\xff\xff\x0f", bytes(100)])
def test_what_is_no_definition_is_one_line_and_status_2(envd, tmp_path, content):
    (tmp_path / "x.pb").write_bytes(content)
    finished = envd("debug", "llb", "--decode", "x.pb")
    assert finished.status == 2
    assert finished.out == ""
    assert finished.err.startswith("envd: x.pb: not a ") and finished.err.count("\n") == 1


def test_a_definition_that_cannot_be_read(envd):
    finished = envd("debug", "llb", "--decode", "nowhere.pb")
    assert finished.status == 2
    assert "nowhere.pb" in finished.err


# Programs that load it

GRAPHS = re.findall(r"^def (\w+)\(\):", (GOLDEN / "graphs.envd").read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", GRAPHS)
def test_a_program_makes_what_buildkits_client_makes(envd, name):
    finished = envd("debug", "llb", "--path", str(GOLDEN), "--from", f"graphs.envd:{name}")
    assert finished.status == 0, finished.err
    expected = (GOLDEN / f"{name}.jsonl").read_text()
    assert re.sub(r'"symlink":{.*?"timestamp":\d+}', "", finished.out) == expected


def test_every_graph_is_there():
    # What has no place in a program: byte strings, fractions of seconds, versions of Windows, lines of other files.
    assert set(GRAPHS) == {path.stem for path in GOLDEN.glob("*.pb")} - {"systems", "sources"}

LOAD = 'load("@envd/v1/llb.envd", "llb", "step")\n\n\n'


def plan(envd, folder, body):
    (folder / "build.envd").write_text(LOAD + "def build():\n    base()\n" + body)
    return envd("plan", "--format", "json", cwd=folder)


def test_the_linter_takes_no_offence(envd, tmp_path):
    body = "    step(lambda state, build: state.copy(llb.image('busybox:1.36'), '/bin/sh', '/x'))\n"
    assert plan(envd, tmp_path, body).status == 0
    assert envd("lint", "build.envd").status == 0


def test_steps_are_at_the_line_that_makes_them(envd, tmp_path):
    body = "    step(add)\n\n\ndef add(state, build):\n    state = state.mkdir('/a')\n"
    body += "    return build.apt_install(state, ['vim'])\n"
    steps = json.loads(plan(envd, tmp_path, body).out)["steps"]
    lines = {step["kind"]: [call["line"] for call in step["locations"][0]["stack"]] for step in steps}
    assert lines["dir"] == [6, 10]
    assert lines["run"] == [6, 11]


def test_everything_in_the_table_of_the_example_is_there(envd, tmp_path):
    table = (ROOT / "Examples/llb/README.md").read_text().split("## `llb`")[1].split("Signatures")[0]
    names = set(re.findall(r"`(?:llb)?(\.\w+)`", table))
    functions = sorted(name[1:] for name in re.findall(r"`llb(\.\w+)`", table))
    methods = sorted(name[1:] for name in re.findall(r"`(\.\w+)`", table))
    assert len(names) > 30
    program = f"""
    for name in {functions}:
        if name not in dir(llb): fail(name)
    for name in dir(llb):
        if name not in {functions}: fail(name)
    for name in {methods}:
        if name not in dir(llb.scratch()): fail(name)
    for name in dir(llb.scratch()):
        if name not in {methods} and name != "because": fail(name)
"""
    finished = plan(envd, tmp_path, program)
    assert finished.status == 0, finished.err


@pytest.mark.parametrize(
    "body",
    [
        "    states = [llb.scratch().env('A' * 100000 + str(i), 'x' * 100000) for i in range(1 << 20)]\n",
        "    s = llb.scratch()\n    for i in range(1 << 30):\n        s = s.env(str(i), '')\n",
        "    m = [llb.cache_mount('/' + str(i), id = 'x') for i in range(1 << 24)]\n",
        "    s = llb.scratch()\n    for i in range(1 << 24):\n        s = s.mkdir('/x')\n",
        "    c = [llb.mkfile('/x', 'x' * 1000000) for i in range(1 << 20)]\n",
        "    c = llb.rm('/x')\n    for i in range(99):\n"
        "        c = llb.copy(llb.changed(llb.scratch(), [c]), '/', '/')\n",
    ],
)
def test_programs_without_measure_are_ended(envd, tmp_path, body):
    finished = plan(envd, tmp_path, body)
    assert finished.status in (1, 2)
    assert finished.out == ""
    assert "build.envd:" in finished.err
