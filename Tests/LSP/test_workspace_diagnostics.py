"""Diagnostics of all files of a workspace, for clients that ask for them, and how far the work has come."""

import subprocess

import pytest
from client import BINARY, Client, document

GOOD = "def helper():\n    return 1\n"
BAD = "def build():\n    base(dev=True)\n    instal.python()\n"
CAPABILITIES = {
    "textDocument": {"diagnostic": {}},
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
}


@pytest.fixture
def project(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "build.envd").write_text(BAD)
    (tmp_path / "lib" / "good.envd").write_text(GOOD)
    (tmp_path / "out" / "bad.envd").write_text("x = y\n")
    (tmp_path / "envd.toml").write_text('[lint]\nexclude = ["out/**"]\n')
    return tmp_path


def initialize(client, folder, capabilities=CAPABILITIES):
    result = client.initialize(capabilities, workspaceFolders=[{"uri": folder.as_uri(), "name": "project"}])
    assert result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"]


def pull(client, known=(), **more):
    previous = [{"uri": uri, "value": value} for uri, value in known]
    return client.call("workspace/diagnostic", {"previousResultIds": previous, **more})["items"]


def ids(items):
    return [(item["uri"], item["resultId"]) for item in items]


def codes(items):
    return {item["uri"].rpartition("/")[2]: [finding["code"] for finding in item["items"]] for item in items}


def test_closed_files_have_what_lint_finds_in_them(project):
    with Client(answers=True) as client:
        initialize(client, project)
        items = pull(client)
        assert codes(items) == {"build.envd": ["undefined-name"], "good.envd": []}
        assert all(item["version"] is None for item in items)
        printed = subprocess.run([BINARY, "lint", project], capture_output=True, text=True, cwd=project).stdout
        for item in items:
            for finding in item["items"]:
                assert f"[{finding['code']}]" in printed
        assert "out/bad.envd" not in printed


def test_of_an_open_document_the_clients_text_counts(project):
    with Client(answers=True) as client:
        initialize(client, project)
        uri = (project / "build.envd").as_uri()
        client.open(uri, BAD.replace("instal.", "install."), version=7)
        items = {item["uri"]: item for item in pull(client)}
        assert (items[uri]["version"], items[uri]["items"]) == (7, [])
        own = client.call("textDocument/diagnostic", document(uri, previousResultId=items[uri]["resultId"]))
        assert own["kind"] == "unchanged"


def test_a_client_that_knows_all_waits_for_a_change(project):
    with Client(answers=True) as client:
        initialize(client, project)
        known = ids(pull(client))
        previous = [{"uri": uri, "value": value} for uri, value in known]
        waiting = client.request("workspace/diagnostic", {"previousResultIds": previous})
        # Others are answered meanwhile.
        client.open("untitled:1", "")
        assert client.call("textDocument/diagnostic", document("untitled:1"))["items"] == []
        uri = (project / "build.envd").as_uri()
        client.open(uri, BAD.replace("instal.", "install."))
        items = client.response(waiting)["result"]["items"]
        # The untitled document is new too; the rest is as it was.
        new = {item["uri"] for item in items if item["kind"] == "full"}
        if uri not in new:
            # The first document alone was a change, if the second came much later.
            new |= {item["uri"] for item in pull(client, ids(items)) if item["kind"] == "full"}
        assert new == {uri, "untitled:1"}


def test_a_change_right_behind_the_question_is_not_missed(project):
    uri = (project / "build.envd").as_uri()
    for _ in range(10):
        with Client(answers=True) as client:
            initialize(client, project)
            previous = [{"uri": known, "value": value} for known, value in ids(pull(client))]
            # Both arrive at once, so that the change is there before the question's turn comes.
            with client.at_once():
                waiting = client.request("workspace/diagnostic", {"previousResultIds": previous})
                client.open(uri, GOOD)
            items = client.response(waiting)["result"]["items"]
            assert [item["uri"] for item in items if item["kind"] == "full"] == [uri]


