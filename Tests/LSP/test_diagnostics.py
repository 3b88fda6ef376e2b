"""How findings look in an editor."""

import unittest

from client import Client

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


if __name__ == "__main__":
    unittest.main()
