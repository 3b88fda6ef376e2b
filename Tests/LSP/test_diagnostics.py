"""How findings look in an editor."""

import pathlib
import unittest
import urllib.parse
import urllib.request

from client import Client, edit, span

TEXT = 'load("lib.envd", "unused")\n\n\ndef build():\n    base(os="ubuntu20.04", language="python3")\n    fail("no")\n    print(1)\n'


class Tags(unittest.TestCase):
    def tags(self, values):
        """The tags of each finding, for a client that knows some of them."""
        support = {"tagSupport": {"valueSet": values}} if values else {}
        with Client() as client:
            client.initialize({"textDocument": {"publishDiagnostics": {"versionSupport": True, **support}}})
            client.open("untitled:1", TEXT)
            return {finding["code"]: finding.get("tags") for finding in client.diagnostics("untitled:1", 1)}

    def test_what_could_go_is_faded_and_what_is_old_struck_through(self):
        tags = self.tags([1, 2])
        self.assertEqual(tags["unused-load"], [1])
        self.assertEqual(tags["unreachable-code"], [1])
        self.assertEqual(tags["old-parameter"], [2])

    def test_only_tags_that_the_client_knows(self):
        self.assertEqual(self.tags([1])["unused-load"], [1])
        self.assertIsNone(self.tags([1])["old-parameter"])
        self.assertEqual(set(self.tags([]).values()), {None})

    def finding(self, text, code, capabilities):
        """The finding of a rule in a text, for a client with capabilities."""
        with Client() as client:
            client.initialize(capabilities)
            client.open("untitled:1", text)
            found = next(finding for finding in client.diagnostics("untitled:1") if finding["code"] == code)
            self.texts = {}
            link = found.get("codeDescription", {}).get("href")
            if link and link.startswith("envd-prelude:"):
                self.texts[link] = client.call("envd/preludeSource", {"uri": link})["text"]
            return found

    def test_the_other_place_is_named(self):
        text = 'x = {\n    "a": 1,\n    "a": 2,\n}\n'
        found = self.finding(text, "duplicate-key", {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}})
        (other,) = found["relatedInformation"]
        self.assertEqual(other["location"], {"uri": "untitled:1", "range": span(1, 4, 1, 7)})
        self.assertTrue(other["message"])
        self.assertNotIn("relatedInformation", self.finding(text, "duplicate-key", {}))

    def test_the_other_place_moves_with_the_text(self):
        with Client() as client:
            client.initialize({"textDocument": {"publishDiagnostics": {"relatedInformation": True, "versionSupport": True}}})
            client.open("untitled:1", "x = 1\n\n\ny = 2\nx = 3\n")
            client.diagnostics("untitled:1", 1)
            client.change("untitled:1", 2, edit(0, 0, 0, 0, "# a\n# b\n"))
            (found,) = [f for f in client.diagnostics("untitled:1", 2) if f["code"] == "reassigned-global"]
            self.assertEqual(found["relatedInformation"][0]["location"]["range"], span(2, 0, 2, 1))
            self.assertIn("line 3", found["message"])

    def test_rules_have_pages(self):
        support = {"publishDiagnostics": {"codeDescriptionSupport": True}}
        found = self.finding(TEXT, "unused-load", {"textDocument": support, "experimental": {"preludeDocuments": True}})
        (page,) = self.texts.values()
        self.assertTrue(page.startswith("# unused-load"), page[:40])
        # Those who open nothing but files get a file.
        found = self.finding(TEXT, "unused-load", {"textDocument": support})
        path = urllib.request.url2pathname(urllib.parse.urlsplit(found["codeDescription"]["href"]).path)
        self.assertEqual(pathlib.Path(path).read_text(), page)
        self.assertNotIn("codeDescription", self.finding(TEXT, "unused-load", {}))

    def test_fixes_are_known_without_asking(self):
        support = {"textDocument": {"publishDiagnostics": {"dataSupport": True}}}
        found = self.finding("bace()\n", "undefined-name", support)
        self.assertTrue(found["data"]["fixes"])
        self.assertTrue(all(set(fix) == {"title", "isSafe"} for fix in found["data"]["fixes"]))
        self.assertNotIn("data", self.finding("bace()\n", "undefined-name", {}))


if __name__ == "__main__":
    unittest.main()
