"""`envd plan` and `envd debug llb`: what they print and how they end. Whether the graph is right, Tests/Conformance tells."""

import hashlib
import json
import os
import re

import jsonschema
import pytest
from conftest import ROOT, on_terminal

SCHEMA = json.loads((ROOT / "Tests/Specs/plan/plan-output.schema.json").read_text())
PYTORCH = ["plan", "Examples/pytorch", "--owner", "1000:1000"]


def test_text_names_steps_lines_settings_and_assumptions(envd):
    finished = envd(*PYTORCH, cwd=ROOT)
    assert finished.status == 0
    text = finished.out
    assert 'Examples/pytorch/build.envd:13  base(image="ubuntu:22.04", dev=True)\n' in text
    assert "$ python -m pip install jupyter\n" in text
    assert re.search(r"cache  /var/lib/apt, shared|       /var/lib/apt, shared", text)
    assert "tensorboard --logdir runs --port 6006" in text
    assert "docker.io/library/ubuntu:22.04: assumed" in text
    assert "bash -c '" not in text


def test_text_shows_the_way_from_the_program_to_a_step(envd, tmp_path):
    (tmp_path / "tools.envd").write_text("def editors():\n    install.apt_packages(['vim'])\n")
    program = "load('tools.envd', 'editors')\n\ndef all():\n    editors()\n\ndef build():\n    all()\n"
    (tmp_path / "build.envd").write_text(program)
    lines = envd("plan", cwd=tmp_path).out.splitlines()
    start = lines.index("build.envd:4  editors()")
    assert lines[start + 1] == "  called from build.envd:7  all()"
    assert lines[start + 2] == "  via tools.envd:2  install.apt_packages(['vim'])"


