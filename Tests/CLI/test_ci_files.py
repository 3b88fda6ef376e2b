"""action.yml and .pre-commit-hooks.yaml: that they are what GitHub and pre-commit read, and that what they run works."""

import json
import os
import shlex
import subprocess

import pytest
import yaml
from conftest import BINARY, ENVIRONMENT, ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


def run_action(folder, **inputs):
    """The last step of the action, as a runner runs it: with the inputs in the variables that the step names."""
    values = {name: definition["default"] for name, definition in ACTION["inputs"].items()} | inputs
    step = ACTION["runs"]["steps"][-1]
    variables = {
        name: values[text.removeprefix("${{ inputs.").removesuffix(" }}")] for name, text in step["env"].items()
    }
    assert step["shell"] == "bash"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=ENVIRONMENT | {"GITHUB_ACTION_PATH": str(ROOT)} | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_action_has_what_github_asks_for():
    assert {"name", "description", "runs"} <= set(ACTION)
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        assert {"shell", "run"} <= set(step)
        assert "${{" not in step["run"], "an input could be a command"
    for name, definition in ACTION["inputs"].items():
        assert set(definition) == {"description", "default"}, name
        assert isinstance(definition["default"], str), name


def test_the_action_annotates(tmp_path):
    (tmp_path / "build.envd").write_text("x = nowhere\n")
    finished = run_action(tmp_path, envd=str(BINARY))
    assert finished.returncode == 1
    assert finished.stdout.startswith("::error file=build.envd,line=1,")
    (tmp_path / "build.envd").write_text("x = 1\n")
    assert run_action(tmp_path, envd=str(BINARY)).returncode == 0


def test_the_action_uses_what_it_has_built(tmp_path):
    """Where no binary is given: where scripts/build leaves one."""
    (tmp_path / "build.envd").write_text("x = nowhere\n")
    action = tmp_path / "action"
    (action / ".build" / "release").mkdir(parents=True)
    os.symlink(BINARY, action / ".build" / "release" / "envd")
    step = ACTION["runs"]["steps"][-1]["run"]
    finished = subprocess.run(
        ["bash", "-ec", step],
        cwd=tmp_path,
        env=ENVIRONMENT | {"GITHUB_ACTION_PATH": str(action), "PATHS": "build.envd", "FORMAT": "github"},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 1 and "::error" in finished.stdout


def test_the_inputs_of_the_action(tmp_path):
    (tmp_path / "a.envd").write_text("x = nowhere\n")
    (tmp_path / "b.envd").write_text("x = set()\n")
    (tmp_path / "*.envd").write_text("x = 1\n")
    finished = run_action(
        tmp_path, envd=str(BINARY), paths="a.envd b.envd", arguments="--select set-function", format="sarif", output="o"
    )
    assert (finished.returncode, finished.stdout) == (1, "")
    results = json.loads((tmp_path / "o").read_text())["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["set-function"]
    # Nothing of an input is run or expanded.
    finished = run_action(tmp_path, envd=str(BINARY), paths="*.envd", arguments="")
    assert (finished.returncode, finished.stdout) == (0, "")
    finished = run_action(tmp_path, envd=str(BINARY), paths="$(touch pwned);touch pwned")
    assert finished.returncode == 2 and not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_the_hooks_are_what_precommit_reads(hook):
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    # pre-commit builds such a hook with `swift build`, and looks for the program that the entry names.
    assert hook["language"] == "swift" and (ROOT / "Package.swift").exists()
    assert shlex.split(hook["entry"])[0] == "envd"


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_the_hooks_do_their_work(tmp_path, hook):
    """pre-commit appends the names of files to the entry."""
    (tmp_path / "build.envd").write_text("x = nowhere  +1\n")
    (tmp_path / "good.envd").write_text("x = 1\n")

    def run(*files):
        environment = ENVIRONMENT | {"PATH": f"{BINARY.parent}:{ENVIRONMENT['PATH']}"}
        command = [*shlex.split(hook["entry"]), *files]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    assert run("good.envd").returncode == 0
    finished = run("build.envd", "good.envd")
    if hook["id"] == "envd-lint":
        assert finished.returncode == 1 and "undefined name 'nowhere'" in finished.stdout
    else:
        # pre-commit sees by itself that a file has changed.
        assert finished.returncode == 0 and (tmp_path / "build.envd").read_text() == "x = nowhere + 1\n"


def test_the_lint_hook_heeds_the_exclusions(tmp_path):
    (tmp_path / "envd.toml").write_text("[lint]\nexclude = ['vendor/']\n")
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "a.envd").write_text("x = nowhere\n")
    (entry,) = [hook["entry"] for hook in HOOKS if hook["id"] == "envd-lint"]
    command = [BINARY, *shlex.split(entry)[1:], "vendor/a.envd"]
    assert subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True).returncode == 0
