"""Completion as clients see it: what they get hangs on what they can take, and edits make what was promised."""

import pathlib
import tempfile
import unittest

import text
from client import Client, document, position

A = "file:///project/build.envd"
ENCODINGS = ["utf-8", "utf-16", "utf-32"]
EVERYTHING = {
    "snippetSupport": True,
    "documentationFormat": ["markdown", "plaintext"],
    "deprecatedSupport": True,
    "tagSupport": {"valueSet": [1]},
    "insertReplaceSupport": True,
    "labelDetailsSupport": True,
    "resolveSupport": {"properties": ["documentation"]},
}


def complete(client, uri, content, mark="⌖", encoding="utf-16", version=1, **context):
    """Opens a text with a mark where the cursor is, and returns the text and the answer."""
    index = content.index(mark)
    content = content.replace(mark, "")
    client.open(uri, content, version=version)
    params = document(uri, position=text.position(content, index, encoding))
    if context:
        params["context"] = context
    return content, client.call("textDocument/completion", params)


def item(answer, label):
    found = [item for item in answer["items"] if item["label"] == label]
    assert len(found) == 1, (label, [item["label"] for item in answer["items"]])
    return found[0]


def accept(content, item, encoding, replace=False):
    """The text after an item has been chosen, without what its snippet has in placeholders."""
    edit = item["textEdit"]
    span = edit.get("range") or edit["replace" if replace else "insert"]
    edits = [{"range": span, "newText": edit["newText"]}, *item.get("additionalTextEdits", [])]
    return text.apply_edits(content, edits, encoding)


