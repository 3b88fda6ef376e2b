"""`envd lint` over files that load each other: what it says of loads, and what it knows of what is loaded."""

import json
import os
import re

import pytest
from load_projects import LoadProject

LOAD_RULES = {"missing-load-file", "load-cycle", "load-outside", "undefined-load", "invalid-load-path", "private-load"}
BUILD = "def build():\n    base()\n"


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def findings(envd, *arguments, **options):
    finished = envd("lint", "--format", "json", *arguments, **options)
    assert finished.status in (0, 1), finished
    return [
        (each["file"], each["range"]["start"]["line"], each["code"], each["message"])
        for each in json.loads(finished.stdout)["findings"]
    ]


def codes(envd, *arguments, **options):
    return [(file, line, code) for file, line, code, _ in findings(envd, *arguments, **options)]


def test_a_tree_is_linted_with_its_loads(envd, tmp_path):
    write(
        tmp_path,
        {
            "build.envd": 'load("lib/tools.envd", "tools", "tols")\n\n\ndef build():\n    base()\n    tools(1)\n    tols()\n',
            "lib/tools.envd": 'load("lib/versions.envd", "VERSION")\nload("versions.envd", "OLD")\n\n\n'
            'def tools(name):\n    """Installs.\n\n    Args:\n      name (str): of a package.\n    """\n'
            "    install.apt_packages([name, VERSION + OLD])\n",
            "lib/versions.envd": 'VERSION = "1"\n',
        },
    )
    assert findings(envd) == [
        ("build.envd", 1, "undefined-load", "'lib/tools.envd' defines no 'tols'; did you mean 'tools'?"),
        ("build.envd", 6, "invalid-argument-type",
         "tools of lib/tools.envd: name takes a str, not an int: of a package"),
        ("lib/tools.envd", 2, "missing-load-file",
         "there is no 'versions.envd' in the project, where paths of loads begin; write 'lib/versions.envd'"),
    ]  # fmt: skip


def test_one_file_is_enough(envd, tmp_path):
    """What is loaded is read though nobody asked to check it, from wherever the tool is run."""
    write(tmp_path / "p", {"build.envd": "", "d/lib.envd": 'load("v.envd", "V")\n\nx = V + 1\n', "v.envd": 'V = "1"\n'})
    assert codes(envd, "p/d/lib.envd") == [("p/d/lib.envd", 3, "unsupported-operator")]
    assert codes(envd, "lib.envd", cwd=tmp_path / "p/d") == [("lib.envd", 3, "unsupported-operator")]
    source = (tmp_path / "p/d/lib.envd").read_bytes()
    name = ["--stdin-filename", "p/d/new.envd"]
    assert codes(envd, "-", *name, stdin=source) == [("p/d/new.envd", 3, "unsupported-operator")]
    assert codes(envd, "-", stdin=source) == []


def test_a_message_is_one_line_whatever_files_are_called(envd, tmp_path):
    write(
        tmp_path,
        {
            "build.envd": 'load("a\\nb.envd", "x")\nload("a\\rb", "y")\n\n\nbuild = [x(1), y]\n',
            "a\nb.envd": "def x():\n    pass\n",
        },
    )
    found = findings(envd, "build.envd")
    assert [code for _, _, code, _ in found] == ["missing-load-file", "too-many-arguments"]
    assert all(message.isprintable() or "\ufffd" in message for *_, message in found)
    assert all(len(message.splitlines()) == 1 for *_, message in found)


def test_a_circle_is_shown_in_each_of_its_files(envd, tmp_path):
    write(
        tmp_path,
        {
            "build.envd": 'load("a.envd", "x")\n\n\ndef build():\n    base()\n    x()\n',
            "a.envd": 'load("b.envd", "y")\n\nx = y\n',
            "b.envd": 'load("./a.envd", "x")\n\ny = x\n',
        },
    )
    found = findings(envd)
    assert [(file, line, code) for file, line, code, _ in found] == [
        ("a.envd", 1, "load-cycle"),
        ("b.envd", 1, "load-cycle"),
        # It is in no circle, and yet the build ends here.
        ("build.envd", 1, "evaluation-error"),
    ]
    assert "a.envd → b.envd → a.envd" in found[0][3]


def test_links_are_the_files_that_they_lead_to(envd, tmp_path):
    write(tmp_path, {"out/x.envd": "x = 1\n", "p/build.envd": "", "p/real.envd": 'load("zlink.envd", "x")\n\nx2 = x\n'})
    (tmp_path / "p/zlink.envd").symlink_to("real.envd")
    (tmp_path / "p/out.envd").symlink_to("../out/x.envd")
    (tmp_path / "p/user.envd").write_text('load("out.envd", "x")\n\nx2 = x\n')
    assert codes(envd, "p") == [("p/real.envd", 1, "load-cycle"), ("p/user.envd", 1, "load-outside")]


