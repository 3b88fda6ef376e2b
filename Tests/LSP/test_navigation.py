"""Definitions, references and colours, in one file, across files, and into the API."""

import pathlib

import pytest
from client import Client, document, position

FILES = {
    "build.envd": 'load("lib/tools.envd", "setup", alias="helper")\n\n\ndef build():\n    base(dev=True)\n    setup(size=3)\n    alias()\n',
    "lib/tools.envd": 'LIMIT = 5\n\n\ndef setup(size):\n    """Sets up."""\n    run(commands=["echo %d" % min(size, LIMIT)])\n\n\ndef helper():\n    setup(size=LIMIT)\n',
}
ENCODINGS = ["utf-8", "utf-16", "utf-32"]


@pytest.fixture
def project(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def started(client, project, name="build.envd", capabilities=None):
    client.initialize(capabilities)
    uri = (project / name).as_uri()
    client.open(uri, (project / name).read_text())
    return uri


def places(project, locations):
    """Each location as file, line and column."""
    return sorted(
        (
            str(pathlib.Path(location["uri"].removeprefix("file://")).relative_to(project)),
            location["range"]["start"]["line"],
            location["range"]["start"]["character"],
        )
        for location in locations
    )


def test_definition_in_another_file(project):
    with Client() as client:
        uri = started(client, project)
        found = client.call("textDocument/definition", document(uri, position=position(5, 5)))
        assert places(project, found) == [("lib/tools.envd", 3, 4)]
        # Its `load` statement is where it comes into the file.
        found = client.call("textDocument/declaration", document(uri, position=position(5, 5)))
        assert places(project, found) == [("build.envd", 0, 23)]


def test_an_alias_leads_to_what_it_stands_for(project):
    with Client() as client:
        uri = started(client, project)
        found = client.call("textDocument/definition", document(uri, position=position(6, 6)))
        assert places(project, found) == [("lib/tools.envd", 8, 4)]


def test_a_keyword_argument_leads_to_the_parameter(project):
    with Client() as client:
        uri = started(client, project)
        found = client.call("textDocument/definition", document(uri, position=position(5, 11)))
        assert places(project, found) == [("lib/tools.envd", 3, 10)]


def test_links_say_where_one_came_from(project):
    capabilities = {"textDocument": {"definition": {"linkSupport": True}}}
    with Client() as client:
        uri = started(client, project, capabilities=capabilities)
        (link,) = client.call("textDocument/definition", document(uri, position=position(5, 5)))
        assert link["originSelectionRange"]["start"] == position(5, 4)
        assert link["originSelectionRange"]["end"] == position(5, 9)
        assert link["targetRange"]["start"] == position(3, 0)
        assert link["targetSelectionRange"]["start"] == position(3, 4)


def test_what_is_not_saved_counts(project):
    with Client() as client:
        uri = started(client, project)
        other = (project / "lib/tools.envd").as_uri()
        client.open(other, "\n\n" + FILES["lib/tools.envd"])
        found = client.call("textDocument/definition", document(uri, position=position(5, 5)))
        assert places(project, found) == [("lib/tools.envd", 5, 4)]
        client.close(other)
        found = client.call("textDocument/definition", document(uri, position=position(5, 5)))
        assert places(project, found) == [("lib/tools.envd", 3, 4)]


def test_references_across_files(project):
    everywhere = [("build.envd", 0, 24), ("build.envd", 5, 4), ("lib/tools.envd", 3, 4), ("lib/tools.envd", 9, 4)]
    with Client() as client:
        uri = started(client, project)
        ask = document(uri, position=position(5, 5), context={"includeDeclaration": True})
        assert places(project, client.call("textDocument/references", ask)) == everywhere
        ask["context"]["includeDeclaration"] = False
        found = places(project, client.call("textDocument/references", ask))
        assert found == [place for place in everywhere if place != ("lib/tools.envd", 3, 4)]


def test_references_of_a_parameter_include_the_calls_that_name_it(project):
    with Client() as client:
        uri = started(client, project, "lib/tools.envd")
        ask = document(uri, position=position(3, 11), context={"includeDeclaration": True})
        assert places(project, client.call("textDocument/references", ask)) == [
            ("build.envd", 5, 10),
            ("lib/tools.envd", 3, 10),
            ("lib/tools.envd", 5, 34),
            ("lib/tools.envd", 9, 10),
        ]


def test_highlights_tell_writes_from_reads(project):
    text = "def f(x):\n    y = x\n    y = y + x\n    return y\n"
    (project / "one.envd").write_text(text)
    with Client() as client:
        uri = started(client, project, "one.envd")
        found = client.call("textDocument/documentHighlight", document(uri, position=position(3, 11)))
        assert [(mark["range"]["start"]["line"], mark["kind"]) for mark in found] == [(1, 3), (2, 3), (2, 2), (3, 2)]


# The API


def test_the_api_is_a_document_of_the_server(project):
    capabilities = {"experimental": {"preludeDocuments": True}}
    with Client() as client:
        uri = started(client, project, capabilities=capabilities)
        (location,) = client.call("textDocument/definition", document(uri, position=position(4, 5)))
        assert location["uri"] == "envd-prelude:/v1/universe.envd"
        text = client.call("envd/preludeSource", {"uri": location["uri"]})["text"]
        start, end = location["range"]["start"], location["range"]["end"]
        line = text.splitlines()[start["line"]]
        assert line[start["character"] : end["character"]] == "base"


def test_the_api_is_a_file_for_other_clients(project, tmp_path):
    cache = tmp_path / "cache"
    with Client(env={"XDG_CACHE_HOME": str(cache), "HOME": str(tmp_path)}) as client:
        uri = started(client, project)
        (location,) = client.call("textDocument/definition", document(uri, position=position(4, 5)))
        path = pathlib.Path(location["uri"].removeprefix("file://"))
        assert path.is_relative_to(cache)
        line = path.read_text().splitlines()[location["range"]["start"]["line"]]
        assert line.startswith("def base(")
        # A change of it would change nothing.
        assert path.stat().st_mode & 0o222 == 0


def test_there_is_no_other_document_of_the_server(project):
    with Client() as client:
        started(client, project)
        for uri in ["envd-prelude:/v1/none.envd", "envd-prelude:", "file:///etc/passwd", "envd-prelude:/../etc/passwd"]:
            assert client.error("envd/preludeSource", {"uri": uri}) == -32602


# Colours

LEGEND = {
    "tokenTypes": ["namespace", "type", "parameter", "variable", "property", "function", "method"],
    "tokenModifiers": ["declaration", "readonly", "defaultLibrary"],
    "formats": ["relative"],
    "requests": {"full": {"delta": True}, "range": True},
    "augmentsSyntaxTokens": True,
}


def decoded(text, data, legend, encoding):
    """Each token as its text, its type and its modifiers."""
    lines = text.splitlines()
    line = character = 0
    found = []
    for index in range(0, len(data), 5):
        down, right, length, kind, modifiers = data[index : index + 5]
        character = right if down else character + right
        line += down
        units = lines[line].encode({"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding])
        width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
        piece = units[character * width : (character + length) * width]
        names = [name for bit, name in enumerate(legend["tokenModifiers"]) if modifiers >> bit & 1]
        piece = piece.decode({"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding])
        found.append((piece, legend["tokenTypes"][kind], *names))
    return found


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_colours_by_meaning(tmp_path, encoding):
    text = 'ÄÖ😀 = 1\n\n\ndef f(x):\n    s = "😀"; install.python(version=s)\n    return s.upper() + str(x + LIMIT)\n\n\nLIMIT = 2\n'
    text = text.replace("ÄÖ😀", "A")
    path = tmp_path / "one.envd"
    path.write_text(text)
    capabilities = {"general": {"positionEncodings": [encoding]}, "textDocument": {"semanticTokens": LEGEND}}
    with Client() as client:
        result = client.initialize(capabilities)
        legend = result["capabilities"]["semanticTokensProvider"]["legend"]
        client.open(path.as_uri(), text)
        data = client.call("textDocument/semanticTokens/full", document(path.as_uri()))["data"]
        assert decoded(text, data, legend, encoding) == [
            ("A", "variable", "declaration", "readonly"),
            ("f", "function", "declaration"),
            ("x", "parameter", "declaration"),
            ("s", "variable", "declaration"),
            ("install", "namespace", "defaultLibrary"),
            ("python", "function", "defaultLibrary"),
            ("version", "parameter"),
            ("s", "variable"),
            ("s", "variable"),
            ("upper", "method"),
            ("str", "function", "defaultLibrary"),
            ("x", "parameter"),
            ("LIMIT", "variable", "readonly"),
            ("LIMIT", "variable", "declaration", "readonly"),
        ]


def test_a_client_without_own_colours_gets_all(project):
    capabilities = {"textDocument": {"semanticTokens": {**LEGEND, "augmentsSyntaxTokens": False}}}
    capabilities["textDocument"]["semanticTokens"]["tokenTypes"] = ["keyword", "string", "comment", "number", "operator"]
    text = 'x = """a\nb"""  # c\nif 1 < 2:\n    pass\n'
    (project / "one.envd").write_text(text)
    with Client() as client:
        result = client.initialize(capabilities)
        legend = result["capabilities"]["semanticTokensProvider"]["legend"]
        uri = (project / "one.envd").as_uri()
        client.open(uri, text)
        data = client.call("textDocument/semanticTokens/full", document(uri))["data"]
        assert [token[:2] for token in decoded(text, data, legend, "utf-16")] == [
            ("=", "operator"),
            ('"""a', "string"),
            ('b"""', "string"),
            ("# c", "comment"),
            ("if", "keyword"),
            ("1", "number"),
            ("<", "operator"),
            ("2", "number"),
            ("pass", "keyword"),
        ]


def test_a_delta_makes_the_old_colours_new(project):
    with Client() as client:
        uri = started(client, project, capabilities={"textDocument": {"semanticTokens": LEGEND}})
        full = client.call("textDocument/semanticTokens/full", document(uri))
        client.change(uri, 2, {"range": {"start": position(4, 0), "end": position(4, 0)}, "text": "    print(setup)\n"})
        delta = client.call(
            "textDocument/semanticTokens/full/delta", document(uri, previousResultId=full["resultId"])
        )
        data = list(full["data"])
        for edit in reversed(delta["edits"]):
            data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit.get("data", [])
        assert data == client.call("textDocument/semanticTokens/full", document(uri))["data"]
        assert sum(len(edit.get("data", [])) for edit in delta["edits"]) < len(data)
        # What is no longer known is answered in full.
        again = client.call("textDocument/semanticTokens/full/delta", document(uri, previousResultId="gone"))
        assert again["data"] == data


def test_a_part_has_the_colours_of_the_whole(project):
    with Client() as client:
        uri = started(client, project, "lib/tools.envd", capabilities={"textDocument": {"semanticTokens": LEGEND}})

        def absolute(data):
            line = character = 0
            found = []
            for index in range(0, len(data), 5):
                character = data[index + 1] + (0 if data[index] else character)
                line += data[index]
                found.append((line, character, *data[index + 2 : index + 5]))
            return found

        whole = absolute(client.call("textDocument/semanticTokens/full", document(uri))["data"])
        part = {"start": position(8, 0), "end": position(9, 5)}
        found = absolute(client.call("textDocument/semanticTokens/range", document(uri, range=part))["data"])
        assert [token for token in found if token[0] in (8, 9)] == [token for token in whole if token[0] in (8, 9)]
