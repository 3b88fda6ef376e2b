"""`envd lint` runs programs, and looks at what they do."""

import json
import re
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "Tests" / "Conformance"))

from generator.mistakes import ALL_MISTAKES, broken_program  # noqa: E402
from generator.program import Generator  # noqa: E402

LOOP = """\
def build():
    base(dev=True)
    install.python()
    for name in ["numpy=1.26"]:
        install.python_packages([name])
"""


def write(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def findings(finished):
    assert finished.status in (0, 1), finished.err
    return json.loads(finished.out)["findings"]


def codes(envd, *arguments):
    return [finding["code"] for finding in findings(envd("lint", "--format", "json", *arguments))]


def test_a_run_shows_more_than_the_text(envd, tmp_path):
    write(tmp_path, build_dot_envd=LOOP)
    assert codes(envd) == ["invalid-requirement"]
    assert codes(envd, "--no-plan") == []


@pytest.mark.parametrize("setting", ["true", "false"])
def test_the_setting(envd, tmp_path, setting):
    write(tmp_path, build_dot_envd=LOOP, envd_dot_toml=f"[lint]\nplan = {setting}\n")
    assert codes(envd) == (["invalid-requirement"] if setting == "true" else [])
    assert codes(envd, "--no-plan") == []


def test_files_that_are_no_programs_are_not_run(envd, tmp_path):
    write(tmp_path, lib_dot_envd="fail('never')\n", README_dot_md=f"```envd\n{LOOP}```\n")
    assert codes(envd, "--select", "evaluation-error,invalid-requirement", ".", "README.md") == []


def test_what_is_loaded_is_run(envd, tmp_path):
    library = "def package(name):\n    install.python_packages([name])\n"
    program = 'load("lib.envd", "package")\n\ndef build():\n    base(dev=True)\n    install.python()\n    package("a=1")\n'
    write(tmp_path, lib_dot_envd=library, build_dot_envd=program)
    (finding,) = findings(envd("lint", "--format", "json"))
    assert (finding["file"], finding["code"], finding["range"]["start"]["line"]) == (
        "build.envd",
        "invalid-requirement",
        6,
    )


def test_what_is_locked_is_known(envd, tmp_path):
    library = 'def tools():\n    install.apt_packages(["git"])\n'
    program = (
        'lib = include("https://example.com/lib")\n\ndef build():\n    base(dev=True)\n    lib.tools()\n'
        '    install.apt_packages(["git"])\n'
    )
    lock = {"git": {"https://example.com/lib": "vendor/lib"}}
    (tmp_path / "vendor" / "lib").mkdir(parents=True)
    (tmp_path / "vendor" / "lib" / "tools.envd").write_text(library)
    write(tmp_path, build_dot_envd=program)
    assert codes(envd, "build.envd") == []
    write(tmp_path, envd_dot_lock=json.dumps(lock))
    assert codes(envd, "build.envd") == ["duplicate-package"]


def test_nothing_outside_of_the_project_is_read(envd, tmp_path):
    write(tmp_path, secret_dot_envd='NAME = "numpy=1"\n')
    (tmp_path / "project").mkdir()
    program = 'load("../secret.envd", "NAME")\n\ndef build():\n    base(dev=True)\n    install.python_packages([NAME])\n'
    write(tmp_path / "project", build_dot_envd=program)
    assert "invalid-requirement" not in codes(envd, "project")


def test_a_program_that_does_not_end_is_no_trouble(envd, tmp_path):
    write(tmp_path, build_dot_envd="def build():\n    base()\n    for x in range(1 << 30):\n        print(x)\n    fail()\n")
    assert codes(envd, "--select", "evaluation-error") == []


def test_only_unsafe_fixes_come_of_a_run(envd, tmp_path):
    write(tmp_path, build_dot_envd=LOOP)
    assert envd("lint", "--fix").status == 1
    assert (tmp_path / "build.envd").read_text() == LOOP
    assert envd("lint", "--unsafe-fixes").status == 0
    assert (tmp_path / "build.envd").read_text() == LOOP.replace("=1.26", "==1.26")


def test_the_same_every_time(envd):
    first = envd("lint", "--format", "json", str(ROOT / "Examples"))
    assert all(envd("lint", "--format", "json", str(ROOT / "Examples")).out == first.out for _ in range(3))


# MARK: the calls written out


def plan(envd, folder):
    finished = envd("debug", "llb", "--path", str(folder), "--owner", "1000:1000")
    return finished.out if finished.status == 0 else None


def planned_program(envd, folder, seed):
    """A random program whose values can all be written out, in a folder of its own; and how its calls are written."""
    for attempt in range(30):
        program = Generator(f"transcript/{seed}/{attempt}").program()
        place = folder / str(attempt)
        program.write(place)
        finished = envd("debug", "calls", str(place / "build.envd"))
        # Where it was made, a condition was met.
        text = finished.out.replace("bool(0)", "bool(1)")
        has_values = "_other" not in text.replace("_other = str(0)", "")
        if program.entry is None and has_values and plan(envd, place) is not None:
            return place, text
    raise AssertionError("no program can be written out")


@pytest.mark.parametrize("seed", range(40))
def test_the_calls_written_out_make_the_same_build(envd, tmp_path, seed):
    """What rules look at is what happened: the transcript has the plan of the program that it is made of."""
    folder, text = planned_program(envd, tmp_path, seed)
    expected = plan(envd, folder)
    (folder / "build.envd").write_text(text)
    assert plan(envd, folder) == expected


@pytest.mark.parametrize("seed", range(40))
def test_no_program_that_envd_takes_has_an_error_of_evaluation(envd, tmp_path, seed):
    Generator(f"valid/{seed}").program().write(tmp_path)
    assert codes(envd, "--select", "evaluation-error") == []


@pytest.mark.parametrize("number", range(0, len(ALL_MISTAKES), 4))
def test_what_ends_a_program_is_found(envd, tmp_path, number):
    """Where `envd plan` says that a program is wrong, or in a line that led there, the linter has an error."""
    for place in range(number, min(number + 4, len(ALL_MISTAKES))):
        folder = tmp_path / str(place)
        name, program = broken_program(f"lint/{place}", place)
        program.write(folder)
        plan = envd("plan", str(folder))
        # What a library does that nobody has fetched is not known.
        if plan.status != 1 or program.entry is not None or "envd lock" in plan.err:
            continue
        errors = [
            finding["range"]
            for finding in findings(envd("lint", "--format", "json", str(folder)))
            if finding["severity"] == "error" and finding["file"] == str(folder / "build.envd")
        ]
        own = re.escape(str(folder / "build.envd"))
        lines = [int(line) for line in re.findall(rf"^\s*{own}:(\d+):", plan.err, re.MULTILINE)]
        found = [x for x in errors if any(x["start"]["line"] <= line <= x["end"]["line"] for line in lines)]
        assert found or not lines, (name, plan.err)
