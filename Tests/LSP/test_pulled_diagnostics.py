"""Diagnostics for clients that ask for them: in full, or that they are what they were."""

import unittest

from client import Client, document, edit, position

A = "file:///project/build.envd"


class PulledDiagnostics(unittest.TestCase):
    def setUp(self):
        self.client = self.enterContext(Client())

    def open(self, content, encoding="utf-16"):
        result = self.client.initialize(
            {"textDocument": {"diagnostic": {}}, "general": {"positionEncodings": [encoding]}}
        )
        if "diagnosticProvider" not in result["capabilities"]:
            self.skipTest("this server offers no pulling")
        self.client.open(A, content)

    def pull(self, previous=None):
        more = {} if previous is None else {"previousResultId": previous}
        return self.client.call("textDocument/diagnostic", document(A, **more))

    def starts(self, result):
        return [item["range"]["start"] for item in result["items"]]

    def test_full_then_unchanged(self):
        self.open("bace()\n")
        first = self.pull()
        self.assertEqual((first["kind"], self.starts(first)), ("full", [position(0, 0)]))
        self.assertEqual(self.pull(first["resultId"]), {"kind": "unchanged", "resultId": first["resultId"]})
        self.assertEqual(self.pull("of another server")["kind"], "full")

    def test_an_edit_behind_the_last_finding_changes_nothing(self):
        self.open("bace()\nx = 1\n")
        first = self.pull()
        self.client.change(A, 2, edit(1, 4, 1, 5, "2"))
        again = self.pull(first["resultId"])
        self.assertIn(again["kind"], ["unchanged", "full"])
        if again["kind"] == "full":
            self.assertEqual(again["items"], first["items"])

    def test_nothing_is_pushed(self):
        self.open("bace()\n")
        self.pull()
        self.client.close(A)
        self.assertEqual(self.client.leave(), 0)
        self.assertFalse([m for m in self.client.log if m.get("method") == "textDocument/publishDiagnostics"])

    def change_to(self, before, after, encoding):
        """What is pulled after an edit by a client that knows what was there before equals what one without that knowledge gets."""
        self.open(before, encoding)
        first = self.pull()
        self.client.change(A, 2, {"text": after})
        second, whole = self.pull(first["resultId"]), self.pull()
        self.assertNotEqual(self.starts(first), self.starts(whole), "the test is about findings that move")
        self.assertEqual(second["kind"], "full")
        self.assertEqual(second["items"], whole["items"])

    def test_findings_that_move_to_another_column(self):
        self.change_to('x = "é"; bace(x)\n', 'x = "ab"; bace(x)\n', "utf-16")

    def test_findings_that_move_to_another_column_in_utf_8(self):
        self.change_to('x = "é"; bace(x)\n', 'x = "abc"; bace(x)\n', "utf-8")

    def test_findings_that_move_to_another_line(self):
        self.change_to("# a\n#b\nbace()  # c #d\n", "# a #b\nbace()  # c\n#d\n", "utf-16")


if __name__ == "__main__":
    unittest.main()
