"""Inlay hints as clients see them."""

import unittest

from client import Client, document, position, span

A = "file:///project/build.envd"
PROGRAM = '''\
def build():
    "😀"; io.copy("a", "/b")
    words = "a b".split(" ")
'''


class InlayHints(unittest.TestCase):
    def hints(self, range, encoding="utf-16", hint=None):
        client = self.enterContext(Client())
        offers = client.initialize(
            {"general": {"positionEncodings": [encoding]}, "textDocument": {"inlayHint": hint or {}}}
        )
        self.resolves = offers["capabilities"]["inlayHintProvider"]["resolveProvider"]
        client.open(A, PROGRAM)
        self.client = client
        return client.call("textDocument/inlayHint", document(A, range=range))

    def test_places_in_every_encoding(self):
        for encoding, column in [("utf-8", 20), ("utf-16", 18), ("utf-32", 17)]:
            with self.subTest(encoding):
                hints = self.hints(span(0, 0, 3, 0), encoding)
                self.assertEqual([hint["label"] for hint in hints], ["source=", "target=", ": list[str]"])
                self.assertEqual([hint["kind"] for hint in hints], [2, 2, 1])
                self.assertEqual(hints[0]["position"], position(1, column))
                self.assertEqual(hints[2]["position"], position(2, 9))

    def test_only_what_is_asked_for(self):
        self.assertEqual([hint["label"] for hint in self.hints(span(2, 0, 3, 0))], [": list[str]"])
        self.assertEqual(self.hints(span(0, 0, 0, 5)), [])

    def test_tooltips_when_they_are_looked_at(self):
        hints = self.hints(span(0, 0, 3, 0), hint={"resolveSupport": {"properties": ["tooltip"]}})
        self.assertTrue(self.resolves)
        self.assertNotIn("tooltip", hints[0])
        resolved = self.client.call("inlayHint/resolve", hints[0])
        self.assertIn("source", resolved["tooltip"]["value"])
        self.assertEqual(resolved["position"], hints[0]["position"])

    def test_no_data_for_who_does_not_resolve(self):
        hints = self.hints(span(0, 0, 3, 0))
        self.assertFalse(self.resolves)
        self.assertFalse(any("data" in hint for hint in hints))


if __name__ == "__main__":
    unittest.main()
