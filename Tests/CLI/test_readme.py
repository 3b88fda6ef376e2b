"""The terminal excerpts of README.md are what the commands print. UPDATE_SPECS=1 writes them anew instead."""

import os
import re
import subprocess

import pytest
from conftest import BINARY, ENVIRONMENT, ROOT

README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command):
    environment = ENVIRONMENT | {"PATH": f"{BINARY.parent}:{ENVIRONMENT['PATH']}"}
    completed = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return f"$ {command}\n{completed.stdout}"


def session(block):
    """The block's commands with what they print now."""
    return "\n".join(run(line[2:]).strip("\n") for line in block.splitlines() if line.startswith("$ ")) + "\n"


def test_excerpts_are_what_the_commands_print():
    text = README.read_text()
    assert BLOCK.search(text)
    if os.environ.get("UPDATE_SPECS") == "1":
        README.write_text(BLOCK.sub(lambda match: f"```console\n{session(match[1])}```", text))
        return
    for match in BLOCK.finditer(text):
        assert match[1] == session(match[1])


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_example_of_the_engine_is_the_one_that_runs():
    source = (ROOT / "Tests" / "StarlarkTests" / "EmbeddingExample.swift").read_text()
    example = source.split("// begin of the example\n")[1].split("// end of the example\n")[0].strip()
    assert f"```swift\n{example}\n```" in (ROOT / "Sources" / "Starlark" / "README.md").read_text()


def test_every_command_has_its_line_in_the_readme(envd):
    listed = re.findall(r"^  ([a-z]+) ", envd("--help").out.split("SUBCOMMANDS:")[1], re.MULTILINE)
    table = README.read_text()
    for command in listed:
        assert f"`envd {command}" in table, command
