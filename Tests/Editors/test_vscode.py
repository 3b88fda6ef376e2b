"""The extension for VS Code: its modules in Node against stubs of VS Code, its snippets, and its copy of the grammar."""

import json
import os
import re
import shutil
import subprocess
import tomllib

import pytest

from conftest import EDITORS, GRAMMAR, ROOT

EXTENSION = EDITORS / "vscode"
SNIPPETS = json.loads((EXTENSION / "snippets" / "envd.json").read_text())


def test_the_modules(binary):
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node")
    # The program of upstream, so that the extension is seen to pass it over.
    upstream = ROOT / ".build" / "python" / "bin" / "envd"
    environment = dict(os.environ, ENVD=str(binary)) | ({"UPSTREAM_ENVD": str(upstream)} if upstream.exists() else {})
    tests = sorted(map(str, (EXTENSION / "test").glob("*.test.js")))
    finished = subprocess.run(
        [node, "--test", "--test-reporter=tap", *tests], env=environment, capture_output=True, text=True, timeout=60
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    counts = dict(re.findall(r"^# (pass|fail|skipped) (\d+)$", finished.stdout, re.MULTILINE))
    assert int(counts["pass"]) >= 25 and counts["skipped"] == "0", finished.stdout


def test_the_copy_of_the_grammar_is_one():
    copy = EXTENSION / "syntaxes" / GRAMMAR.name
    assert copy.read_bytes() == GRAMMAR.read_bytes(), f"cp {GRAMMAR.relative_to(ROOT)} {copy.relative_to(ROOT)}"


def test_the_version_is_that_of_the_binary(binary):
    manifest = json.loads((EXTENSION / "package.json").read_text())
    version = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=60).stdout
    assert manifest["version"] in version.split()
    assert f"{manifest['name']}-{manifest['version']}.vsix" in (EXTENSION / "README.md").read_text()


@pytest.mark.parametrize("page", sorted(EDITORS.glob("**/*.md")), ids=lambda page: str(page.relative_to(EDITORS)))
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        assert "://" in target or (page.parent / target).exists(), target


def test_settings_on_the_pages_are_well_formed():
    blocks = []
    for page in EDITORS.glob("**/*.md"):
        blocks += re.findall(r"^```(toml|json)\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 4
    for language, block in blocks:
        assert (tomllib if language == "toml" else json).loads(block)


def expanded(body):
    """A snippet as it stands when nothing is typed: of a choice the first, of a stop without a default nothing."""
    text = body if isinstance(body, str) else "\n".join(body)
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)
    return re.sub(r"\$\{\d+\}|\$\d+", "", text)


def test_snippets_are_expanded():
    assert expanded("f(${1|a,b|}, ${2:c d}, ${3})$0") == "f(a, c d, )"


@pytest.mark.parametrize("name", SNIPPETS)
def test_snippets_are_well_formed(binary, name, tmp_path):
    """Every snippet is a program, or part of the body of `build`, with no finding but for what it leaves to type."""
    text = expanded(SNIPPETS[name]["body"]) + "\n"
    (tmp_path / "library.envd").write_text("def name():\n    pass\n")
    for file in ("requirements.txt", "app/server.py"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("numpy\n")
    if text.startswith("load"):
        program = text + "\n\ndef build():\n    base(dev=True)\n    name()\n"
    elif not text.startswith("def "):
        program = "def build():\n    base(dev=True)\n    install.python()\n    " + text
    elif "build" in SNIPPETS[name]["prefix"]:
        program = text
    else:
        program = text + "\n\ndef build():\n    base(dev=True)\n    install.python()\n"
    file = tmp_path / ("snippet_test.envd" if SNIPPETS[name]["prefix"] == "test" else "build.envd")
    file.write_text(program)
    finished = subprocess.run(
        [binary, "lint", "--format", "json", file.name], cwd=tmp_path, capture_output=True, timeout=60
    )
    assert [each for each in json.loads(finished.stdout)["findings"] if each["severity"] == "error"] == [], program
    formatted = subprocess.run([binary, "fmt", "--check", file.name], cwd=tmp_path, capture_output=True, timeout=60)
    assert formatted.returncode == 0, program