def test_waiting_ends_when_it_is_cancelled_and_at_shutdown(project):
    with Client(answers=True) as client:
        initialize(client, project)
        previous = [{"uri": uri, "value": value} for uri, value in ids(pull(client))]
        first, second = (
            client.request("workspace/diagnostic", {"previousResultIds": previous}) for _ in range(2)
        )
        client.notify("$/cancelRequest", {"id": first})
        assert client.response(first)["error"]["code"] == -32800
        shutdown = client.request("shutdown")
        assert client.response(second)["error"]["code"] == -32800
        client.response(shutdown)
        client.notify("exit")
        client.drain()
        assert client.exit_status() == 0


def test_files_of_the_disk_that_change_and_go(project):
    with Client(answers=True) as client:
        initialize(client, project)
        known = ids(pull(client))
        path = project / "build.envd"
        previous = [{"uri": uri, "value": value} for uri, value in known]
        waiting = client.request("workspace/diagnostic", {"previousResultIds": previous})
        path.unlink()
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 3}]})
        items = {item["uri"]: item for item in client.response(waiting)["result"]["items"]}
        assert items[path.as_uri()]["items"] == []


def test_a_client_that_watches_nothing_is_answered_at_once(project):
    with Client() as client:
        initialize(client, project, {"textDocument": {"diagnostic": {}}})
        items = pull(client, ids(pull(client)))
        assert {item["kind"] for item in items} == {"unchanged"}


def test_folders_come_and_go(project, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "more.envd").write_text("x = y\n")
    folder = {"uri": other.as_uri(), "name": "other"}
    inner = {"uri": (project / "lib").as_uri(), "name": "a folder of the first"}
    with Client() as client:
        initialize(client, project, {"textDocument": {"diagnostic": {}}})
        before = codes(pull(client))
        assert "more.envd" not in before
        client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [folder, inner], "removed": []}})
        after = codes(pull(client))
        assert after["more.envd"] == ["undefined-name"] and len(after) == len(before) + 1
        client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [folder]}})
        assert codes(pull(client)) == before


def progress(client, token):
    return [
        message["params"]["value"]
        for message in client.log
        if message.get("method") == "$/progress" and message["params"]["token"] == token
    ]


def test_progress_and_parts(project):
    for number in range(40):
        (project / "lib" / f"f{number:02}.envd").write_text(f"x = y{number}\n")
    with Client(answers=True) as client:
        initialize(client, project)
        whole = pull(client)
        assert len(whole) == 42
        assert pull(client, workDoneToken="w", partialResultToken=7) == []
        parts = progress(client, 7)
        assert len(parts) > 1 and [item for part in parts for item in part["items"]] == whole
        steps = progress(client, "w")
        assert [step["kind"] for step in steps] == ["begin"] + ["report"] * (len(steps) - 2) + ["end"]
        percentages = [step["percentage"] for step in steps[:-1]]
        assert percentages == sorted(percentages) and percentages[-1] > 50


def test_long_lists_come_in_parts(project):
    text = "x = 1\n" + "".join(f"y{n} = x\n" for n in range(250))
    with Client(answers=True) as client:
        initialize(client, project)
        client.open("untitled:1", text)
        place = document(
            "untitled:1", position={"line": 0, "character": 0}, context={"includeDeclaration": True}
        )
        whole = client.call("textDocument/references", place)
        assert len(whole) == 251
        assert client.call("textDocument/references", {**place, "partialResultToken": "p"}) == []
        parts = progress(client, "p")
        assert [location for part in parts for location in part] == whole and len(parts) == 3
        # A short one comes at once.
        short = document("untitled:1", position={"line": 3, "character": 0}, context={"includeDeclaration": True})
        assert len(client.call("textDocument/references", {**short, "partialResultToken": "q"})) == 1
        assert progress(client, "q") == []
