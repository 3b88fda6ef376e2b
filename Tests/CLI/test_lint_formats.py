"""`envd lint --format sarif`, `github`, `junit`, held against `json`, which has a suite of its own."""

import json
import pathlib
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

import jsonschema
import pytest
from conftest import ROOT

SARIF = json.loads((ROOT / "Tests" / "Specs" / "lint" / "sarif-subset.schema.json").read_text())

# Names that each format has to escape in its own way.
FILES = {
    "build.envd": "x = bse\ny = 'é😀' + nowhere\n# envd: ignore[undefined-name]\n",
    'a b,c:d%41é<&".envd': "x = (\nx = nowhere\n",
    "sub/clean.envd": "x = 1\n",
    "sub/severity.envd": "x = nowhere\ny = set()\n",
    "sub/envd.toml": "[lint.severity]\nundefined-name = 'advice'\nset-function = 'warning'\n",
}


@pytest.fixture
def tree(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def findings(envd, *arguments):
    return json.loads(envd("lint", "--format", "json", *arguments).stdout)["findings"]


def sarif(envd, *arguments, status=1, **options):
    finished = envd("lint", "--format", "sarif", *arguments, **options)
    assert finished.status == status
    log = json.loads(finished.stdout)
    jsonschema.validate(log, SARIF)
    return log["runs"][0]


def test_every_format_has_the_same_exit_status(envd, tree):
    for format in ("text", "json", "sarif", "github", "junit"):
        assert envd("lint", "--format", format).status == 1
        assert envd("lint", "--format", format, "sub/clean.envd").status == 0
        assert envd("lint", "--format", format, "sub/clean.envd", "missing.envd").status == 2


def test_counts_stand_behind_text(envd, tree):
    count = len(findings(envd))
    assert envd("lint").err == f"{count} findings in 4 files, 1 fixable with --fix\n"
    for format in ("json", "sarif", "github", "junit"):
        assert envd("lint", "--format", format).err == ""


# MARK: SARIF


def test_sarif_has_the_findings(envd, tree):
    run = sarif(envd)
    rules = run["tool"]["driver"]["rules"]
    expected = findings(envd)
    levels = {"error": "error", "warning": "warning", "advice": "note"}
    assert len(run["results"]) == len(expected)
    for result, finding in zip(run["results"], expected):
        assert result["ruleId"] == finding["code"] == rules[result["ruleIndex"]]["id"]
        assert result["level"] == levels[finding["severity"]]
        assert result["message"]["text"] == finding["message"]
        place = result["locations"][0]["physicalLocation"]
        location = place["artifactLocation"]
        assert urllib.parse.unquote(location["uri"]) == finding["file"] and location["uriBaseId"] == "%SRCROOT%"
        assert run["artifacts"][location["index"]]["location"]["uri"] == location["uri"]
        start, end = finding["range"]["start"], finding["range"]["end"]
        assert place["region"] == {
            "startLine": start["line"],
            "startColumn": start["column"],
            "endLine": end["line"],
            "endColumn": end["column"],
            "byteOffset": start["offset"],
            "byteLength": end["offset"] - start["offset"],
        }
        changes = [fix["artifactChanges"][0]["replacements"] for fix in result.get("fixes", [])]
        edits = [fix["edits"] for fix in finding["fixes"]]
        assert [[change["insertedContent"]["text"] for change in fix] for fix in changes] == [
            [edit["replacement"] for edit in fix] for fix in edits
        ]
    assert {"note", "warning", "error"} <= {result["level"] for result in run["results"]}
    assert run["invocations"][0]["executionSuccessful"] is True


def test_related_places(envd, tmp_path):
    (tmp_path / "build.envd").write_text('é = {"a": 1, "a": 2}\n')
    (finding,) = [finding for finding in findings(envd) if "related" in finding]
    assert finding["code"] == "duplicate-key"
    assert finding["related"]["range"]["start"] == {"offset": 6, "line": 1, "column": 6}
    (result,) = [result for result in sarif(envd)["results"] if "relatedLocations" in result]
    (place,) = result["relatedLocations"]
    assert place["message"]["text"] == finding["related"]["note"]
    assert place["physicalLocation"]["region"]["startColumn"] == 6
    assert place["physicalLocation"]["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]


def test_sarif_has_the_pages_of_the_rules(envd, tree):
    rules = {rule["id"]: rule for rule in sarif(envd)["tool"]["driver"]["rules"]}
    assert rules["undefined-name"]["help"]["markdown"] == envd("explain", "undefined-name").out
    assert rules["undefined-name"]["properties"]["tags"] == ["names"]
    assert "help" not in rules["unclosed-bracket"]
    chosen = sarif(envd, "--select", "set-function", "build.envd", status=0)
    assert [rule["id"] for rule in chosen["tool"]["driver"]["rules"]] == ["set-function"]


def test_sarif_fingerprints_stay_while_lines_move(envd, tmp_path):
    def fingerprints():
        results = sarif(envd, "--select", "undefined-name")["results"]
        return [result["partialFingerprints"] for result in results]

    (tmp_path / "build.envd").write_text("x = nowhere\ny = nowhere\n")
    before = fingerprints()
    (tmp_path / "build.envd").write_text("\n# more\n\nx = nowhere\n\ny  =  nowhere\n")
    assert fingerprints() == before and before[0] != before[1]
    # Two alike are told apart.
    (tmp_path / "build.envd").write_text("def f():\n    nowhere\n    nowhere\n")
    first, second = fingerprints()[:2]
    assert first != second


def test_sarif_says_what_could_not_be_read(envd, tree):
    invocation = sarif(envd, "sub/clean.envd", "missing.envd", status=2)["invocations"][0]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert "missing.envd" in notification["message"]["text"]


def test_sarif_of_an_absolute_path_and_of_standard_input(envd, tree):
    run = sarif(envd, str(tree / "build.envd"))
    assert run["artifacts"][0]["location"]["uri"] == pathlib.Path(tree / "build.envd").as_uri()
    run = sarif(envd, "-", stdin=b"x = nowhere\n")
    assert run["artifacts"][0]["location"]["uri"] == "%3Cstdin%3E"


# MARK: GitHub

COMMAND = re.compile(r"^::(error|warning|notice) ([^:]*)::(.*)$")


def unescaped(text):
    """As GitHub's runner reads a property."""
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def test_github_has_the_findings(envd, tree):
    expected = findings(envd)
    lines = envd("lint", "--format", "github").out.splitlines()
    assert len(lines) == len(expected)
    commands = {"error": "error", "warning": "warning", "advice": "notice"}
    for line, finding in zip(lines, expected):
        command, properties, message = COMMAND.match(line).groups()
        values = {key: unescaped(value) for key, value in (item.split("=", 1) for item in properties.split(","))}
        assert command == commands[finding["severity"]]
        assert unescaped(message) == finding["message"]
        assert values["file"] == finding["file"] and values["title"] == finding["code"]
        assert int(values["line"]) == finding["range"]["start"]["line"]
        assert int(values["endLine"]) == finding["range"]["end"]["line"]
        if values["line"] == values["endLine"]:
            assert int(values["col"]) == finding["range"]["start"]["column"]


# MARK: JUnit


def test_junit_has_a_case_for_each_file(envd, tree):
    expected = findings(envd)
    suites = ElementTree.fromstring(envd("lint", "--format", "junit").stdout)
    (suite,) = suites
    cases = {case.get("name"): case for case in suite}
    assert set(cases) == {name for name in FILES if name.endswith(".envd")}
    for name, case in cases.items():
        own = [finding for finding in expected if finding["file"] == name]
        assert (case.find("failure") is None) == (not own)
        if own:
            lines = case.find("failure").text.splitlines()
            assert len(lines) == len(own)
            for line, finding in zip(lines, own):
                assert line.endswith(f"{finding['severity']}: {finding['message']} [{finding['code']}]")
    for element in (suites, suite):
        assert (element.get("tests"), element.get("failures"), element.get("errors")) == ("4", "3", "0")


def test_junit_says_what_could_not_be_read(envd, tree):
    suites = ElementTree.fromstring(envd("lint", "--format", "junit", "sub/clean.envd", "missing.envd").stdout)
    assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("2", "0", "1")
    assert "missing.envd" in suites.find(".//error").get("message")


# MARK: many files


def test_the_order_is_that_of_the_files_whichever_core_is_first(envd, tmp_path):
    """The larger the file, the earlier it stands, so that those behind are done before it."""
    for index in range(60):
        (tmp_path / f"{index:02}.envd").write_text("pass\n" * (60 - index) * 40 + f"x = nowhere{index}\n")
    expected = [f"{index:02}.envd" for index in range(60)]
    first = envd("lint", "--select", "undefined-name")
    assert re.findall(r"^(\d+\.envd):\d+:", first.out, re.MULTILINE) == expected
    for _ in range(5):
        assert envd("lint", "--select", "undefined-name").stdout == first.stdout
    report = json.loads(envd("lint", "--format", "json", "--select", "undefined-name").stdout)
    assert report["files"] == expected and [finding["file"] for finding in report["findings"]] == expected


def test_deep_trees_fit_the_stack_of_every_core(envd, tmp_path):
    for index in range(8):
        (tmp_path / f"{index}.envd").write_text("x = " + "(" * 990 + "nowhere" + ")" * 990 + "\n")
    finished = envd("lint")
    assert finished.status == 1 and finished.err.endswith("in 8 files\n")