def test_nothing_outside_of_the_project_is_read(envd, tmp_path):
    write(tmp_path, {"secret.envd": "def SECRET(a):\n    pass\n", "p/build.envd": ""})
    for path in ["../secret.envd", str(tmp_path / "secret.envd"), "../none.envd"]:
        (tmp_path / "p/build.envd").write_text(
            f'load("{path}", "SECRET", "other")\n\n\ndef build():\n    SECRET(other)\n'
        )
        assert codes(envd, "p") == [("p/build.envd", 1, "load-outside")]


def test_where_no_program_is_known_nothing_is_missing(envd, tmp_path):
    """A repository of libraries: which folder its paths are seen from is the business of those who use it."""
    write(tmp_path, {"a.envd": 'load("b.envd", "x")\nload("lib/c.envd", "y")\n\nz = [x, y]\n', ".git/HEAD": ""})
    assert codes(envd) == []
    (tmp_path / "b.envd").write_text("y = 1\n")
    assert codes(envd) == [("a.envd", 1, "undefined-load")]


def test_a_library_is_not_judged_as_a_program(envd, tmp_path):
    library = 'base(dev=True)\nVERSION = "1"\n'
    write(tmp_path, {"build.envd": 'load("lib.envd", "VERSION")\n\n\ndef build():\n    run([VERSION])\n'})
    (tmp_path / "lib.envd").write_text(library)
    (tmp_path / "other.envd").write_text(library)
    assert [each for each in codes(envd) if each[2] == "missing-build"] == [("other.envd", 1, "missing-build")]


def test_a_program_that_loads_only_constants_is_known_as_a_whole(envd, tmp_path):
    """Where nothing that is loaded can call the API, what the file does not do is not done."""
    program = 'load("lib.envd", "x")\n\n\ndef build():\n    base()\n    install.python_packages(name=[x])\n'
    write(tmp_path, {"build.envd": program, "lib.envd": 'x = "numpy"\n'})
    known = codes(envd, "build.envd", "--select", "all")
    (tmp_path / "lib.envd").write_text('x = "numpy"\n\n\ndef setup():\n    install.python()\n')
    assert ("build.envd", 6, "pip-without-python") in known
    # Only who runs it knows that nobody calls this.
    unknown = codes(envd, "build.envd", "--select", "all", "--no-plan")
    assert ("build.envd", 6, "pip-without-python") not in unknown
    assert ("build.envd", 6, "pip-without-python") in codes(envd, "build.envd", "--select", "all")


def test_tests_load_from_their_own_folder(envd, tmp_path):
    write(
        tmp_path,
        {
            "build.envd": BUILD,
            "d/lib.envd": "def f(a):\n    return a\n",
            "d/lib_test.envd": 'load("assert.star", a="assert")\nload("lib.envd", "f", "g")\n\n\n'
            "def test_f():\n    a.eq(f(), g)\n",
        },
    )
    assert codes(envd) == [("d/lib_test.envd", 2, "undefined-load"), ("d/lib_test.envd", 6, "missing-argument")]


def test_an_included_library_is_known_when_it_is_on_this_machine(envd, tmp_path):
    program = (
        'lib = include("https://example.com/envdlib")\n\n\n'
        "def build():\n    base()\n    lib.tools(nam=1)\n    lib.tolls()\n    lib._hidden()\n"
    )
    write(tmp_path, {"p/build.envd": program, "library/a/tools.envd": "def tools(name):\n    pass\n\n_hidden = 1\n"})
    assert codes(envd, "p") == []
    (tmp_path / "p/envd.lock").write_text(json.dumps({"git": {"https://example.com/envdlib": "../library"}}))
    assert codes(envd, "p") == [
        ("p/build.envd", 6, "missing-argument"),
        ("p/build.envd", 6, "unknown-argument"),
        ("p/build.envd", 7, "unknown-attribute"),
        ("p/build.envd", 8, "unknown-attribute"),
    ]
    (tmp_path / "p/build.envd").write_text('load("git@https://example.com/envdlib", "tools", "none")\n\n' + BUILD)
    assert codes(envd, "p", "--select", "undefined-load") == [("p/build.envd", 1, "undefined-load")]
    # A table that cannot be read is the business of plans.
    (tmp_path / "p/envd.lock").write_text("{")
    assert codes(envd, "p", "--select", "undefined-load") == []


def test_fixes_mend_loads(envd, tmp_path):
    write(
        tmp_path,
        {
            "build.envd": 'load("//lib.envd", "tools")\nload("lib", more="tols")\n\n\n'
            "def build():\n    base()\n    tools()\n    more()\n",
            "lib.envd": "def tools():\n    pass\n",
        },
    )
    for _ in range(3):
        envd("lint", "--unsafe-fixes")
    text = (tmp_path / "build.envd").read_text()
    assert text.startswith('load("lib.envd", "tools", more="tools")\n\n')
    assert codes(envd) == []


