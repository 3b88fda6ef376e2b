"""Plans in the editor: requests, lenses, and findings that only a run shows."""

import json
import subprocess

import pytest
from client import BINARY, Client, document, position, span

LIBRARY = 'def tools(names):\n    install.apt_packages(name=names)\n'
PROGRAM = 'load("tools.envd", "tools")\n\n\ndef build():\n    base(dev=True)\n    tools(names=["git-lfs"])\n'
CAPABILITIES = {
    "textDocument": {"publishDiagnostics": {"versionSupport": True}, "codeLens": {}},
    "workspace": {"codeLens": {"refreshSupport": True}},
    "experimental": {"planChanged": True, "commands": ["envd.showPlan", "envd.up"]},
}


@pytest.fixture
def project(tmp_path):
    (tmp_path / "build.envd").write_text(PROGRAM)
    (tmp_path / "tools.envd").write_text(LIBRARY)
    return tmp_path


def started(client, project, text=PROGRAM, capabilities=CAPABILITIES):
    client.initialize(capabilities)
    uri = (project / "build.envd").as_uri()
    client.open(uri, text)
    return uri


def test_the_plan_is_that_of_the_command(project):
    with Client(answers=True) as client:
        uri = started(client, project)
        plan = client.call("envd/plan", document(uri, format="json"))
        printed = subprocess.run(
            [BINARY, "plan", "--format", "json", project], check=True, capture_output=True, text=True
        ).stdout
        assert [step["digest"] for step in json.loads(plan["content"])["steps"]] == [
            step["digest"] for step in json.loads(printed)["steps"]
        ]
        assert plan["version"] == 1
        assert plan["problems"] == []
        assert f"{len(plan['steps'])} steps" in plan["summary"]
        assert [step["number"] for step in plan["steps"]] == list(range(1, len(plan["steps"]) + 1))


def test_steps_know_the_calls_of_the_document(project):
    with Client(answers=True) as client:
        uri = started(client, project)
        steps = client.call("envd/plan", document(uri))["steps"]
        (step,) = [step for step in steps if "git-lfs" in step["title"]]
        assert {"start": position(5, 4), "end": position(5, 28)} in step["calls"]


def test_plans_are_of_what_is_not_saved(project):
    with Client(answers=True) as client:
        uri = started(client, project)
        client.change(uri, 2, {"text": PROGRAM.replace("git-lfs", "htop")})
        client.open((project / "tools.envd").as_uri(), LIBRARY.replace("names)\n", 'names + ["tmux"])\n'))
        content = client.call("envd/plan", document(uri))["content"]
        assert "htop" in content and "tmux" in content and "git-lfs" not in content


def test_other_functions_and_formats(project):
    with Client(answers=True) as client:
        uri = started(client, project, PROGRAM + '\n\ndef small():\n    base(image="ubuntu:22.04")\n')
        small = client.call("envd/plan", document(uri, function="small"))
        assert 0 < len(small["steps"]) < len(client.call("envd/plan", document(uri))["steps"])
        for form, mark in {"html": "<!doctype html>", "svg": "<svg", "dot": "digraph", "mermaid": "flowchart"}.items():
            assert mark in client.call("envd/plan", document(uri, format=form))["content"].lower()
        assert client.error("envd/plan", document(uri, format="pb")) == -32803
        assert client.error("envd/plan", document(uri, function="none")) == -32803


def test_a_program_that_cannot_run_has_no_plan(project):
    with Client(answers=True) as client:
        uri = started(client, project, "def build():\n    base(dev=True)\n    fail('no')\n")
        assert client.error("envd/plan", document(uri)) == -32803
        client.open("untitled:1", PROGRAM)
        assert client.error("envd/plan", document("untitled:1")) == -32803


def test_what_would_be_rebuilt_since_a_commit(project):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y", *words], cwd=project, check=True)

    with Client(answers=True) as client:
        uri = started(client, project)
        assert client.error("envd/planDiff", document(uri)) == -32803
        git("init", "-q")
        git("add", ".")
        git("commit", "-qm", "first")
        assert client.call("envd/planDiff", document(uri))["isEmpty"]
        client.change(uri, 2, {"text": PROGRAM.replace("git-lfs", "htop")})
        difference = client.call("envd/planDiff", document(uri))
        assert not difference["isEmpty"] and "htop" in difference["content"]
        assert client.error("envd/planDiff", document(uri, against="no-such-revision")) == -32803


def test_a_changed_plan_is_announced(project):
    with Client(answers=True) as client:
        uri = started(client, project)
        first = client.notification("envd/planChanged")
        assert (first["uri"], first["version"]) == (uri, 1)
        assert first["stepCount"] == len(client.call("envd/plan", document(uri))["steps"])
        # A comment changes nothing in it.
        client.change(uri, 2, {"text": PROGRAM + "# nothing\n"})
        client.change(uri, 3, {"text": PROGRAM.replace("dev=True", "dev=False")})
        second = client.notification("envd/planChanged")
        assert second["version"] == 3 and second["stepCount"] != first["stepCount"]