def test_text_has_every_step_once_and_in_order(envd):
    for options in [[], ["--full"], ["-v"]]:
        text = envd(*PYTORCH, *options, cwd=ROOT).out
        kinds = "image|run|copy|dir|file|local|remove"
        numbers = [int(number) for number in re.findall(rf"^ +(\d+)  (?:{kinds}) ", text, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert f"{len(numbers)} steps, " in text


def test_text_says_what_can_run_at_the_same_time(envd):
    text = envd(*PYTORCH, cwd=ROOT).out
    steps = json.loads(envd(*PYTORCH, "--format", "json", cwd=ROOT).out)["steps"]
    longest = max(step["level"] for step in steps)
    assert f"at least {longest} one after another" in text
    for step in steps:
        if not step["needs"] and step["step"] > 1:
            assert re.search(rf"^ +{step['step']}  {step['kind']} .* at once$", text, re.MULTILINE)
    rows = text.split("What can run at the same time\n")[1].split("\n\n")[0]
    named = set()
    name = "longest chain|beside it    |             "
    for numbers in re.findall(rf"^  (?:{name})  ([\d, –]+):", rows, re.MULTILINE):
        for part in numbers.split(", "):
            first, _, last = part.partition("–")
            named.update(range(int(first), int(last or first) + 1))
    assert named == {step["step"] for step in steps}


def test_full_text_leaves_nothing_out(envd):
    short, full = envd(*PYTORCH, cwd=ROOT).out, envd(*PYTORCH, "--full", cwd=ROOT).out
    assert "more lines" in short and "more lines" not in full and "…" not in full
    assert short.endswith("--full shows all of them.\n")
    assert "DEBIAN_FRONTEND=noninteractive" in full
    for step in json.loads(envd(*PYTORCH, "--format", "json", cwd=ROOT).out)["steps"]:
        assert step["digest"] in full


def test_lines_fit_into_a_hundred_columns_or_into_the_terminal(envd):
    assert max(map(len, envd(*PYTORCH, cwd=ROOT).out.splitlines())) == 100
    for columns in [72, 80, 120]:
        seen = on_terminal(PYTORCH, ROOT, columns=columns, NO_COLOR="1").decode()
        assert max(map(len, seen.splitlines())) == columns


def test_colour_is_for_terminals(envd):
    assert b"\x1b" not in envd(*PYTORCH, cwd=ROOT).stdout
    assert b"\x1b[" in on_terminal(PYTORCH, ROOT)
    assert b"\x1b" not in on_terminal(PYTORCH, ROOT, NO_COLOR="1")


def test_control_characters_do_not_reach_the_terminal(envd, tmp_path):
    program = "def build():\n    run(['echo \\x1b[31m\\x07 \u202e \x9b2J'])\n    install.apt_packages(['a\\x1bc'])\n"
    (tmp_path / "build.envd").write_text(program)
    for output in [envd("plan", cwd=tmp_path).out, envd("plan", "--full", cwd=tmp_path).out]:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)


def test_json_holds_the_same_steps(envd):
    plan = json.loads(envd(*PYTORCH, "--format", "json", cwd=ROOT).out)
    jsonschema.validate(plan, SCHEMA)
    source = (ROOT / "Examples/pytorch/build.envd").read_bytes()
    assert [step["step"] for step in plan["steps"]] == list(range(1, len(plan["steps"]) + 1))
    for step in plan["steps"]:
        assert all(need < step["step"] for need in step["needs"])
        place = step["locations"][0]
        assert source[place["start"]:place["end"]].endswith(b")")
        assert source[:place["start"]].count(b"\n") + 1 == place["line"]
        assert {**place["stack"][-1], "stack": place["stack"], "function": 0} == {**place, "function": 0}
        assert place["stack"][0]["function"] == "build"
    assert plan["runtime"]["daemons"] == [["tensorboard", "--logdir", "runs", "--port", "6006"]]


PROGRAMS = sorted(path.name for path in (ROOT / "Tests/Conformance/programs").iterdir())


@pytest.mark.parametrize("builder", ["moby-worker", "docker-container"])
def test_json_of_every_program_is_as_the_schema_says(envd, builder):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    kinds = set()
    for name in PROGRAMS:
        finished = envd("plan", f"Tests/Conformance/programs/{name}", "--builder", builder, "--format", "json", cwd=ROOT)
        if finished.status != 0:
            continue
        plan = json.loads(finished.out)
        validator.validate(plan)
        kinds.update(step["kind"] for step in plan["steps"])
        levels = {step["step"]: step["level"] for step in plan["steps"]}
        for step in plan["steps"]:
            assert step["level"] == 1 + max((levels[need] for need in step["needs"]), default=0)
    assert {"image", "local", "run", "copy", "file", "dir", "remove"} <= kinds
    assert ("merge" in kinds) == (builder == "docker-container")


OWN_STEPS = """
load("@envd/v1/llb.envd", "llb", "step")

def add(state, build):
    tools = llb.image("alpine:3.20").run("apk add git")
    state = state.run("git clone x /x", mounts=[
        llb.ssh_mount(), llb.secret_mount("token", target="/run/token"), llb.secret_mount("key", env="API_KEY"),
        llb.tmpfs_mount("/tmp/w", size=1024), llb.cache_mount("/c", id="c", sharing="locked"),
        llb.bind_mount("/tools", tools, readonly=True, selector="/usr")])
    state = state.symlink("/x", "/y").copy(tools, "/usr/bin/git", "/usr/bin/git", mode="u+x")
    return llb.merge([state, tools], name="both")

def build():
    step(add)
"""


def test_steps_of_a_programs_own(envd, tmp_path):
    (tmp_path / "build.envd").write_text(OWN_STEPS)
    plan = json.loads(envd("plan", "--format", "json", cwd=tmp_path).out)
    jsonschema.validate(plan, SCHEMA)
    clone = next(step for step in plan["steps"] if step["title"] == "git clone x /x")
    assert [call["function"] for call in clone["locations"][0]["stack"]] == ["build", "add"]
    mounts = {mount["type"]: mount for mount in clone["mounts"] if mount["target"] != "/"}
    assert sorted(mounts) == ["bind", "cache", "secret", "ssh", "tmpfs"]
    assert mounts["secret"]["id"] == "token"
    assert clone["secrets"] == [{"id": "key", "name": "API_KEY"}]
    assert {"link", "mode u+x", "key, in API_KEY", "token, at /run/token", "/tmp/w, 1024 bytes"} <= {
        word
        for line in envd("plan", "--full", cwd=tmp_path).out.splitlines()
        for word in re.split(r"  +", line)
    }


def test_upstreams_dot_is_that_of_debug_llb(envd):
    dot = envd("debug", "llb", "--dot", "--path", "Examples/pytorch", "--owner", "1000:1000", cwd=ROOT).out
    assert dot.startswith("digraph {\n") and dot.endswith("}\n")
    steps = json.loads(envd(*PYTORCH, "--format", "json", cwd=ROOT).out)["steps"]
    assert all(f'  "{step["digest"]}" [label=' in dot for step in steps)


def test_llb_is_one_object_a_line_in_an_order_that_can_be_built(envd):
    lines = envd("debug", "llb", "--path", "Examples/pytorch", cwd=ROOT).out.splitlines()
    known = set()
    for line in lines:
        operation = json.loads(line)
        assert all(given["digest"] in known for given in operation["Op"].get("inputs", []))
        known.add(operation["Digest"])
    assert len(known) == len(lines) > 40


def test_a_plan_is_the_same_every_time(envd):
    digests = {hashlib.sha256(envd("debug", "llb", "--path", "Examples/pytorch", cwd=ROOT).stdout).digest() for _ in range(3)}
    assert len(digests) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", "nowhere"],
        ["plan", "build.envd"],
        ["plan", "--owner", "me"],
        ["plan", "--from", "a:b:c"],
        ["plan", "--from", "other.envd"],
        ["plan", "--lock", "nowhere.lock"],
        ["plan", "--lock", "build.envd"],
        ["plan", "--public-key", "nowhere.pub"],
        ["plan", "--format", "svgz"],
        ["plan", "--output", "no/such/folder"],
        ["debug", "llb", "--builder", "make"],
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(envd, tmp_path, arguments):
    (tmp_path / "build.envd").write_text("def build():\n    base()\n")
    finished = envd(*arguments, cwd=tmp_path)
    assert finished.status == 2
    assert finished.out == ""
    assert finished.err.startswith("envd: ") and finished.err.count("\n") == 1


def test_an_error_in_the_program_has_its_place_a_traceback_and_status_1(envd, tmp_path):
    (tmp_path / "build.envd").write_text("def tools():\n    install.apt_packages('vim')\n\ndef build():\n    tools()\n")
    finished = envd("plan", cwd=tmp_path)
    assert finished.status == 1
    lines = finished.err.splitlines()
    assert lines[0] == "build.envd:2:5: install.apt_packages: name must be a list, not string"
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[2:4] == ["  build.envd:5:5: in build", "    tools()"]


BROKEN = """
load("lib.envd", "tool")
lib = include("https://example.com/nothing")

def packages():
    install.apt_packages("vim")

def build():
    base(image="nobody.example/none:1", dev=True)
    install.python()
    install.python_packages(requirements="missing.txt")
    packages()
    tool()
    lib.anything(1, a=2)
    io.copy(source="nowhere", target="/x")
    run(["echo all the rest"])
"""


def test_what_is_wrong_is_found_and_all_the_rest_is_planned(envd, tmp_path):
    (tmp_path / "build.envd").write_text(BROKEN)
    (tmp_path / "lib.envd").write_text('load("build.envd", "build")\n\ndef tool():\n    run(["echo tool"])\n')
    (tmp_path / "envd.lock").write_text('{"images": {"nobody.example/none:1": {"status": 404}}}')
    finished = envd("plan", "--format", "json", cwd=tmp_path)
    assert finished.status == 1
    plan = json.loads(finished.out)
    found = {
        (place["file"], place["line"]): finding["message"] for finding in plan["findings"] for place in [finding["location"]]
    }
    assert [name for name in found] == [
        ("lib.envd", 1), ("build.envd", 3), ("build.envd", 6), ("build.envd", 11), ("build.envd", 15), ("build.envd", 9),
    ]
    for (file, line), message in found.items():
        assert any(text.startswith(f"{file}:{line}:") and message in text for text in finished.err.splitlines())
    assert "loads itself" in found["lib.envd", 1]
    assert "nothing is not known" in found["build.envd", 3]
    assert "missing.txt" in found["build.envd", 11] and "nowhere" in found["build.envd", 15]
    assert "nobody.example/none:1" in found["build.envd", 9]
    commands = [step["command"] for step in plan["steps"] if step["kind"] == "run"]
    assert "echo tool" in commands[-2] and "echo all the rest" in commands[-1]
    # What the real envd refuses is no graph to send to a builder.
    assert envd("debug", "llb", "--path", ".", cwd=tmp_path).status == 1


def test_a_program_without_end_is_ended(envd, tmp_path):
    (tmp_path / "build.envd").write_text("def build():\n    for i in range(1 << 60):\n        pass\n")
    finished = envd("plan", cwd=tmp_path)
    assert finished.status == 2
    assert "limit" in finished.err or "longer" in finished.err


def test_facts_come_from_the_lock_of_the_project(envd, tmp_path):
    (tmp_path / "build.envd").write_text("def build():\n    base(image='example.com/tool')\n    run(['env'])\n")
    lock = {"images": {"example.com/*": {"Env": ["PATH=/from/lock"], "User": "worker"}}}
    (tmp_path / "envd.lock").write_text(json.dumps(lock))
    out = envd("plan", cwd=tmp_path).out
    assert "worker" in out and "envd.lock says" in out
    assert "/from/lock" in envd("debug", "llb", cwd=tmp_path).out


def test_nothing_outside_of_the_project_is_read(envd, tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "secret.envd").write_text("SECRET = 1\n")
    os.symlink(tmp_path / "secret.envd", project / "link.envd")
    for path in ["../secret.envd", "link.envd", str(tmp_path / "secret.envd")]:
        (project / "build.envd").write_text(f"load({path!r}, 'SECRET')\ndef build():\n    print(SECRET)\n")
        finished = envd("plan", cwd=project)
        assert finished.status == 1
        assert "outside of the project" in finished.err
