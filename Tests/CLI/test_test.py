"""`envd test`: which tests it finds and runs, what it prints, how it ends, and what a test can ask of a plan."""

import json
import re
import xml.etree.ElementTree

import pytest
from conftest import ROOT, on_terminal

PASSING = "def test_one():\n    assert.eq(1, 1)\n"
FAILING = "def test_two():\n    x = 1\n    print('printed', x)\n    assert.eq(x, 2)\n"


def write(folder, **files):
    """Files by name, with `_test` for `_test.envd` and `__` for a folder."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ("" if "." in name else ".envd"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def outcomes(finished):
    """The tests of a verbose report by name."""
    return dict(re.findall(r"^(\S+) (PASSED|FAILED|ERROR)$", finished.out, re.MULTILINE))


def run_one(envd, folder, body, **options):
    """Runs one test whose body is given, one statement a line."""
    text = "def test_it():\n" + "".join(f"    {line}\n" for line in body.strip().splitlines())
    (folder / "it_test.envd").write_text(text)
    return envd("test", "it_test.envd", **options)


# What is found


def test_tests_are_found_below_the_paths_in_the_order_of_their_names(envd, tmp_path):
    write(tmp_path, b_test=PASSING, a_test=PASSING, sub__c_test=PASSING, library="def test_not_here():\n    fail()\n")
    write(tmp_path, **{"sub/d_test.star": PASSING, ".hidden/e_test.envd": PASSING, "ignored/f_test.envd": PASSING})
    (tmp_path / ".gitignore").write_text("ignored\n")
    finished = envd("test", "--list")
    assert finished.status == 0
    assert finished.out.splitlines() == [
        "a_test.envd::test_one",
        "b_test.envd::test_one",
        "sub/c_test.envd::test_one",
        "sub/d_test.star::test_one",
    ]
    assert envd("test", "--list", "sub").out.count("\n") == 2
    # What is named is taken, whatever its name is.
    assert outcomes(envd("test", "-v", "library.envd")) == {"library.envd::test_not_here": "FAILED"}


def test_tests_run_in_the_order_of_the_source(envd, tmp_path):
    names = ["test_z", "test_a", "test_m"]
    text = "".join(f"def {name}():\n    pass\n" for name in names)
    write(tmp_path, a_test=text + "test_n = lambda: None\ntest_x = 1\n")
    listed = [line.split("::")[1] for line in envd("test", "--list").out.splitlines()]
    assert listed == [*names, "test_n"]


@pytest.mark.parametrize("arguments", [[], ["sub"], ["-k", "nothing"], ["--list", "-k", "nothing"], ["--list", "sub"]])
def test_no_test_is_a_failure_of_the_command(envd, tmp_path, arguments):
    (tmp_path / "sub").mkdir()
    if "-k" in arguments:
        write(tmp_path, a_test=PASSING)
    else:
        write(tmp_path, build="def build():\n    pass\n", a_test="x = 1\n")
    assert envd("test", *arguments).fails_with_one_line("test")


def test_a_file_that_cannot_be_read_does_not_hide_the_others(envd, tmp_path):
    write(tmp_path, b_test=PASSING)
    (tmp_path / "a_test.envd").symlink_to("nowhere")
    finished = envd("test")
    assert finished.status == 2
    assert "1 passed" in finished.out
    assert "cannot read 'a_test.envd'" in finished.err
    assert envd("test", "missing_test.envd").status == 2


@pytest.mark.parametrize(
    "arguments", [["-q", "-v"], ["--timeout", "0"], ["--timeout", "x"], ["--junit"], ["--nonsense"]]
)
def test_bad_usage_is_status_2_and_one_line(envd, tmp_path, arguments):
    write(tmp_path, a_test=PASSING)
    assert envd("test", *arguments).fails_with_one_line("--help")


# What is printed


def test_a_failing_test_is_shown_with_its_traceback_and_what_it_printed(envd, tmp_path):
    write(tmp_path, a_test=PASSING + FAILING, helpers="def check(x):\n    if x: fail('no ' + x)\n")
    write(tmp_path, b_test='load("helpers.envd", "check")\ndef test_deep():\n    y = check("good")\n')
    finished = envd("test")
    assert finished.status == 1
    assert finished.err == ""
    out = re.sub(r"in \d+\.\d\d s", "in 0.00 s", finished.out)
    assert out == (
        "a_test.envd .F\n"
        "b_test.envd F\n"
        "\n"
        "=================================== FAILURES ===================================\n"
        "---------------------------- a_test.envd::test_two -----------------------------\n"
        "Traceback (most recent call last):\n"
        "  a_test.envd:6:5: in test_two\n"
        "    assert.eq(x, 2)\n"
        "a_test.envd:6:5: assert.eq: 1 != 2\n"
        "\n"
        "------------------------------- captured output --------------------------------\n"
        "printed 1\n"
        "\n"
        "---------------------------- b_test.envd::test_deep ----------------------------\n"
        "Traceback (most recent call last):\n"
        "  b_test.envd:3:9: in test_deep\n"
        '    y = check("good")\n'
        "        ^^^^^^^^^^^^^\n"
        "  helpers.envd:2:11: in check\n"
        "    if x: fail('no ' + x)\n"
        "          ^^^^^^^^^^^^^^^\n"
        "  <builtin>: in fail\n"
        "helpers.envd:2:11: fail: no good\n"
        "\n"
        "FAILED a_test.envd::test_two - assert.eq: 1 != 2\n"
        "FAILED b_test.envd::test_deep - fail: no good\n"
        "\n"
        "====================== 1 passed, 2 failed in 0.00 s ======================\n"
    ).replace("====================== 1 passed, 2 failed in 0.00 s ======================", out.splitlines()[-1])
    assert re.fullmatch(r"=+ 1 passed, 2 failed in 0\.00 s =+", out.splitlines()[-1])


def test_what_passing_tests_print_is_not_shown(envd, tmp_path):
    write(tmp_path, a_test="print('at the top')\ndef test_one():\n    print('inside')\n")
    finished = envd("test")
    assert (finished.status, finished.err) == (0, "")
    assert "at the top" not in finished.out and "inside" not in finished.out


def test_verbose_is_a_line_a_test_and_quiet_only_the_last_line(envd, tmp_path):
    write(tmp_path, a_test=PASSING + FAILING)
    assert outcomes(envd("test", "-v")) == {"a_test.envd::test_one": "PASSED", "a_test.envd::test_two": "FAILED"}
    quiet = envd("test", "-q", "-k", "one")
    assert re.fullmatch(r"1 passed, 1 deselected in \d+\.\d\d s\n", quiet.out)
    assert "FAILURES" in envd("test", "-q").out


def test_a_word_chooses_tests_by_file_and_name(envd, tmp_path):
    write(tmp_path, a_test=PASSING + FAILING, b_test=PASSING)
    assert list(outcomes(envd("test", "-v", "-k", "ONE"))) == ["a_test.envd::test_one", "b_test.envd::test_one"]
    assert outcomes(envd("test", "-v", "-k", "b_test")) == {"b_test.envd::test_one": "PASSED"}
    assert outcomes(envd("test", "-v", "-k", "envd::test_two")) == {"a_test.envd::test_two": "FAILED"}


@pytest.mark.parametrize("option", ["-x", "--fail-fast"])
def test_fail_fast_stops_after_the_first_failure(envd, tmp_path, option):
    write(tmp_path, a_test=PASSING + FAILING + "def test_three():\n    pass\n", b_test=PASSING)
    assert list(outcomes(envd("test", "-v", option))) == ["a_test.envd::test_one", "a_test.envd::test_two"]


def test_colour_is_for_terminals(envd, tmp_path):
    write(tmp_path, a_test=PASSING + FAILING + "def test_three():\n    assert.eq('\\x1b[31m', '\\x07')\n    fail()\n")

    assert b"\x1b[32m.\x1b[0m" in on_terminal(["test"], tmp_path)
    assert b"\x1b" not in on_terminal(["test"], tmp_path, NO_COLOR="1")
    assert b"\x1b" not in envd("test").stdout


def test_what_a_test_says_does_not_disturb_the_terminal(envd, tmp_path):
    finished = run_one(envd, tmp_path, "print('\\x1b[31m')\nfail('\\x9b\\x07')")
    assert finished.status == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", finished.out)


# What a test is


def test_tests_do_not_see_each_other(envd, tmp_path):
    write(
        tmp_path,
        a_test="shared = []\n"
        "def test_one():\n    mine = list(shared)\n    mine.append(1)\n    assert.eq(mine, [1])\n"
        "def test_two():\n    shared.append(1)\n"
        "def test_three():\n    assert.eq(shared, [])\n",
    )
    finished = envd("test", "-v")
    assert list(outcomes(finished).values()) == ["PASSED", "FAILED", "PASSED"]
    assert "cannot append to frozen list" in finished.out


def test_a_file_that_cannot_be_run_does_not_stop_the_others(envd, tmp_path):
    write(tmp_path, a_test="x = nowhere\n" + PASSING, b_test="def test_(:\n", c_test='load("nowhere.envd", "x")\n')
    write(tmp_path, d_test="print('before')\nfail('stop')\n", e_test=PASSING)
    finished = envd("test", "-v")
    assert finished.status == 1
    assert outcomes(finished) == {
        "a_test.envd": "ERROR", "b_test.envd": "ERROR", "c_test.envd": "ERROR", "d_test.envd": "ERROR",
        "e_test.envd::test_one": "PASSED",
    }
    assert "a_test.envd:1:5: undefined name: nowhere" in finished.out
    assert "c_test.envd:1:1: cannot load nowhere.envd: no such file" in finished.out
    assert "before\n" in finished.out
    assert "1 passed, 4 errors" in finished.out
    listed = envd("test", "--list")
    assert listed.status == 1 and listed.out == "e_test.envd::test_one\n" and "undefined name" in listed.err


@pytest.mark.parametrize(
    "body, words",
    [
        ("for i in range(1 << 60): pass", ["too many steps", "longer than"]),
        ("x = [0]\nfor i in range(1 << 60): x = x + x", ["out of memory", "too large"]),
        ("assert.fails(lambda: [0 for i in range(1 << 60) if i < 0], '')", ["too many steps", "longer than"]),
        ("for i in range(1 << 60): print('x' * 1000)", ["too much output"]),
        ("plan(lambda: [i for i in range(1 << 60) if i < 0])", ["too many steps", "longer than"]),
    ],
)
def test_a_test_without_end_is_ended_and_the_next_one_runs(envd, tmp_path, body, words):
    text = "def test_one():\n" + "".join(f"    {line}\n" for line in body.splitlines())
    write(tmp_path, a_test=text + "def test_two():\n    pass\n")
    finished = envd("test", "-v", "--timeout", "2")
    assert finished.status == 1
    assert list(outcomes(finished).values())[1] == "PASSED"
    assert any(word in finished.out for word in words), finished.out


def test_recursion_without_end_is_a_short_report(envd, tmp_path):
    write(tmp_path, a_test="def test_one():\n    test_one()\n")
    finished = envd("test", "-v")
    assert outcomes(finished) == {"a_test.envd::test_one": "ERROR"}
    assert len(finished.out.splitlines()) < 40
    assert "the same call" in finished.out


def test_assert_star_lets_a_test_go_on(envd, tmp_path):
    write(
        tmp_path,
        a_test='load("assert.star", soft = "assert")\n'
        "def test_one():\n    soft.eq(1, 2)\n    soft.lt(2, 1)\n    print('end')\n"
        "def test_two():\n    soft.eq(1, 1)\n",
        b_test='load("assert.star", "assert")\nassert.eq(1, 2)\n' + PASSING,
    )
    finished = envd("test", "-v")
    assert list(outcomes(finished).values()) == ["FAILED", "PASSED", "ERROR"]
    assert "a_test.envd:3:5: assert.eq: 1 != 2" in finished.out
    assert "a_test.envd:4:5: assert.lt: 2 is not less than 1" in finished.out
    assert "end\n" in finished.out


def test_libraries_are_held_to_what_envd_accepts(envd, tmp_path):
    """A test may use all of Starlark; what it loads must work in a build."""
    test = "def test_one():\n    x = 0\n    while x < 3: x += 1\n    set([f])\n"
    write(tmp_path, a_test='load("lib.envd", "f")\nfor i in range(1): pass\n' + test, lib="f = 1\n")
    assert outcomes(envd("test", "-v")) == {"a_test.envd::test_one": "PASSED"}
    for library in ["f = assert\n", "for i in []: pass\n", "f = struct\n", 'load("assert.star", f = "assert")\n']:
        write(tmp_path, lib=library)
        finished = envd("test", "-v")
        assert outcomes(finished) == {"a_test.envd": "ERROR"}
        assert "lib.envd:1:" in finished.out


def test_loads_are_relative_to_the_test_or_to_the_project(envd, tmp_path):
    write(tmp_path, build="def build():\n    base()\n", lib='load("sub/more.envd", "x")\ny = x\n', sub__more="x = 1\n")
    write(tmp_path, sub__other='load("more.envd", "x")\nz = x\n')
    body = 'load("../lib.envd", "y")\nload("lib.envd", w = "y")\nload("near.envd", "v")\n'
    body += 'load("../sub/other.envd", "z")\ndef test_one():\n    assert.eq([v, w, y, z], [2, 1, 1, 1])\n'
    write(tmp_path, tests__a_test=body, tests__near="v = 2\n")
    for arguments, cwd in [([], tmp_path), (["tests"], tmp_path), ([str(tmp_path)], ROOT), ([], tmp_path / "tests")]:
        finished = envd("test", *arguments, cwd=cwd)
        assert finished.status == 0, finished


def test_the_project_ends_with_the_repository(envd, tmp_path):
    write(tmp_path, build="def build():\n    base()\n", lib="x = 1\n")
    write(tmp_path, repository__a_test='load("../lib.envd", "x")\n')
    assert envd("test", cwd=tmp_path / "repository").status == 2
    (tmp_path / "repository" / ".git").mkdir()
    finished = envd("test", cwd=tmp_path / "repository")
    assert finished.status == 1
    assert "'../lib.envd' is outside of the project" in finished.out


def test_nothing_outside_of_the_project_is_read(envd, tmp_path):
    write(tmp_path, secret="x = 1\n", project__build="def build():\n    base()\n")
    write(tmp_path, project__a_test='def test_one():\n    plan("../secret.envd")\n')
    write(tmp_path, project__b_test='load("../secret.envd", "x")\n')
    finished = envd("test", cwd=tmp_path / "project")
    assert finished.status == 1
    assert "there is no ../secret.envd in the project" in finished.out
    assert "'../secret.envd' is outside of the project" in finished.out


# Plans

BUILD = """
def build():
    base(dev=True)
    install.apt_packages(["vim"])