@pytest.mark.parametrize("name", ["1tols", "to.ls", "for", "to ls", "tols\\n"])
def test_a_fix_leaves_what_can_be_parsed(envd, tmp_path, name):
    write(tmp_path, {"build.envd": f'load("lib.envd", "{name}")\n' + BUILD, "lib.envd": "tols_ = 1\nforr = 2\n"})
    report = json.loads(envd("lint", "--format", "json", "build.envd", "--select", "undefined-load").stdout)
    assert [each["code"] for each in report["findings"]] == ["undefined-load"]
    assert report["findings"][0]["fixes"] == []


def test_many_names_that_are_not_there_are_soon_told(envd, tmp_path):
    lib = "".join(f"def some_function_{number}():\n    pass\n\n\n" for number in range(3000))
    loads = "".join(f"load('lib.envd', x{number}='sme_function_{number}')\n" for number in range(2000))
    write(tmp_path, {"build.envd": loads, "lib.envd": lib})
    found = [code for *_, code in codes(envd, "build.envd", "--select", "undefined-load")]
    assert found == ["undefined-load"] * 2000


@pytest.mark.parametrize("seed", range(6))
def test_fixing_many_files_gives_the_same_as_fixing_them_one_by_one(envd, tmp_path, seed):
    """What one file gives to others is what it gave before anything was mended."""
    files = {
        "build.envd": BUILD,
        "lib.envd": 'def f(names):\n    """F.\n\n    Args:\n      names (list[str]): n.\n    """\n    print(names)\n',
    }
    for number in range(12):
        files[f"f{number}.envd"] = f'load("lib.envd", "f")\n\n\ndef g{number}():\n    f("a{seed}")\n'
    write(tmp_path / "all", files)
    write(tmp_path / "each", files)
    envd("lint", "--fix", cwd=tmp_path / "all")
    for path in files:
        envd("lint", "--fix", path, cwd=tmp_path / "each")
    for path in files:
        assert (tmp_path / "all" / path).read_text() == (tmp_path / "each" / path).read_text()
    assert 'f(["a' in (tmp_path / "all/f1.envd").read_text()


def test_debug_types_shows_what_is_loaded(envd, tmp_path):
    write(tmp_path, {"build.envd": 'load("lib.envd", "f")\n\nx = f(1)\n', "lib.envd": "def f(a):\n    return [a, 2]\n"})
    finished = envd("debug", "types", "build.envd")
    assert finished.out == "build.envd:1:18: f: (a) -> list[unknown]\nbuild.envd:3:1: x: list[unknown]\n"


def test_suppressions_of_what_depends_on_loads_are_not_idle(envd, tmp_path):
    program = b'load("lib.envd", "f")  # envd: ignore[undefined-load]\n\nx = f(1)\n'
    assert codes(envd, "-", stdin=program) == []
    write(tmp_path, {"build.envd": program.decode(), "lib.envd": ""})
    assert codes(envd) == []
    (tmp_path / "lib.envd").write_text("def f(a):\n    return a\n")
    assert codes(envd) == [("build.envd", 1, "unused-suppression")]


PLACE = re.compile(r"(?P<file>[\w/.]+\.envd):(?P<line>\d+):\d+: ")


@pytest.mark.parametrize("block", range(10))
def test_loads_fail_where_the_plan_fails(envd, tmp_path, block):
    """Random projects: where a plan ends at a load there is a finding, and where it does not there is none."""
    ends = 0
    for seed in range(block * 12, block * 12 + 12):
        project = LoadProject(seed)
        folder = tmp_path / str(seed)
        project.write(folder)
        plan = envd("debug", "llb", "--path", ".", cwd=folder)
        found = {(file, line) for file, line, code in codes(envd, ".", cwd=folder) if code in LOAD_RULES}
        if plan.status == 0:
            assert not found & reached(project), (seed, project.files)
        else:
            ends += 1
            place = PLACE.match(plan.err.splitlines()[0])
            assert place, (seed, plan.err)
            assert (os.path.normpath(place["file"]), int(place["line"])) in found, (
                seed,
                plan.err,
                found,
                project.files,
            )
    assert 0 < ends < 12


def reached(project):
    """The lines of the files that the program runs when all its loads succeed."""
    pending, lines, seen = ["build.envd"], set(), set()
    while pending:
        path = pending.pop()
        if path in seen:
            continue
        seen.add(path)
        for number, line in enumerate(project.files[path].splitlines(), 1):
            lines.add((path, number))
            if match := re.match(r'load\("(.*?)"', line):
                parts = [part for part in match[1].split("/") if part != "."]
                while ".." in parts:
                    index = parts.index("..")
                    del parts[index - 1 : index + 1]
                pending.append("/".join(parts))
    return lines
