"""The server's text is the client's text."""

import os
import random
import unittest

import text
from client import Client, document, edit

A = "file:///project/build.envd"
B = "untitled:Untitled-1"
SEED = int(os.environ.get("LSP_SEED", "20"))
ROUNDS = int(os.environ.get("LSP_ROUNDS", "700"))


class Synchronization(unittest.TestCase):
    def setUp(self):
        self.client = self.enterContext(Client())

    def test_edits_of_a_batch_follow_each_other(self):
        self.client.initialize()
        self.client.open(A, "def build():\n    base()\n")
        self.client.change(
            A,
            2,
            edit(1, 4, 1, 10, "install.python()"),
            edit(1, 20, 1, 20, "\n    shell()"),
            edit(2, 4, 2, 9, "run"),
        )
        self.assertEqual(self.client.text(A), "def build():\n    install.python()\n    run()\n")
        self.assertEqual(self.client.leave(), 0)

    def test_requests_see_the_edits_before_them_and_none_after(self):
        self.client.initialize()
        self.client.open(A, "0")
        ids = []
        for version in range(2, 200):
            self.client.change(A, version, {"text": str(version)})
            ids.append((version, self.client.request("envd/syntaxTree", document(A))))
        for version, id in ids:
            result = self.client.response(id)["result"]
            self.assertEqual((result["version"], result["text"]), (version, str(version)))

    def test_answers_come_in_the_order_of_the_requests(self):
        self.client.initialize()
        self.client.open(A, "x = 1\n" * 1_000)
        ids = [self.client.request(method, document(A)) for method in ["envd/syntaxTree", "unknown"] * 20]
        for id in ids:
            self.client.response(id)
        answered = [message["id"] for message in self.client.log if message.get("id") in ids]
        self.assertEqual(answered, ids)

    def test_documents_are_apart(self):
        self.client.initialize()
        self.client.open(A, "a")
        self.client.open(B, "b")
        self.client.change(A, 2, edit(0, 1, 0, 1, "a"))
        self.client.close(A)
        self.assertEqual(self.client.text(B), "b")
        self.assertEqual(self.client.error("envd/syntaxTree", document(A)), -32803)
        self.client.open(A, "again")
        self.assertEqual(self.client.text(A), "again")

    def test_misuse_is_logged_and_survived(self):
        self.client.initialize()
        self.client.change(A, 2, edit(0, 0, 0, 0, "x"))
        self.assertIn(A, self.client.notification("window/logMessage")["message"])
        self.client.close(A)
        self.assertIn(A, self.client.notification("window/logMessage")["message"])
        self.client.open(A, "a")
        self.client.open(A, "b")
        self.assertIn(A, self.client.notification("window/logMessage")["message"])
        self.client.notify("textDocument/didChange", {"textDocument": {"uri": A}})
        self.assertIn("version", self.client.notification("window/logMessage")["message"])
        self.client.change(A, 3, {"range": {"start": {"line": -1, "character": 0}}, "text": "x"})
        self.assertIn("range", self.client.notification("window/logMessage")["message"])
        self.client.notify("textDocument/didSave", document(A))
        self.assertEqual(self.client.text(A), "b")
        self.assertEqual(self.client.leave(), 0)

    def test_positions_beyond_the_text_are_clamped(self):
        self.client.initialize()
        self.client.open(A, "ab\ncd")
        self.client.change(A, 2, edit(0, 99, 0, 99, "!"), edit(99, 99, 99, 99, "?"))
        self.assertEqual(self.client.text(A), "ab!\ncd?")
        # Ends in the wrong order mean the text between them.
        self.client.change(A, 3, edit(1, 2, 0, 1, ""))
        self.assertEqual(self.client.text(A), "a?")

    def test_lone_surrogate_keeps_its_column(self):
        self.client.initialize()
        self.client.open(A, "")
        self.client.raw(
            Client.frame(
                b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"%s",'
                b'"version":2},"contentChanges":[{"text":"a\\ud800b"}]}}' % A.encode()
            )
        )
        self.client.change(A, 3, edit(0, 2, 0, 3, "c"))
        self.assertEqual(self.client.text(A), "a\ufffdc")

    def test_uris_are_kept_as_they_are(self):
        self.client.initialize()
        for uri in ["file:///a%20b/%C3%A9.envd", "vscode-notebook-cell:/x#W0", "git:/a?{}", "", "no uri"]:
            self.client.open(uri, "x = \n")
            self.assertEqual(self.client.text(uri), "x = \n")
            self.client.diagnostics(uri)

    def test_large_document(self):
        self.client.initialize()
        line = "install.apt_packages(name = ['" + "é" * 20 + "'])\n"
        content = line * 40_000
        self.client.open(A, content)
        self.client.change(A, 2, edit(39_999, 0, 39_999, 7, "config"))
        self.assertEqual(self.client.text(A), line * 39_999 + "config" + line[7:])