def serve():
    base(image="alpine")
"""


def test_the_plan_of_a_program_is_what_envd_plan_prints(envd, tmp_path):
    write(tmp_path, build=BUILD)
    printed = json.loads(envd("plan", "--format", "json", "--owner", "1000:1000").out)
    write(tmp_path, a_test="def test_one():\n    print(json.encode(plan(owner = '1000:1000')))\n    fail()\n")
    report = envd("test").out
    value = json.loads(next(line for line in report.splitlines() if line.startswith("{")))

    def without_none(value):
        if isinstance(value, dict):
            return {name: without_none(member) for name, member in value.items() if member is not None}
        return [without_none(element) for element in value] if isinstance(value, list) else value

    assert without_none(value) == printed
    assert printed["steps"][0]["source"].startswith("docker-image://")
    runs = [step for step in printed["steps"] if step["kind"] == "run"]
    assert any(mount["type"] == "cache" for step in runs for mount in step["mounts"])
    assert all(step["command"] == " ".join(step["arguments"]) for step in runs)


@pytest.mark.parametrize(
    "body",
    [
        "assert.eq(plan().runtime.development, True)",
        "assert.eq(plan(function = 'serve').runtime.image, 'alpine')",
        "assert.eq(plan('build.envd', 'serve').program, 'build.envd:serve')",
        "assert.eq(plan('sub').runtime.image, 'debian')",
        "assert.eq(plan('sub/build.envd').runtime.image, 'debian')",
        "assert.eq(plan(lambda: base(image = 'alpine')).runtime.image, 'alpine')",
        "assert.eq(plan(function = lambda: base(image = 'alpine')).runtime.image, 'alpine')",
        "assert.eq(plan(lambda: None).program, 'lambda')",
        "assert.contains([s.kind for s in plan(builder = 'docker-container').steps], 'merge')",
        "assert.true('merge' not in [s.kind for s in plan().steps])",
        "assert.eq(plan(owner = '0:0').runtime.user, '')",
        "assert.eq([s.digest for s in plan().steps], [s.digest for s in plan().steps])",
        "f = lambda n: len(plan(lambda: install.apt_packages(n)).steps)\nassert.eq(f(['a']), f(['b']))",
        "assert.ne(plan(lambda: run(['a'])).steps[-1].digest, plan(lambda: run(['b'])).steps[-1].digest)",
        "f = lambda: run(['a'])\nassert.eq(plan(f).steps, plan(f).steps)",
        "assert.fails(lambda: plan('nowhere.envd'), 'no nowhere.envd')",
        "assert.fails(lambda: plan(function = 'nowhere'), 'has no function nowhere')",
        "assert.fails(lambda: plan(builder = 'make'), 'builder must be')",
        "assert.fails(lambda: plan(owner = 'me'), 'UID:GID')",
        "assert.fails(lambda: plan('build.envd', lambda: 1), 'not both')",
        "assert.fails(lambda: plan(lambda: plan(lambda: 1)), 'already')",
        "assert.fails(lambda: plan(lambda: install.apt_packages('vim')), 'name must be a list, not string$')",
        "assert.fails(lambda: install.apt_packages(['vim']), 'no plan is being made')",
        "assert.fails(lambda: plan('bad'), 'bad/build.envd:2:5: base: unexpected keyword argument')",
        "assert.eq(plan(lambda: base(image = 'example.com/tool')).runtime.user, 'worker')",
        "assert.eq([f.file for f in plan(lambda: base(image = 'example.com/tool')).facts], ['envd.lock'])",
    ],
)
def test_plans(envd, tmp_path, body):
    write(tmp_path, build=BUILD, sub__build="def build():\n    base(image='debian')\n")
    write(tmp_path, bad__build="def build():\n    base(x=1)\n")
    (tmp_path / "envd.lock").write_text(json.dumps({"images": {"example.com/*": {"User": "worker"}}}))
    finished = run_one(envd, tmp_path, body)
    assert finished.status == 0, finished.out


def test_an_error_within_the_api_points_at_the_line_of_the_user(envd, tmp_path):
    write(tmp_path, lib="def tools(names):\n    install.apt_packages(name=names)\n")
    write(tmp_path, a_test='load("lib.envd", "tools")\ndef test_one():\n    plan(lambda: tools("vim"))\n')
    finished = envd("test")
    assert "lib.envd:2:5: install.apt_packages: name must be a list, not string\n" in finished.out
    assert "@envd" not in finished.out


def test_what_a_program_prints_belongs_to_the_test(envd, tmp_path):
    write(tmp_path, build="def build():\n    print('from build')\n    base()\n")
    write(tmp_path, a_test="def test_one():\n    plan()\n    plan(lambda: print('from lambda'))\n    fail()\n")
    assert "from build\nfrom lambda\n" in envd("test").out


def test_the_members_of_a_plan_are_those_that_are_documented(envd, tmp_path):
    page = (ROOT / "Examples/library/README.md").read_text().split("## Plans")[1]
    documented = set(re.findall(r"`\.?(?:steps\[i\]\.)?(\w+)`", page))
    build = "def build():\n    base(dev=True)\n    config.jupyter()\n    io.copy('a', 'b')\n"
    build += "    runtime.mount('x', 'y')\n"
    build += "    install.apt_packages(['vim'])\n    runtime.expose(1, 2)\n    config.repo(url='u', description='d')\n"
    write(tmp_path, build=build)
    (tmp_path / "a").write_text("")
    finished = envd("plan", "--format", "json")
    assert finished.status == 0, finished.err

    def names(value):
        if isinstance(value, list):
            return set().union(*map(names, value))
        if not isinstance(value, dict):
            return set()
        own = set(value)
        return own.union(*(names(member) for name, member in value.items() if name not in ["attributes", "commands"]))

    undocumented = names(json.loads(finished.out)) - documented
    assert undocumented <= {"url", "description", "port", "hostPort", "service", "listenAddress"}


# JUnit


def test_junit_is_well_formed_and_counts(envd, tmp_path):
    two = "def test_two():\n    print('\\x00<]]>\\x1b')\n    assert.eq('&<>\"\\x01', '\\r')\n"
    write(tmp_path, a_test=PASSING + two)
    write(tmp_path, sub__b_test="x = nowhere\n", c_test="def test_three():\n    for i in range(1 << 60): pass\n")
    finished = envd("test", "--junit", "report.xml", "--timeout", "1")
    assert finished.status == 1
    root = xml.etree.ElementTree.parse(tmp_path / "report.xml").getroot()
    assert [root.get(name) for name in ["tests", "failures", "errors"]] == ["4", "1", "2"]
    cases = {(case.get("classname"), case.get("name")): case for case in root.iter("testcase")}
    assert list(cases) == [
        ("a_test", "test_one"), ("a_test", "test_two"), ("c_test", "test_three"), ("sub.b_test", "(file)"),
    ]
    assert len(cases["a_test", "test_one"]) == 0
    failure = cases["a_test", "test_two"].find("failure")
    assert failure.get("message") == 'assert.eq: "&<>\\"\\x01" != "\\r"'
    assert "a_test.envd:5:5: in test_two" in failure.text
    assert cases["a_test", "test_two"].find("system-out").text == "\\x00<]]>\\x1B\n"
    assert "undefined name: nowhere" in cases["sub.b_test", "(file)"].find("error").text
    assert all(float(case.get("time")) >= 0 for case in cases.values())


def test_junit_replaces_the_file_whole(envd, tmp_path):
    write(tmp_path, a_test=PASSING)
    report = tmp_path / "report.xml"
    report.write_text("old")
    (tmp_path / "link.xml").symlink_to("report.xml")
    assert envd("test", "--junit", "link.xml").status == 0
    assert (tmp_path / "link.xml").is_symlink()
    assert report.read_text().startswith("<?xml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a_test.envd", "link.xml", "report.xml"]
    assert b"<testsuites" in envd("test", "--junit", "/dev/stdout").stdout
    failed = envd("test", "--junit", "nowhere/report.xml")
    assert failed.status == 2 and "cannot write 'nowhere/report.xml'" in failed.err


# The repository's own


def test_the_example_passes(envd):
    finished = envd("test", "Examples", cwd=ROOT)
    assert finished.status == 0, finished.out
    assert "Examples/library/training_test.envd ......." in finished.out
    assert "Examples/llb/tools_test.envd ......" in finished.out


def test_the_linter_knows_what_a_test_sees(envd, tmp_path):
    two = "def test_one():\n    assert.eq(plan().steps, json.encode(struct(a = 1)))\n"
    write(tmp_path, a_test="for i in []: pass\n" + two)
    assert envd("lint").status == 0
    write(tmp_path, b_test="def test_one():\n    assert.equal(1, 1)\n", c="x = plan\n")
    out = envd("lint").out
    assert "b_test.envd:2" in out and "c.envd:1:5: error: undefined name 'plan'" in out
    for example in ["Examples/library", "Examples/llb"]:
        assert envd("lint", example, cwd=ROOT).status == 0
        assert envd("fmt", "--check", example, cwd=ROOT).status == 0