class Completion(unittest.TestCase):
    def setUp(self):
        self.client = self.enterContext(Client())

    def initialize(self, item=None, encoding=None, **completion):
        capabilities = {"textDocument": {"completion": {"completionItem": item or {}, **completion}}}
        if encoding:
            capabilities["general"] = {"positionEncodings": [encoding]}
        return self.client.initialize(capabilities)["capabilities"]["completionProvider"]

    def complete(self, content, **context):
        return complete(self.client, A, content, **context)[1]

    # Capabilities

    def test_resolve_is_offered_to_who_asks_for_it(self):
        offer = self.initialize(EVERYTHING)
        self.assertTrue(offer["resolveProvider"])
        self.assertTrue(offer["completionItem"]["labelDetailsSupport"])
        self.assertIn(".", offer["triggerCharacters"])
        self.assertNotIn(" ", offer["triggerCharacters"])

    def test_a_client_that_says_nothing(self):
        # Before protocol 3.16 clients could not say that they ask for documentation, and did.
        self.assertTrue(self.initialize()["resolveProvider"])
        answer = self.complete("def build():\n    install.pyt⌖\n")
        python = item(answer, "python")
        self.assertNotIn("insertTextFormat", python)
        self.assertNotIn("labelDetails", python)
        self.assertNotIn("documentation", python)
        resolved = self.client.call("completionItem/resolve", python)
        self.assertIsInstance(resolved["documentation"], str)
        self.assertNotIn("```", resolved["documentation"])
        self.assertIn("version: PythonVersion", python["detail"])
        self.assertEqual(set(python["textEdit"]), {"newText", "range"})
        self.assertEqual(python["textEdit"]["newText"], "python")

    def test_a_client_that_asks_for_something_else_later(self):
        offer = self.initialize(EVERYTHING | {"resolveSupport": {"properties": ["additionalTextEdits", "command"]}})
        self.assertFalse(offer["resolveProvider"])
        python = item(self.complete("def build():\n    install.pyt⌖\n"), "python")
        self.assertNotIn("data", python)
        self.assertEqual(python["documentation"]["kind"], "markdown")
        self.assertIn("def install.python(", python["documentation"]["value"])

    def test_a_client_that_can_do_everything(self):
        self.initialize(EVERYTHING)
        answer = self.complete("def build():\n    sh⌖ell\n")
        shell = item(answer, "shell")
        self.assertEqual(shell["insertTextFormat"], 2)
        self.assertEqual(shell["textEdit"]["newText"], "shell(${1:name})$0")
        self.assertEqual(set(shell["textEdit"]), {"newText", "insert", "replace"})
        self.assertEqual(shell["textEdit"]["insert"]["end"], position(1, 6))
        self.assertEqual(shell["textEdit"]["replace"]["end"], position(1, 9))
        self.assertIn("(name:", shell["labelDetails"]["detail"])
        self.assertNotIn("documentation", shell)
        resolved = self.client.call("completionItem/resolve", shell)
        self.assertEqual(resolved["documentation"]["kind"], "markdown")
        self.assertIn("def shell(", resolved["documentation"]["value"])
        del resolved["documentation"]
        self.assertEqual(resolved, shell)

    def test_deprecated_as_the_client_can_show_it(self):
        content = "def build():\n    install.sys⌖\n"
        for capabilities, key in [(EVERYTHING, "tags"), ({"deprecatedSupport": True}, "deprecated"), ({}, None)]:
            with self.subTest(key), Client() as client:
                client.initialize({"textDocument": {"completion": {"completionItem": capabilities}}})
                old = item(complete(client, A, content)[1], "system_packages")
                self.assertEqual([name for name in ("tags", "deprecated") if name in old], [key] if key else [])
                self.assertEqual(old["textEdit"]["newText"], "apt_packages")

    def test_shared_ranges(self):
        self.initialize(EVERYTHING, completionList={"itemDefaults": ["editRange"]})
        answer = self.complete("def build():\n    install.⌖\n")
        self.assertEqual(answer["itemDefaults"]["editRange"]["start"], position(1, 12))
        self.assertFalse(any("textEdit" in item for item in answer["items"]))
        self.assertEqual(item(answer, "python")["textEditText"], "python($0)")

    def test_no_snippets_for_who_cannot_take_them(self):
        self.initialize()
        for content in ["⌖\n", "def build():\n    ⌖\n", "def f(x):\n    x.⌖\n", "def build():\n    install.⌖\n"]:
            for entry in complete(self.client, A, content)[1]["items"]:
                self.assertNotIn("insertTextFormat", entry)
                self.assertNotIn("$", entry["textEdit"]["newText"])
            self.client.close(A)

    # Edits

    def test_edits_in_every_encoding(self):
        for encoding in ENCODINGS:
            with self.subTest(encoding), Client() as client:
                client.initialize(
                    {
                        "general": {"positionEncodings": [encoding]},
                        "textDocument": {"completion": {"completionItem": {"insertReplaceSupport": True}}},
                    }
                )
                content, answer = complete(
                    client, A, "def build():\n    é = 'é😀'; base(im⌖\n", encoding=encoding
                )
                self.assertEqual(
                    accept(content, item(answer, "image="), encoding), "def build():\n    é = 'é😀'; base(image=\n"
                )
                client.close(A)
                content, answer = complete(
                    client, A, "def build():\n    print('😀'); shell('😀', z⌖sh)\n", encoding=encoding
                )
                self.assertEqual(content.count("zsh"), 1)
                client.close(A)
                content, answer = complete(client, A, "def build():\n    '😀'; shell('z⌖old')\n", encoding=encoding)
                zsh = item(answer, "zsh")
                self.assertEqual(accept(content, zsh, encoding), "def build():\n    '😀'; shell('zshold')\n")
                self.assertEqual(accept(content, zsh, encoding, True), "def build():\n    '😀'; shell('zsh')\n")

    def test_templates_take_what_stands_before_the_dot(self):
        self.initialize(EVERYTHING)
        content, answer = complete(self.client, A, "def build(é):\n    é.upper().if⌖\n")
        self.assertEqual(
            accept(content, item(answer, "if"), "utf-16"), "def build(é):\n    if é.upper():\n\t$0\n"
        )

    # Projects

    def test_names_of_other_files_come_with_their_load(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "build.envd").write_text("def build():\n    pass\n")
            (root / "lib").mkdir()
            (root / "lib" / "tools.envd").write_text('def monitoring(port):\n    """Watch it."""\n    pass\n')
            (root / "requirements.txt").write_text("numpy\n")
            self.initialize(EVERYTHING)
            uri = (root / "build.envd").as_uri()
            content, answer = complete(self.client, uri, "def build():\n    m⌖\n")
            found = item(answer, "monitoring")
            self.assertEqual(
                accept(content, found, "utf-16"),
                'load("lib/tools.envd", "monitoring")\n\ndef build():\n    monitoring(${1:port})$0\n',
            )
            others = [entry["sortText"] for entry in answer["items"] if entry != found]
            self.assertGreater(found["sortText"], max(others))
            resolved = self.client.call("completionItem/resolve", found)
            self.assertIn("Watch it.", resolved["documentation"]["value"])
            self.client.close(uri)
            content, answer = complete(
                self.client, uri, 'def build():\n    install.python_packages(requirements="req⌖")\n'
            )
            self.assertEqual([i["label"] for i in answer["items"]], ["requirements.txt"])
            self.client.close(uri)
            # What another document holds counts before it is saved.
            tools = (root / "lib" / "tools.envd").as_uri()
            self.client.open(tools, "def metrics():\n    pass\n")
            _, answer = complete(self.client, uri, "def build():\n    metr⌖\n")
            self.assertEqual(item(answer, "metrics")["labelDetails"]["description"], "load from lib/tools.envd")

    # Limits and triggers

    def test_long_lists_are_incomplete(self):
        self.initialize()
        names = "".join(f"name_{number} = {number}\n" for number in range(400))
        answer = self.complete(names + "x = n⌖\n")
        self.assertTrue(answer["isIncomplete"])
        self.assertEqual(len(answer["items"]), 300)
        self.client.close(A)
        answer = self.complete(names + "x = name_39⌖\n")
        self.assertFalse(answer["isIncomplete"])
        self.assertIn("name_399", [i["label"] for i in answer["items"]])

    def test_what_is_typed_by_the_way_asks_for_nothing(self):
        self.initialize()
        for content, character in [("x = 4 /⌖\n", "/"), ("x = '⌖\n", "'"), ("x =⌖\n", "="), ("# a.⌖\n", ".")]:
            with self.subTest(content):
                answer = self.complete(content, triggerKind=2, triggerCharacter=character)
                self.assertEqual(answer["items"], [])
                self.client.close(A)

    def test_resolving_what_is_not_ours(self):
        self.initialize(EVERYTHING)
        for data in [
            None, 1, "x", {"uri": A, "subject": []}, {"uri": A, "subject": ["parameter", "a", "parameter", "b", "global"]},
            {"uri": "file:///gone.envd", "subject": ["builtin", "len"]},
        ]:
            with self.subTest(data):
                entry = {"label": "x"} if data is None else {"label": "x", "data": data}
                self.assertEqual(self.client.call("completionItem/resolve", entry)["label"], "x")


if __name__ == "__main__":
    unittest.main()