class Hostile(unittest.TestCase):
    """Documents that nobody writes by hand, and every request about them."""

    TEXTS = {
        "brackets": "([{" * 30_000,
        "closed brackets": "(" * 20_000 + ")" * 20_000,
        "blocks": "".join("\t" * level + "if x:\n" for level in range(300)),
        "functions": "".join(" " * level + "def f():\n" for level in range(150)),
        "operators": "x = " + " + ".join(["1"] * 20_000),
        "dots": "x" + ".a" * 20_000,
        "not": "x = " + "not " * 20_000,
        "lambdas": "x = " + "lambda: " * 20_000,
        "one line": "x = [" + "1, " * 40_000 + "]",
        "control characters": "".join(map(chr, range(32))) * 20,
        "byte order marks": "\ufeff\ufeffx = 1\ufeff\n",
        "line ends": "\r\n\r\r\n\n\r" * 500,
        "comments": "# c\n" * 20_000,
        "unclosed string": "x = \"\"\"\n" + "text\n" * 20_000,
        "symbols": "".join(f"def f{i}():\n    pass\n" for i in range(2_000)),
        "loads": "load('a', 'b')\n" * 2_000,
        "assignments": "a = b = " * 2_000 + "1\n",
        "else if": "if a:\n  b\n" + "elif a:\n  b\n" * 2_000,
    }

    def test_every_request_is_answered(self):
        with Client() as client:
            client.initialize()
            for name, content in self.TEXTS.items():
                with self.subTest(name):
                    uri = "file:///" + name.replace(" ", "-")
                    client.open(uri, content)
                    client.diagnostics(uri)
                    for method in [
                        "textDocument/documentSymbol",
                        "textDocument/foldingRange",
                        "textDocument/formatting",
                        "envd/syntaxTree",
                    ]:
                        options = {"options": {"tabSize": 4, "insertSpaces": True}} if "format" in method else {}
                        client.call(method, document(uri, **options))
                    places = [{"line": line, "character": 40} for line in (0, 10, 10_000)]
                    client.call("textDocument/selectionRange", document(uri, positions=places))
                    client.close(uri)
            self.assertEqual(client.leave(), 0)


class RandomEdits(unittest.TestCase):
    """Thousands of edits of all kinds, after which both sides have the same text."""

    PIECES = [
        "", "x", " ", "    ", "\n", "\r\n", "\r", "\t", "é", "漢字", "😀", "e\u0301", "👩‍👩‍👧", "\u2028", "\ufeff", "\0",
        "\U0010ffff", "(", ")", "[", "]", "{", "}", '"', "'", '"""', "'''", "\\", "#", "# c\n", ":", ",", "=", ".",
        "def f(a, b = 1):\n    return a\n", "if x:\n    y()\nelse:\n    z()\n", "install.python(\n", "'😀\n", "class A:\n",
        "for i in range(3):\r\n\tprint(i)\r\n", "\n\n\n", "lambda x: x", "load('a', 'b')\n",
    ]  # fmt: skip

    def run_edits(self, encoding):
        random_number = random.Random(f"{SEED} {encoding}")
        pick = random_number.randrange
        with Client() as client:
            client.initialize(
                {
                    "general": {"positionEncodings": [encoding]},
                    "textDocument": {"publishDiagnostics": {"versionSupport": True}},
                }
            )
            now = "".join(random_number.choices(self.PIECES, k=40))
            client.open(A, now)
            version, edits, asked = 1, 0, []
            for round in range(ROUNDS):
                changes = []
                for _ in range(pick(1, 6)):
                    change = self.change(now, random_number, encoding)
                    now = text.apply(now, change, encoding)
                    changes.append(change)
                    edits += 1
                version += 1
                client.change(A, version, *changes)
                if pick(4) == 0:
                    # Nobody waits for these; they are in flight while the text changes on.
                    asked.append(client.request(*self.question(now, random_number, encoding)))
                    if pick(3) == 0:
                        client.notify("$/cancelRequest", {"id": random_number.choice(asked)})
                if pick(10) == 0 or round == ROUNDS - 1:
                    result = client.call("envd/syntaxTree", document(A))
                    self.assertEqual(result["version"], version)
                    self.assertEqual(result["text"], now, f"seed {SEED}, round {round}")
            self.assertGreater(edits, ROUNDS)
            for id in asked:
                response = client.response(id)
                self.assertIn(response.get("error", {}).get("code"), [None, -32800], response)
            # What was kept from before the edits equals what is made afresh.
            other = "file:///project/fresh.envd"
            client.open(other, now)
            self.assertEqual(client.diagnostics(A, version), client.diagnostics(other, 1))
            for method in ["textDocument/documentSymbol", "textDocument/foldingRange", "envd/syntaxTree"]:
                edited, fresh = client.call(method, document(A)), client.call(method, document(other))
                if method == "envd/syntaxTree":
                    edited, fresh = edited["tree"], fresh["tree"]
                if method == "textDocument/documentSymbol":
                    for symbol in edited + fresh:
                        symbol.get("location", {}).pop("uri", None)
                self.assertEqual(edited, fresh, method)
            self.assertEqual(client.leave(), 0)

    def question(self, now, random_number, encoding):
        if random_number.randrange(2):
            places = [text.position(now, random_number.randrange(len(now) + 1), encoding) for _ in range(3)]
            return "textDocument/selectionRange", document(A, positions=places)
        return random_number.choice(["textDocument/documentSymbol", "textDocument/foldingRange"]), document(A)

    def change(self, now, random_number, encoding):
        pick = random_number.randrange
        if pick(200) == 0 or len(now) > 4_000:
            return {"text": "".join(random_number.choices(self.PIECES, k=20))}
        start = pick(len(now) + 1)
        end = min(len(now), start + random_number.choice([0, 0, 0, 0, 1, 1, 2, 5, 30]))
        new = "".join(random_number.choices(self.PIECES, k=random_number.choice([0, 1, 1, 1, 2, 4])))
        places = [text.position(now, place, encoding) for place in (start, end)]
        if pick(50) == 0:
            # Beyond the end of the line, which means the end.
            table = text.lines(now)
            line = pick(len(table))
            width = sum(map(text.WIDTH[encoding], now[slice(*table[line])]))
            places = [{"line": line, "character": width + pick(9)}] * 2
        return {"range": {"start": places[0], "end": places[1]}, "text": new}

    def test_utf_8(self):
        self.run_edits("utf-8")

    def test_utf_16(self):
        self.run_edits("utf-16")

    def test_utf_32(self):
        self.run_edits("utf-32")


if __name__ == "__main__":
    unittest.main()