def test_others_get_no_such_notification(project):
    with Client(answers=True) as client:
        uri = started(client, project, capabilities={})
        client.call("envd/plan", document(uri))
        client.leave()
        assert [message for message in client.log if message.get("method") == "envd/planChanged"] == []


def test_lenses_name_the_commands_of_the_client(project):
    with Client(answers=True) as client:
        uri = started(client, project)
        count = client.notification("envd/planChanged")["stepCount"]
        lenses = client.call("textDocument/codeLens", document(uri))
        # They may have been shown before the program had been run.
        assert [message["method"] for message in client.asked] == ["workspace/codeLens/refresh"]
        assert [(lens["command"]["command"], lens["command"]["title"]) for lens in lenses] == [
            ("envd.showPlan", f"{count} steps"),
            ("envd.up", "envd up"),
        ]
        assert all(lens["command"]["arguments"] == [uri, "build"] for lens in lenses)
        assert all(lens["range"]["start"] == position(3, 4) for lens in lenses)


def test_findings_of_a_run_come_second(project):
    program = (
        "def build():\n    base(dev=True)\n    install.conda()\n    install.python()\n"
        '    for name in ["numpy>=1", "numpy>=1"]:\n        install.python_packages(name=[name])\n'
    )
    (project / "build.envd").write_text(program)
    printed = subprocess.run(
        [BINARY, "lint", "--format", "json", "build.envd"], cwd=project, capture_output=True, text=True
    ).stdout
    expected = sorted(finding["code"] for finding in json.loads(printed)["findings"])
    with Client(answers=True) as client:
        uri = started(client, project, program)
        first = client.diagnostics(uri, 1)
        second = client.diagnostics(uri, 1)
        assert sorted(finding["code"] for finding in second) == expected
        assert len(first) < len(second)
        assert all(finding in second for finding in first)


def test_what_a_call_adds_is_a_hint_and_part_of_its_hover(project):
    with Client(answers=True) as client:
        capabilities = {
            "textDocument": {"inlayHint": {}, "hover": {"contentFormat": ["markdown"]}},
            "workspace": {"inlayHint": {"refreshSupport": True}},
            "experimental": {"planChanged": True},
        }
        uri = started(client, project, capabilities=capabilities)
        client.notification("envd/planChanged")
        steps = client.call("envd/plan", document(uri))["steps"]
        hints = client.call("textDocument/inlayHint", document(uri, range=span(0, 0, 9, 0)))
        hints = {hint["position"]["line"]: hint for hint in hints if "steps" in hint["label"] or "step" in hint["label"]}
        for line, width in [(4, 18), (5, 28)]:
            own = [step for step in steps if {"start": position(line, 4), "end": position(line, width)} in step["calls"]]
            assert own and hints[line]["position"] == position(line, width)
            assert hints[line]["label"] == ("1 step" if len(own) == 1 else f"{len(own)} steps")
            for step in own[:12]:
                assert f"{step['number']}. `{step['title']}`" in hints[line]["tooltip"]["value"]
        hover = client.call("textDocument/hover", document(uri, position=position(5, 5)))["contents"]["value"]
        assert hints[5]["tooltip"]["value"] in hover
        # What has not been run adds nothing that is known.
        client.change(uri, 2, {"text": PROGRAM.replace("git-lfs", "htop")})
        later = client.call("textDocument/inlayHint", document(uri, range=span(0, 0, 9, 0)))
        assert not any("step" in hint["label"] for hint in later)


def test_the_lens_says_what_would_be_rebuilt(project):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y", *words], cwd=project, check=True)

    capabilities = {"experimental": {"commands": ["envd.showPlanDiff"]}}
    with Client(answers=True) as client:
        uri = started(client, project, capabilities=capabilities)
        (lens,) = client.call("textDocument/codeLens", document(uri))
        assert "command" not in lens
        assert client.call("codeLens/resolve", lens)["command"]["title"] == "changes since HEAD"
        git("init", "-q")
        git("add", ".")
        git("commit", "-qm", "first")
        assert client.call("codeLens/resolve", lens)["command"]["title"] == "nothing to rebuild since HEAD"
        client.change(uri, 2, {"text": PROGRAM.replace("git-lfs", "htop")})
        resolved = client.call("codeLens/resolve", lens)
        count = len(client.call("envd/plan", document(uri))["steps"])
        assert resolved["command"]["title"].endswith(f" of {count} to rebuild since HEAD")
        assert resolved["command"]["arguments"] == [uri, "build"]
        assert resolved["range"] == lens["range"]
        assert client.error("codeLens/resolve", {"range": span(0, 0, 0, 0), "command": resolved["command"]}) == -32602
