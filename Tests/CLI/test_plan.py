"""`envd plan` and `envd debug llb`: what they print and how they end. Whether the graph is right, Tests/Conformance tells."""

import hashlib
import json
import os

import pytest
from conftest import ROOT

PYTORCH = ["plan", "Examples/pytorch", "--owner", "1000:1000"]


def test_text_names_steps_lines_settings_and_assumptions(envd):
    finished = envd(*PYTORCH, cwd=ROOT)
    assert finished.status == 0
    assert "apt-get install build-essential htop tmux" in finished.out
    assert "Examples/pytorch/build.envd:13" in finished.out
    assert "tensorboard --logdir runs --port 6006" in finished.out
    assert "docker.io/library/ubuntu:22.04: assumed" in finished.out


def test_json_holds_the_same_steps(envd):
    plan = json.loads(envd(*PYTORCH, "--format", "json", cwd=ROOT).out)
    source = (ROOT / "Examples/pytorch/build.envd").read_bytes()
    assert [step["step"] for step in plan["steps"]] == list(range(1, len(plan["steps"]) + 1))
    for step in plan["steps"]:
        assert all(need < step["step"] for need in step["needs"])
        place = step["locations"][0]
        assert source[place["start"]:place["end"]].endswith(b")")
        assert source[:place["start"]].count(b"\n") + 1 == place["line"]
    assert plan["runtime"]["daemons"] == [["tensorboard", "--logdir", "runs", "--port", "6006"]]


def test_dot_is_the_same_in_both_commands(envd):
    dot = envd(*PYTORCH, "--format", "dot", cwd=ROOT).out
    assert dot.startswith("digraph {\n") and dot.endswith("}\n")
    assert dot == envd("debug", "llb", "--dot", "--path", "Examples/pytorch", "--owner", "1000:1000", cwd=ROOT).out


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
