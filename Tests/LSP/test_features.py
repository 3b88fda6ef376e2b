"""Answers have the form that the client can take, in the encoding that was agreed on."""

import subprocess
import unittest

import schema
import text
from client import BINARY, Client, document, edit, position

A = "file:///project/build.envd"
PROGRAM = '''\
# One.
# Two.
load("lib.envd", "helper")
load("other.envd", "more")


def build(dev, name = "é😀"):
    """Builds.

    All of it.
    """
    base(
        dev = dev,
    )

    def inner():
        pass


SIZE = 1
'''


class Features(unittest.TestCase):
    def setUp(self):
        self.client = self.enterContext(Client())

    def open(self, capabilities=None, text=PROGRAM):
        self.client.initialize({"textDocument": capabilities or {}})
        self.client.open(A, text)

    @unittest.skipUnless(schema.available, "no meta model: the messages of these tests were not validated")
    def test_messages_are_validated(self):
        with self.assertRaises(AssertionError):
            schema.check("result:textDocument/foldingRange", [{"startLine": 0, "endLine": -1}])
        with self.assertRaises(AssertionError):
            schema.check("result:textDocument/foldingRange", [{"startLine": 0, "endLine": 1, "odd": 1}])

    # Symbols

    def test_symbols_for_a_client_that_knows_hierarchies(self):
        self.open({"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}})
        symbols = self.client.call("textDocument/documentSymbol", document(A))
        self.assertEqual([symbol["name"] for symbol in symbols], ["build", "SIZE"])
        self.assertEqual([symbol["kind"] for symbol in symbols], [12, 14])
        self.assertEqual([child["name"] for child in symbols[0]["children"]], ["inner"])
        self.assertEqual(symbols[0]["range"]["start"], position(6, 0))
        self.assertEqual(symbols[0]["selectionRange"], {"start": position(6, 4), "end": position(6, 9)})

    def test_symbols_for_a_client_that_does_not(self):
        self.open()
        symbols = self.client.call("textDocument/documentSymbol", document(A))
        self.assertEqual(
            [(symbol["name"], symbol.get("containerName")) for symbol in symbols],
            [("build", None), ("inner", "build"), ("SIZE", None)],
        )
        self.assertEqual({symbol["location"]["uri"] for symbol in symbols}, {A})

    # Folds

    def test_folds_of_characters(self):
        self.open()
        folds = self.client.call("textDocument/foldingRange", document(A))
        self.assertEqual(
            [(fold["startLine"], fold["endLine"], fold.get("kind")) for fold in folds],
            [(0, 1, "comment"), (2, 3, "imports"), (6, 16, None), (7, 10, "comment"), (11, 13, None), (15, 16, None)],
        )
        self.assertEqual(folds[4]["startCharacter"], 9)
        self.assertEqual(folds[4]["endCharacter"], 4)

    def test_folds_of_whole_lines(self):
        self.open({"foldingRange": {"lineFoldingOnly": True}})
        folds = self.client.call("textDocument/foldingRange", document(A))
        # The bracket that closes stays to be seen.
        self.assertIn((11, 12), [(fold["startLine"], fold["endLine"]) for fold in folds])
        self.assertEqual(len({fold["startLine"] for fold in folds}), len(folds))
        self.assertFalse(any("startCharacter" in fold or "endCharacter" in fold for fold in folds))

    def test_limit_of_folds(self):
        self.open({"foldingRange": {"rangeLimit": 2}})
        folds = self.client.call("textDocument/foldingRange", document(A))
        self.assertEqual([(fold["startLine"], fold["endLine"]) for fold in folds], [(6, 16), (7, 10)])

    # Selections

    def test_selections(self):
        self.open()
        result = self.client.call(
            "textDocument/selectionRange", document(A, positions=[position(12, 9), position(0, 0), position(99, 0)])
        )
        self.assertEqual(len(result), 3)
        chain = []
        inner = result[0]
        while inner:
            chain.append((inner["range"]["start"]["line"], inner["range"]["end"]["line"]))
            inner = inner.get("parent")
        self.assertEqual(chain[0], (12, 12))
        self.assertEqual(chain[-1], (0, 20))
        for (start, end), (outer_start, outer_end) in zip(chain, chain[1:]):
            self.assertTrue(outer_start <= start and end <= outer_end)

    def test_selections_in_a_deep_program(self):
        self.open(text="(" * 190 + "x" + ")" * 190 + "\n")
        result = self.client.call("textDocument/selectionRange", document(A, positions=[position(0, 190)]))
        depth, inner = 0, result[0]
        while inner:
            depth, inner = depth + 1, inner.get("parent")
        self.assertEqual(depth, 100)

    # Encodings

    def test_columns_are_those_of_the_encoding(self):
        # Before the name stand characters of one, two and four bytes.
        for encoding, column in [("utf-8", 11), ("utf-16", 8), ("utf-32", 7)]:
            with self.subTest(encoding), Client() as client:
                client.initialize(
                    {
                        "general": {"positionEncodings": [encoding]},
                        "textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}},
                    }
                )
                client.open(A, "'aé😀'; b = 1\n")
                symbol = client.call("textDocument/documentSymbol", document(A))[0]
                self.assertEqual(symbol["selectionRange"]["start"], position(0, column))

    # Diagnostics

    def test_diagnostics_follow_the_text(self):
        self.open({"publishDiagnostics": {"versionSupport": True}}, text="x = (\n")
        self.assertEqual([d["code"] for d in self.client.diagnostics(A, 1)], ["unclosed-bracket"])
        self.client.change(A, 2, edit(0, 4, 0, 5, "1"))
        self.assertEqual(self.client.diagnostics(A, 2), [])
        self.client.change(A, 3, edit(1, 0, 1, 0, "y = \n"))
        diagnostics = self.client.diagnostics(A, 3)
        self.assertEqual([d["range"]["start"]["line"] for d in diagnostics], [1])
        self.assertEqual([d["severity"] for d in diagnostics], [1])
        self.client.close(A)
        self.assertEqual(self.client.diagnostics(A), [])

    def test_versions_only_for_clients_that_know_them(self):
        self.open(text="x = (\n")
        params = self.client.notification("textDocument/publishDiagnostics")
        self.assertNotIn("version", params)
        self.assertEqual(len(params["diagnostics"]), 1)

    def test_names_are_checked(self):
        self.open(text="def build():\n    bace()\n")
        self.assertEqual([d["code"] for d in self.client.diagnostics(A)], ["undefined-name"])

    def test_last_diagnostics_are_those_of_the_last_version(self):
        self.open({"publishDiagnostics": {"versionSupport": True}})
        for version in range(2, 300):
            self.client.change(A, version, {"text": "x = (\n" if version % 2 else "x = 1\n"})
        self.assertEqual(len(self.client.diagnostics(A, 299)), 1)

    # Formatting

    def format(self, content, encoding):
        """The edits for a text, and the text that they make."""
        with Client() as client:
            client.initialize({"general": {"positionEncodings": [encoding]}})
            client.open(A, content)
            options = {"tabSize": 8, "insertSpaces": False}
            edits = client.call("textDocument/formatting", document(A, options=options))
            formatted = None if edits is None else text.apply_edits(content, edits, encoding)
            self.assertEqual(client.leave(), 0)
            return edits, formatted

    def test_formatting_equals_envd_fmt(self):
        content = "x=1\n\n\n\n\n'é😀' ;y = [ 1,2 ]\r\ndef build( ):\n  base( dev=True)\n  shell('zsh')   # 漢字\n"
        expected = subprocess.run(
            [BINARY, "fmt", "-"], input=content.encode(), stdout=subprocess.PIPE, check=True
        ).stdout.decode()
        self.assertNotEqual(expected, content)
        for encoding in ["utf-8", "utf-16", "utf-32"]:
            with self.subTest(encoding):
                edits, formatted = self.format(content, encoding)
                self.assertEqual(formatted, expected)
                self.assertEqual(self.format(formatted, encoding)[0], [])

    def test_formatting_touches_what_differs_only(self):
        lines = [f"name_{i} = {i}\n" for i in range(100)]
        lines[50] = "name_50=50\n"
        edits, _ = self.format("".join(lines), "utf-16")
        self.assertEqual([(e["range"]["start"], e["newText"]) for e in edits], [(position(50, 7), " = ")])

    def test_unfinished_file_is_not_formatted(self):
        self.assertEqual(self.format("x = (\n", "utf-16"), (None, None))

    # Cancellation

    def test_cancellation_overtakes(self):
        self.open(text="x = [1, 2, 3]\n" * 20_000)
        first = self.client.request("envd/syntaxTree", document(A))
        others = [self.client.request("textDocument/documentSymbol", document(A)) for _ in range(20)]
        for id in others[1:]:
            self.client.notify("$/cancelRequest", {"id": id})
        self.assertIn("result", self.client.response(first))
        responses = [self.client.response(id) for id in others]
        self.assertIn("result", responses[0])
        codes = [response.get("error", {}).get("code") for response in responses[1:]]
        self.assertEqual(codes, [-32800] * 19)

    def test_cancelling_what_is_not_there(self):
        self.open()
        for id in [12345, "no", -1]:
            self.client.notify("$/cancelRequest", {"id": id})
        id = self.client.request("textDocument/documentSymbol", document(A))
        self.client.response(id)
        self.client.notify("$/cancelRequest", {"id": id})
        self.assertEqual(self.client.leave(), 0)

    def test_ids_of_both_kinds(self):
        self.open()
        for id in ["7", 7, "", -3, 2**31 - 1]:
            self.client.request("textDocument/documentSymbol", document(A), id=id)
            self.assertIn("result", self.client.response(id))


if __name__ == "__main__":
    unittest.main()
